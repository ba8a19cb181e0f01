import { Mapping, OnDemandFlow, type PrefixConfig, PrefixType, UpsolverDestination } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import { salesforceToS3 } from '../samples';
import { errorsOf, newStack } from '../synthesis';

function flow(stack: Stack, bucket: s3.IBucketRef, prefixConfig?: PrefixConfig) {
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    destination: new UpsolverDestination(bucket, { prefixConfig }),
    tasks: [Mapping.all()],
  });
}

test.each<[string, PrefixConfig | undefined, object]>([
  ['no folders and names', undefined, { PrefixType: 'PATH', PrefixFormat: 'DAY' }],
  ['folders and names without members', {}, { PrefixType: 'PATH', PrefixFormat: 'DAY' }],
  ['folders and names', { prefixType: PrefixType.FILENAME }, { PrefixType: 'FILENAME' }],
])('given %s, sends the prefix configuration that AppFlow requires', (_, prefixConfig, rendered) => {
  const stack = newStack();
  flow(stack, new Bucket(stack, 'Bucket'), prefixConfig);
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', {
    DestinationFlowConfigList: [{
      ConnectorType: 'Upsolver',
      DestinationConnectorProperties: { Upsolver: { S3OutputFormatConfig: { PrefixConfig: rendered } } },
    }],
  });
});

test('lets AppFlow write to the bucket before the flow is made', () => {
  const stack = newStack();
  const bucket = new Bucket(stack, 'Bucket');
  flow(stack, bucket);
  const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  expect(DependsOn).toEqual([stack.getLogicalId(bucket.policy!.node.defaultChild as never)]);
});

test.each([
  ['acme', 1],
  ['my-upsolver-appflow', 1],
  ['upsolver-appflow', 0],
  ['upsolver-appflow-acme', 0],
])('of the bucket name %s, reports %d errors', (bucketName, count) => {
  const stack = newStack();
  flow(stack, Bucket.fromBucketName(stack, 'Bucket', bucketName));
  expect(errorsOf(stack)).toHaveLength(count);
});
