import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { Construct } from 'constructs';
import type { FlowProps } from './flow';
import { FlowActivation } from './flow-activation';
import type { IEventFlowSource } from './integration';
import { ActivatedFlow } from './private/activated-flow';
import { TRIGGER_TYPE } from './private/vocabulary';

/** Properties of an event flow. */
export interface EventFlowProps extends FlowProps {
  /** Where the flow takes its records from: a source that publishes events. */
  readonly source: IEventFlowSource;

  /**
   * Who activates the flow, and whether it is to run.
   *
   * @default FlowActivation.byCustomResource()
   */
  readonly activation?: FlowActivation;
}

/**
 * A flow that runs when the source publishes an event.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html
 */
@propertyInjectable
export class EventFlow extends ActivatedFlow {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.EventFlow';

  constructor(scope: Construct, id: string, props: EventFlowProps) {
    const activation = props.activation ?? FlowActivation.byCustomResource();
    super(scope, id, props, { trigger: { type: TRIGGER_TYPE.EVENT } }, activation._deployment);
  }
}
