import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { DataPull } from './data-pull';
import type { FlowProps } from './flow';
import { FlowActivation } from './flow-activation';
import type { FlowSchedule } from './flow-schedule';
import type { IFlowSource } from './integration';
import { ActivatedFlow } from './private/activated-flow';
import { TRIGGER_TYPE } from './private/vocabulary';

/** Properties of a scheduled flow. */
export interface ScheduledFlowProps extends FlowProps {
  /** Where the flow takes its records from. */
  readonly source: IFlowSource;

  /** When the flow runs. */
  readonly schedule: FlowSchedule;

  /**
   * Which records each run reads.
   *
   * @default - not sent; AppFlow decides
   */
  readonly pull?: DataPull;

  /**
   * Who activates the flow, and whether it is to run.
   *
   * @default FlowActivation.byCustomResource()
   */
  readonly activation?: FlowActivation;
}

/**
 * A flow that runs on a schedule.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
@propertyInjectable
export class ScheduledFlow extends ActivatedFlow {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.ScheduledFlow';

  constructor(scope: Construct, id: string, props: ScheduledFlowProps) {
    const activation = props.activation ?? FlowActivation.byCustomResource();
    super(scope, id, props, {
      trigger: { type: TRIGGER_TYPE.SCHEDULED, ...props.schedule._plan(), dataPullMode: props.pull?.mode },
      timestampField: props.pull?.timestampField,
    }, { ...activation._deployment, start: props.schedule._start, continuation: props.pull?._continuation });
  }
}
