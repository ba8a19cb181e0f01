import { DataPull, FlowSchedule, Mapping, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { TriggerPlan } from '../../lib/private/flow-plan';
import { OwnedFlow } from '../../lib/private/owned-flow';
import type { SourcedFlowProps } from '../../lib/private/plan-flow';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

/** A flow of another library, made on the same base as the library's own: their props have no pull mode without a schedule. */
class IncrementalFlow extends OwnedFlow {
  constructor(scope: Construct, id: string, props: SourcedFlowProps, trigger: TriggerPlan) {
    super(scope, id, props, { trigger }, {});
  }
}

export const mistake: Mistake = {
  wrong(stack) {
    new IncrementalFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] }, { type: 'OnDemand', dataPullMode: 'Incremental' });
  },
  right(stack) {
    new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental(),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new IncrementalFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] }, { type: 'OnDemand', dataPullMode: tokens.text() });
  },
};
