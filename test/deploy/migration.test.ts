import {
  ConnectorProfile, DataPull, FlowSchedule, Mapping, OutputFormat, S3Destination, SalesforceConnection, SalesforceSource, ScheduledFlow,
} from 'appflow-constructs';
import { CfnResource, Duration, RemovalPolicy, SecretValue, type Stack } from 'aws-cdk-lib';
import { CfnConnectorProfile, CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { LocalStack } from './local-stack';

/** Flows and profiles that were made without the library come under its constructs, and stay what they are: as docs/migration.md says. */
const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:vault-abcdef';
const TOKEN = SecretValue.secretsManager(SECRET, { jsonField: 'token' });

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
  local.cloud.secrets.put(SECRET, 'vault', JSON.stringify({ token: 'canary-token' }));
});
afterEach(async () => local.stop());

const lake = (stack: Stack) => new Bucket(stack, 'Lake', { removalPolicy: RemovalPolicy.DESTROY });

/** As people write it, and as other libraries do: at ids that the constructs here do not have. */
function byHand(stack: Stack, flowStatus?: string) {
  const bucket = lake(stack);
  bucket.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('appflow.amazonaws.com')],
    actions: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl', 's3:PutObjectAcl'],
    resources: [bucket.bucketArn, bucket.arnForObjects('*')],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  const profile = new CfnConnectorProfile(stack, 'OldProfile', {
    connectorProfileName: 'crm',
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileProperties: { salesforce: { instanceUrl: 'https://acme.my.salesforce.com' } },
      connectorProfileCredentials: { salesforce: { refreshToken: TOKEN.unsafeUnwrap() } },
    },
  });
  const flow = new CfnFlow(stack, 'OldFlow', {
    flowName: 'accounts',
    flowStatus,
    triggerConfig: { triggerType: 'Scheduled', triggerProperties: { scheduleExpression: 'rate(1hours)', dataPullMode: 'Incremental' } },
    sourceFlowConfig: {
      connectorType: 'Salesforce', connectorProfileName: profile.ref, sourceConnectorProperties: { salesforce: { object: 'Account' } },
    },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: bucket.bucketName, bucketPrefix: 'crm' } } }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { salesforce: 'NO_OP' } }],
  });
  flow.node.addDependency(bucket.policy!);
}

/** The same by the library, with the names that they had, and perhaps with the logical ids. */
function byLibrary(stack: Stack, keepsIds = true) {
  const profile = new ConnectorProfile(stack, 'Salesforce', {
    connectorProfileName: 'crm',
    connection: SalesforceConnection.refreshToken({ instanceUrl: 'https://acme.my.salesforce.com', refreshToken: TOKEN }),
  });
  const flow = new ScheduledFlow(stack, 'Accounts', {
    flowName: 'accounts',
    source: new SalesforceSource(profile, { object: 'Account' }),
    destination: new S3Destination(lake(stack), { prefix: 'crm', format: OutputFormat.json() }),
    schedule: FlowSchedule.every(Duration.hours(1)),
    pull: DataPull.incremental(),
    tasks: [Mapping.all()],
  });
  if (keepsIds) {
    keep(profile, 'OldProfile');
    keep(flow, 'OldFlow');
  }
}

function keep(construct: IConstruct, logicalId: string) {
  (construct.node.defaultChild as CfnResource).overrideLogicalId(logicalId);
}

const made = () => ({ flow: local.flow('accounts')!.arn, at: local.flow('accounts')!.createdAt });

test.each([['a draft', undefined], ['an active flow', 'Active']])('%s is updated in place, and runs', async (_, flowStatus) => {
  await local.deploy((stack) => byHand(stack, flowStatus));
  const before = made();
  local.newCalls();
  await local.deploy((stack) => byLibrary(stack));
  expect(local.newCalls()).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(Create|Delete)/)]));
  expect(made()).toEqual(before);
  expect(local.flow('accounts')).toMatchObject({ status: 'Active', tags: { 'appflow-constructs:stack': expect.any(String) } });
  await local.destroy();
  expect(local.cloud.appflow.flows.size).toBe(0);
});

test('without the logical ids, CloudFormation would make them anew: it fails for their names, and leaves all as it was', async () => {
  await local.deploy((stack) => byHand(stack, 'Active'));
  const before = structuredClone(local.flow('accounts')!.definition);
  const failure = await local.tryDeploy((stack) => byLibrary(stack, false));
  expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(local.flow('accounts')).toMatchObject({ status: 'Active', definition: before });
});
