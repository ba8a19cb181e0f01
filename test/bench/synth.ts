/**
 * Run by the bench in a process of its own, as plain JavaScript: synthesizes a stack of scheduled flows from Salesforce to Amazon S3, and prints
 * how long that took, and what came out.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as library from 'appflow-constructs';
import type * as cdk from 'aws-cdk-lib';
import type * as appflow from 'aws-cdk-lib/aws-appflow';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** Raw flows are activated by CloudFormation; those that are checked are the same, and the plugin looks at them. */
export type Variant = 'raw' | 'checked' | 'cloudformation' | 'custom-resource';

export interface SynthMeasurement {
  readonly milliseconds: number;
  readonly resources: number;
  readonly bytes: number;
  /** A digest of what the template says of the flows, but for their names and status: the same in all variants. */
  readonly flows: string;
}

const [root, variant, flows, outdir] = process.argv.slice(2) as [string, Variant, string, string];
const count = Number(flows);
const load = createRequire(join(root, 'package.json'));
const { App, Duration, SecretValue, Stack, Validations } = load('aws-cdk-lib') as typeof cdk;
const { CfnConnectorProfile, CfnFlow } = load('aws-cdk-lib/aws-appflow') as typeof appflow;
const { PolicyStatement, ServicePrincipal } = load('aws-cdk-lib/aws-iam') as typeof iam;
const { Bucket } = load('aws-cdk-lib/aws-s3') as typeof s3;
const INSTANCE_URL = 'https://acme.my.salesforce.com';
const FIELDS = ['Id', 'Name', 'AccountId', 'StageName', 'CloseDate'];

/** The stack by the library; as its users write it, without names. */
function withConstructs(stack: cdk.Stack, lib: typeof library) {
  const bucket = new Bucket(stack, 'Bucket');
  const profile = new lib.ConnectorProfile(stack, 'Salesforce', {
    connection: lib.SalesforceConnection.refreshToken({
      instanceUrl: INSTANCE_URL,
      refreshToken: SecretValue.secretsManager('salesforce', { jsonField: 'refreshToken' }),
    }),
  });
  for (let i = 0; i < count; i++) {
    const source = new lib.SalesforceSource(profile, { object: `Object${i}__c` });
    new lib.ScheduledFlow(stack, `Flow${i}`, {
      source,
      destination: new lib.S3Destination(bucket, { prefix: 'salesforce', format: lib.OutputFormat.parquet() }),
      schedule: lib.FlowSchedule.every(Duration.minutes(15)),
      // Raw flows do not go on where the ones that they replace have stopped.
      pull: lib.DataPull.incremental({ continueOnReplacement: false }),
      activation: variant === 'cloudformation' ? lib.FlowActivation.byCloudFormation() : undefined,
      tasks: [
        source.filter.greaterThan('Amount', 10_000),
        ...FIELDS.map((field) => lib.Mapping.field(field)),
        lib.Mask.all('Phone'),
        lib.Validation.notNull('AccountId', lib.ValidationAction.DROP_RECORD),
      ],
    });
  }
}

/** The same stack by hand. */
function withL1s(stack: cdk.Stack) {
  const bucket = new Bucket(stack, 'Bucket');
  const { policyDependable } = bucket.addToResourcePolicy(new PolicyStatement({
    sid: 'AllowAppFlowDestinationActions',
    principals: [new ServicePrincipal('appflow.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': stack.account } } })],
    actions: [
      's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl', 's3:PutObjectAcl',
    ],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
  }));
  const profile = new CfnConnectorProfile(stack, 'Salesforce', {
    connectorProfileName: 'salesforce',
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileCredentials: {
        salesforce: { refreshToken: SecretValue.secretsManager('salesforce', { jsonField: 'refreshToken' }).unsafeUnwrap() },
      },
      connectorProfileProperties: { salesforce: { instanceUrl: INSTANCE_URL } },
    },
  });
  for (let i = 0; i < count; i++) {
    const flow = new CfnFlow(stack, `Flow${i}`, {
      flowName: `Flow${i}`,
      flowStatus: 'Active',
      triggerConfig: { triggerType: 'Scheduled', triggerProperties: { scheduleExpression: 'rate(15minutes)', dataPullMode: 'Incremental' } },
      sourceFlowConfig: {
        connectorType: 'Salesforce',
        connectorProfileName: profile.ref,
        sourceConnectorProperties: { salesforce: { object: `Object${i}__c` } },
      },
      destinationFlowConfigList: [{
        connectorType: 'S3',
        destinationConnectorProperties: {
          s3: { bucketName: bucket.bucketName, bucketPrefix: 'salesforce', s3OutputFormatConfig: { fileType: 'PARQUET' } },
        },
      }],
      tasks: [
        { taskType: 'Filter', sourceFields: ['Amount', ...FIELDS, 'Phone'], connectorOperator: { salesforce: 'PROJECTION' } },
        {
          taskType: 'Filter',
          sourceFields: ['Amount'],
          connectorOperator: { salesforce: 'GREATER_THAN' },
          taskProperties: [{ key: 'DATA_TYPE', value: 'double' }, { key: 'VALUE', value: '10000' }],
        },
        ...FIELDS.map((field) => ({
          taskType: 'Map', sourceFields: [field], connectorOperator: { salesforce: 'NO_OP' }, destinationField: field,
        })),
        {
          taskType: 'Mask',
          sourceFields: ['Phone'],
          connectorOperator: { salesforce: 'MASK_ALL' },
          taskProperties: [{ key: 'MASK_VALUE', value: '*' }],
        },
        {
          taskType: 'Validate',
          sourceFields: ['AccountId'],
          connectorOperator: { salesforce: 'VALIDATE_NON_NULL' },
          taskProperties: [{ key: 'VALIDATION_ACTION', value: 'DropRecord' }],
        },
      ],
    });
    flow.node.addDependency(policyDependable!);
  }
}

/** What the template says of the flows, without what the variants are to differ in. */
function digest(resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>): string {
  const bare = Object.entries(resources).filter(([, { Type }]) => Type === 'AWS::AppFlow::Flow').map(([, { Properties }]) => JSON.stringify(
    Properties,
    // A reference counts by its kind: the variants have other logical ids.
    (key, value: unknown) => ['FlowName', 'FlowStatus', 'Tags'].includes(key) ? undefined : key === 'Ref' ? 'reference' : sorted(value),
  ));
  return createHash('sha256').update(bare.join('\n')).digest('hex');
}

function sorted(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1))
    : value;
}

const lib = variant !== 'raw' ? load(join(root, 'build')) as typeof library : undefined;

const start = process.hrtime.bigint();
// The service takes 500 resources a stack; here the number is what is measured.
const app = new App({ outdir, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
const stack = new Stack(app, 'Stack');
if (lib === undefined || variant === 'checked') {
  withL1s(stack);
} else {
  withConstructs(stack, lib);
}
if (variant === 'checked') {
  Validations.of(app).addPlugins(new lib!.AppFlowValidationPlugin());
}
app.synth();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;

const text = readFileSync(join(outdir, stack.templateFile), 'utf8');
const { Resources: resources } = JSON.parse(text);
const measurement: SynthMeasurement = {
  milliseconds,
  resources: Object.keys(resources).length,
  bytes: Buffer.byteLength(text),
  flows: digest(resources),
};
process.stdout.write(JSON.stringify(measurement));
