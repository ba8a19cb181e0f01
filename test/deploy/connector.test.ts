import {
  Connector, type ConnectorProps, ConnectorProfile, ConnectorTags, CustomConnectorConnection, CustomConnectorSource, Mapping, OnDemandFlow,
  S3Destination,
} from 'appflow-constructs';
import { RemovalPolicy, SecretValue, type Stack, Tags } from 'aws-cdk-lib';
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

describe('tags', () => {
  const tags = (label = 'Billing') => local.cloud.appflow.connectors.get(label)?.tags;
  const tagged = (props: Partial<ConnectorProps>, define: (connector: Connector, stack: Stack) => void = () => undefined) => (stack: Stack) =>
    define(new Connector(stack, 'Connector', { function: handler(stack), connectorLabel: 'Billing', ...props }), stack);
  const thenFails = (connector: Connector, stack: Stack) => {
    const refused = new CfnConnector(stack, 'Refused', {
      connectorLabel: 'Refused', connectorProvisioningType: 'LAMBDA', connectorProvisioningConfig: { lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:111111111111:function:none' } },
    });
    local.cloud.appflow.invoke('RegisterConnector', {
      connectorLabel: 'Refused',
      connectorProvisioningType: 'LAMBDA',
      connectorProvisioningConfig: { lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:111111111111:function:none' } },
    });
    refused.node.addDependency(connector);
  };

  test('come, change and go, and those of others stay', async () => {
    await local.deploy(tagged({ tags: { team: 'a', stage: 'prod' } }, (connector, stack) => {
      Tags.of(connector).add('cost', '7');
      stack.tags.setTag('app', 'billing');
    }));
    expect(tags()).toEqual({ team: 'a', stage: 'prod', cost: '7', app: 'billing' });
    local.cloud.appflow.invoke('TagResource', { resourceArn: local.cloud.appflow.connectors.get('Billing')!.arn, tags: { owner: 'them' } });

    const failure = await local.tryDeploy(tagged({ tags: { team: 'b', cost: '8' } }, thenFails));
    expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(tags()).toEqual({ team: 'a', stage: 'prod', cost: '7', app: 'billing', owner: 'them' });

    await local.deploy(tagged({ tags: { team: 'b', cost: '8' } }));
    expect(tags()).toEqual({ team: 'b', cost: '8', owner: 'them' });
    await local.deploy(tagged({}));
    expect(tags()).toEqual({ owner: 'them' });
    expect(local.cloud.lambda.functionNames).toHaveLength(1);
  });

  test('move to the connector of another label, and back', async () => {
    await local.deploy(tagged({ tags: { team: 'a' } }));
    const failure = await local.tryDeploy(tagged({ tags: { team: 'b' }, connectorLabel: 'Invoicing' }, thenFails));
    expect(failure?.description.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([tags(), tags('Invoicing')]).toEqual([{ team: 'a' }, undefined]);

    await local.deploy(tagged({ tags: { team: 'b' }, connectorLabel: 'Invoicing' }));
    expect([tags(), tags('Invoicing')]).toEqual([undefined, { team: 'b' }]);
    const deletions = local.cloud.events('Stack').filter(({ status, type }) => type === 'Custom::AppFlowTags' && status.startsWith('DELETE_'));
    expect(deletions.map(({ status }) => status)).not.toContain('DELETE_FAILED');
    await local.destroy();
    expect(local.cloud.appflow.connectors.size).toBe(1);
  });

  test('on a connector of others, as many as there is room for', async () => {
    const provisioning = { lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:111111111111:function:theirs' } };
    local.cloud.appflow.invoke('RegisterConnector', { connectorLabel: 'Theirs', connectorProvisioningType: 'LAMBDA', connectorProvisioningConfig: provisioning });
    const { arn } = local.cloud.appflow.connectors.get('Theirs')!;
    local.cloud.appflow.invoke('TagResource', { resourceArn: arn, tags: { owner: 'them' } });
    const ofOthers = (declared: Record<string, string>) => (stack: Stack) => {
      const connector = Connector.fromConnectorLabel(stack, 'Theirs', 'Theirs');
      // What the app is tagged with is not for what is others'.
      Tags.of(stack).add('app', 'billing');
      new ConnectorTags(stack, 'Tags', { connector, tags: declared });
    };
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'x']));

    expect((await local.tryDeploy(ofOthers(many(50))))?.reasons.join()).toContain(`connector '${arn}' would have 51 tags, AppFlow allows 50`);
    expect(tags('Theirs')).toEqual({ owner: 'them' });
    await local.deploy(ofOthers(many(49)));
    expect(tags('Theirs')).toEqual({ owner: 'them', ...many(49) });
    expect((await local.tryDeploy(ofOthers({ owner: 'us' })))?.reasons.join()).toContain(`connector '${arn}' has tags that this stack did not set: 'owner' is 'them'`);
    expect(tags('Theirs')).toEqual({ owner: 'them', ...many(49) });
    await local.destroy();
    expect(tags('Theirs')).toEqual({ owner: 'them' });
  });
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
