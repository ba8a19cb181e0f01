import { FlowRun, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { Duration } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_StartFlow.html: "For on-demand flows, this operation runs the flow immediately. For schedule and event-triggered flows, this operation activates the flow."',
  wrong(stack) {
    const flow = new ScheduledFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], schedule: FlowSchedule.every(Duration.hours(1)) });
    new FlowRun(stack, 'Run', { flow });
  },
  right(stack) {
    const flow = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    new FlowRun(stack, 'Run', { flow });
  },
  withTokens(stack, tokens) {
    const flow = new CfnFlow(stack, 'Flow', {
      flowName: 'flow',
      triggerConfig: { triggerType: tokens.text() },
      sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { s3: { bucketName: 'lake', bucketPrefix: 'in' } } },
      destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'lake' } } }],
      tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { s3: 'NO_OP' } }],
    });
    new FlowRun(stack, 'Run', { flow });
  },
};
