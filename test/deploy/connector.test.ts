import {
  Connector, type ConnectorProps, ConnectorProfile, CustomConnectorConnection, CustomConnectorSource, Mapping, OnDemandFlow, S3Destination,
} from 'appflow-constructs';
import { RemovalPolicy, SecretValue, type Stack } from 'aws-cdk-lib';
import { CfnConnector } from 'aws-cdk-lib/aws-appflow';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LocalStack } from './local-stack';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
  local.cloud.secrets.put('arn:aws:secretsmanager:eu-west-1:111111111111:secret:billing-abcdef', 'billing', JSON.stringify({ key: 'k' }));
});
afterEach(async () => {
  await local.stop();
});

test('a connector is registered with its function, and flows read through it', async () => {
  await local.deploy((stack) => invoices(stack));
  const [connector] = local.cloud.appflow.connectors.values();
  expect(connector).toMatchObject({ description: 'billing', provisioningConfig: { lambda: { lambdaArn: expect.stringContaining(':function:') } } });
  expect(local.cloud.appflow.profiles.get('billing')).toMatchObject({ connectorType: 'CustomConnector', connectorLabel: connector.label });
  expect(local.flow('invoices')!.definition.sourceFlowConfig).toMatchObject({
    connectorType: 'CustomConnector',
    connectorProfileName: 'billing',
    apiVersion: 'v1',
    sourceConnectorProperties: { CustomConnector: { entityName: 'invoices', customProperties: { Name: 'kept_as_it_is' } } },
  });
});

test('a connector that changes keeps its label', async () => {
  await local.deploy((stack) => invoices(stack));
  const [{ label }] = local.cloud.appflow.connectors.values();
  await local.deploy((stack) => invoices(stack, { description: 'billing of the year' }));
  expect([...local.cloud.appflow.connectors.values()]).toEqual([expect.objectContaining({ label, description: 'billing of the year' })]);
});

test('everything goes again, in an order that AppFlow takes', async () => {
  await local.deploy((stack) => invoices(stack));
  await local.destroy();
  expect([local.cloud.appflow.flows.size, local.cloud.appflow.profiles.size, local.cloud.appflow.connectors.size]).toEqual([0, 0, 0]);
});

test('without the permission, the connector could not be registered', async () => {
  const failure = await local.tryDeploy((stack) => {
    new CfnConnector(stack, 'Connector', {
      connectorLabel: 'Billing',
      connectorProvisioningType: 'LAMBDA',
      connectorProvisioningConfig: { lambda: { lambdaArn: handler(stack).functionArn } },
    });
  });
  expect(failure?.message).toContain('Amazon AppFlow is not allowed to invoke the function');
});

function handler(stack: Stack): Function {
  return new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {};') });
}

/** A connector, and a flow that reads invoices through it. */
function invoices(stack: Stack, props: Partial<ConnectorProps> = {}) {
  const connector = new Connector(stack, 'Connector', { function: handler(stack), description: 'billing', ...props });
  const profile = new ConnectorProfile(stack, 'Profile', {
    connectorProfileName: 'billing',
    connection: CustomConnectorConnection.apiKey({
      connectorLabel: connector.connectorLabel,
      apiKey: SecretValue.secretsManager('billing', { jsonField: 'key' }),
    }),
  });
  new OnDemandFlow(stack, 'Flow', {
    flowName: 'invoices',
    source: new CustomConnectorSource(profile, {
      connectorLabel: connector.connectorLabel, entityName: 'invoices', apiVersion: 'v1', customProperties: { Name: 'kept_as_it_is' },
    }),
    destination: new S3Destination(new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY })),
    tasks: [Mapping.all()],
  });
}
