import {
  FlowActivation, FlowSchedule, Mapping, OnDemandFlow, type OnDemandFlowProps, S3Destination, S3Source, ScheduledFlow, type ScheduledFlowProps,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket } from 'aws-cdk-lib/aws-s3';

/** A flow between folders of a bucket, which needs no application to sign in to. */
export function copyingEnds(stack: Stack, id = 'Bucket') {
  const bucket = new Bucket(stack, id, { removalPolicy: RemovalPolicy.DESTROY });
  return { source: new S3Source(bucket, { prefix: 'in' }), destination: new S3Destination(bucket, { prefix: 'out' }) };
}

export function scheduledCopy(stack: Stack, props: Partial<ScheduledFlowProps> = {}): ScheduledFlow {
  return new ScheduledFlow(stack, 'Copy', {
    flowName: 'copy',
    ...copyingEnds(stack),
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all()],
    activation: FlowActivation.byCustomResource(),
    ...props,
  });
}

/** Another flow, with a bucket of its own. */
export function scheduledBeside(stack: Stack): ScheduledFlow {
  return new ScheduledFlow(stack, 'Beside', {
    flowName: 'beside', ...copyingEnds(stack, 'BucketBeside'), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()],
  });
}

export function onDemandCopy(stack: Stack, props: Partial<OnDemandFlowProps> = {}): OnDemandFlow {
  return new OnDemandFlow(stack, 'Copy', { flowName: 'copy', ...copyingEnds(stack), tasks: [Mapping.all()], ...props });
}

/** A flow that AppFlow refuses, once all of the other flow is deployed. */
export function refusedAfter(flow: ScheduledFlow | OnDemandFlow, stack: Stack) {
  const refused = new CfnFlow(stack, 'Refused', {
    flowName: 'refused',
    triggerConfig: { triggerType: 'OnDemand' },
    sourceFlowConfig: {
      connectorType: 'Salesforce', connectorProfileName: 'nobody-made-it', sourceConnectorProperties: { salesforce: { object: 'Account' } },
    },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'nowhere' } } }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { salesforce: 'NO_OP' } }],
  });
  const activation = stack.node.tryFindChild('AppFlowConstructsProvider')?.node.tryFindChild('Activation');
  refused.node.addDependency(flow, ...activation !== undefined ? [activation] : []);
}

