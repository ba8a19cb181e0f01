import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { FlowRunOptions } from './flow-run';
import { FlowRunFragment } from './private/flow-run-fragment';
import { jsonata, partName, RUN_ERROR, RunStates } from './private/flow-run-states';

/** The member of the result. */
const RUNS = 'Runs';

/** Properties of runs of flows. */
export interface FlowRunsProps extends FlowRunOptions {
  /** The flows, which are on-demand flows. They start in this order. */
  readonly flows: appflow.IFlowRef[];

  /**
   * How many of the flows run at the same time. 1 runs one after the other. Step Functions runs up to 40.
   *
   * @default - all of them
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html
   */
  readonly maxConcurrency?: number;

  /**
   * Whether the other flows are run and waited for when a run fails. The state fails in any case: at once, or with the causes of all that have failed
   * when all are over. Runs that AppFlow has started go on either way.
   *
   * @default false
   */
  readonly continueOnFailure?: boolean;
}

/**
 * Runs several on-demand flows in a state machine of AWS Step Functions, one after the other or at the same time, and waits for all runs.
 *
 * Each run is one as of `FlowRun`, and the options are for each of them. The result has `Runs`, the results of all flows in the order of the flows.
 *
 * The role of the state machine is allowed to start these flows and to read their runs, and to cancel them where `cancelOnTimeout` asks for it.
 */
@propertyInjectable
export class FlowRuns extends FlowRunFragment {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowRuns';

  constructor(scope: Construct, id: string, props: FlowRunsProps) {
    super(scope, id, props, [RUNS]);

    const plan = this._planOf(props.flows, jsonata('$states.input.FlowName'), props);
    const { first } = new RunStates(this, 'States', this._stateName, plan);
    const each = sfn.Map.jsonata(this, 'Each', {
      stateName: this.part('each'),
      items: sfn.ProvideItems.jsonArray(props.flows.map(({ flowRef }) => ({ FlowName: flowRef.flowName }))),
      maxConcurrency: props.maxConcurrency,
      outputs: { [RUNS]: jsonata('$states.result') },
    });
    each.itemProcessor(props.continueOnFailure ? this.caught(first) : first);
    this._fill(props.continueOnFailure ? each.next(this.judged()) : each);
  }

  /** A run of which a failure is a result like others. */
  private caught(first: sfn.IChainable): sfn.IChainable {
    const run = sfn.Parallel.jsonata(this, 'Caught', { stateName: this.part('run'), outputs: jsonata('$states.result[0]') });
    run.branch(first);
    run.addCatch(sfn.Pass.jsonata(this, 'Failure', {
      stateName: this.part('failure'),
      outputs: jsonata('$merge([$states.context.Map.Item.Value, $states.input])'),
    }));
    return run;
  }

  private judged(): sfn.IChainable {
    const failed = `$states.input.${RUNS}[$exists(Error)]`;
    return sfn.Choice.jsonata(this, 'Judge', { stateName: this.part('judge all') })
      .when(sfn.Condition.jsonata(jsonata(`$exists(${failed})`)), sfn.Fail.jsonata(this, 'Failed', {
        stateName: this.part('some failed'),
        error: RUN_ERROR.FAILED,
        // Step Functions takes causes of up to 32,768 characters.
        cause: jsonata(`$substring($join(${failed}.(FlowName & ': ' & Error & ': ' & Cause), '; '), 0, 32000)`),
      }))
      .otherwise(sfn.Pass.jsonata(this, 'Done', { stateName: this.part('all done') }));
  }

  private part(part: string): string {
    return partName(this._stateName, part);
  }
}
