import {
  ConnectorProfile, CustomerProfilesDestination, FlowActivation, FlowActivationState, FlowSchedule, HoneycodeConnection, HoneycodeDestination,
  Mapping, Mask, OnDemandFlow, Provisioning, RunOnDeploy, S3Destination, S3Source, SalesforceConnection, SalesforceSource, ScheduledFlow,
  type ScheduledFlowProps, SlackConnection, SlackSource,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, SecretValue, type Stack, Tags } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LocalStack } from './local-stack';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:vault-abcdef';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
  local.cloud.secrets.put(SECRET, 'vault', JSON.stringify({ token: 'canary-token', other: 'canary-other', password: 'with a blank' }));
});
afterEach(async () => local.stop());

const inVault = (jsonField: string) => SecretValue.secretsManager('vault', { jsonField });

function customerProfiles(stack: Stack, props: Partial<ScheduledFlowProps> = {}): ScheduledFlow {
  const profile = new ConnectorProfile(stack, 'Salesforce', {
    connection: SalesforceConnection.refreshToken({ refreshToken: inVault('token') }),
  });
  return new ScheduledFlow(stack, 'Flow', {
    source: new SalesforceSource(profile, { object: 'Account' }),
    destination: new CustomerProfilesDestination({ domainName: 'domain', objectTypeName: 'Account' }),
    schedule: FlowSchedule.every(Duration.hours(1), { offset: Duration.minutes(5) }),
    tasks: [Mapping.all()],
    ...props,
  });
}

/** CloudFormation knows `equalTo` of Slack, and not `greaterThan`. */
function slack(stack: Stack, { beyond = true, ...props }: { beyond?: boolean; flowName?: string } = {}): OnDemandFlow {
  const profile = new ConnectorProfile(stack, 'Slack', {
    connection: SlackConnection.accessToken({
      instanceUrl: 'https://acme.slack.com', clientId: 'client', clientSecret: inVault('other'), accessToken: inVault('token'),
    }),
  });
  const source = new SlackSource(profile, { object: 'conversations' });
  return new OnDemandFlow(stack, 'Flow', {
    source,
    destination: new S3Destination(new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY })),
    tasks: [Mapping.all(), beyond ? source.filter.greaterThan('members', 3) : source.filter.equalTo('members', 3)],
    ...props,
  });
}

function honeycode(stack: Stack, token = 'token') {
  const profile = new ConnectorProfile(stack, 'Honeycode', {
    connection: HoneycodeConnection.accessToken({ accessToken: inVault(token) }),
  });
  const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  return new OnDemandFlow(stack, 'Flow', {
    source: new S3Source(bucket, { prefix: 'in' }),
    destination: new HoneycodeDestination(profile, { object: 'table' }),
    tasks: [Mapping.fields(['Id'])],
  });
}

/** Fails once all else of the stack is deployed. */
function thenFails(stack: Stack) {
  const others = stack.node.children.slice();
  const refused = new CfnFlow(stack, 'Refused', {
    flowName: 'refused',
    triggerConfig: { triggerType: 'OnDemand' },
    sourceFlowConfig: { connectorType: 'Salesforce', connectorProfileName: 'nobody-made-it', sourceConnectorProperties: { salesforce: { object: 'Account' } } },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'nowhere' } } }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { salesforce: 'NO_OP' } }],
  });
  refused.node.addDependency(...others);
}

const flows = () => [...local.cloud.appflow.flows.values()].map(({ definition, status, tags }) => ({ definition, status, tags }));
const onlyFlow = () => {
  expect(flows()).toHaveLength(1);
  return structuredClone(flows()[0]);
};
const status = async (define: (stack: Stack) => void) => (await local.tryDeploy(define))?.description.status;
const reasons = async (define: (stack: Stack) => void) => (await local.tryDeploy(define))?.reasons.join('\n');

async function leavesNothing() {
  await local.destroy();
  expect(flows()).toEqual([]);
  expect(local.cloud.appflow.profiles.size).toBe(0);
  expect([local.cloud.identities.roleNames, local.cloud.lambda.functionNames]).toEqual([[], []]);
}

describe('a flow that CloudFormation cannot express', () => {
  test('lives as others do: it is created, activated, tagged, changed, replaced and deleted', async () => {
    await local.deploy((stack) => Tags.of(customerProfiles(stack)).add('team', 'sales'));
    const created = onlyFlow();
    expect(created.status).toBe('Active');
    expect(created.tags).toMatchObject({ team: 'sales' });
    expect(created.definition).toMatchObject({
      triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)', scheduleOffset: 300 } } },
      destinationFlowConfigList: [{ connectorType: 'CustomerProfiles', destinationConnectorProperties: { CustomerProfiles: { domainName: 'domain' } } }],
    });

    local.newCalls();
    await local.deploy((stack) => Tags.of(customerProfiles(stack)).add('team', 'sales'));
    expect(local.newCalls()).toEqual([]);

    await local.deploy((stack) => Tags.of(customerProfiles(stack)).add('owner', 'us'));
    expect(onlyFlow().tags).toMatchObject({ owner: 'us' });
    expect(onlyFlow().tags).not.toHaveProperty('team');
    expect(local.newCalls()).not.toContain('UpdateFlow');

    await local.deploy((stack) => void customerProfiles(stack, { tasks: [Mapping.all(), Mask.all('Name')] }));
    expect(onlyFlow().definition.tasks.map(({ taskType }) => taskType)).toEqual(['Map_all', 'Mask']);
    expect(onlyFlow().status).toBe('Active');

    await local.deploy((stack) => void customerProfiles(stack, { flowName: 'renamed' }));
    expect(onlyFlow()).toMatchObject({ definition: { flowName: 'renamed' }, status: 'Active' });
    await leavesNothing();
  });

  test('has the tags of its stack', async () => {
    await local.deploy((stack) => {
      stack.tags.setTag('cost', 'one');
      customerProfiles(stack);
    });
    expect(onlyFlow().tags).toMatchObject({ cost: 'one' });
    await local.deploy((stack) => {
      stack.tags.setTag('cost', 'two');
      customerProfiles(stack);
    });
    expect(onlyFlow().tags).toMatchObject({ cost: 'two' });
  });

  test.each([
    [FlowActivation.byCloudFormation(), 'Active'],
    [FlowActivation.byCloudFormation(FlowActivationState.SUSPENDED), 'Draft'],
    [FlowActivation.manual(), 'Draft'],
  ])('is in the state that is declared: %#', async (activation, expected) => {
    await local.deploy((stack) => void customerProfiles(stack, { activation }));
    expect(onlyFlow().status).toBe(expected);
    await leavesNothing();
  });

  test('leaves nothing behind when the stack fails', async () => {
    expect(await status((stack) => {
      customerProfiles(stack);
      thenFails(stack);
    })).toBe('ROLLBACK_COMPLETE');
    expect(flows()).toEqual([]);
    expect(local.cloud.appflow.profiles.size).toBe(0);
  });

  test.each<[string, Partial<ScheduledFlowProps>]>([
    ['a change', { tasks: [Mapping.all(), Mask.all('Name')] }],
    ['a replacement', { flowName: 'renamed' }],
  ])('is as it was when %s is rolled back', async (_, props) => {
    await local.deploy((stack) => void customerProfiles(stack));
    const before = onlyFlow();
    expect(await status((stack) => {
      customerProfiles(stack, props);
      thenFails(stack);
    })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(onlyFlow()).toEqual(before);
    await leavesNothing();
  });

  test.each(['CreateFlow', 'UpdateFlow'])('says what AppFlow said when %s is refused, and leaves what was there', async (operation) => {
    const change = (stack: Stack) => void customerProfiles(stack, { description: 'changed' });
    if (operation === 'UpdateFlow') {
      await local.deploy((stack) => void customerProfiles(stack));
    }
    const before = flows();
    local.cloud.faults.inject({ service: 'appflow', operation, kind: 'access-denied', times: 40 });
    expect(await reasons(change)).toContain(operation === 'CreateFlow' ? 'appflow-constructs:flow-not-created' : 'appflow-constructs:flow-not-updated');
    local.cloud.faults.clear();
    expect(flows()).toEqual(before);
  });

  test('does not take over a flow that is there, and does not delete it', async () => {
    await local.deploy((stack) => void slack(stack, { beyond: false, flowName: 'taken' }));
    const foreign = { ...local.flow('taken')!.definition, flowName: 'theirs' };
    local.cloud.appflow.invoke('CreateFlow', JSON.parse(JSON.stringify(foreign)));
    const before = structuredClone(local.flow('theirs')!);
    const said = await reasons((stack) => {
      slack(stack, { flowName: 'theirs' });
    });
    expect(said).toContain('appflow-constructs:flow-exists');
    expect(local.flow('theirs')).toEqual(before);
    expect(local.flow('taken')).toBeDefined();
  });

  test('changes places with one that CloudFormation makes, and back', async () => {
    await local.deploy((stack) => void slack(stack, { beyond: false }));
    const [{ definition: { flowName: first } }] = flows();
    await local.deploy((stack) => void slack(stack));
    const { definition: { flowName: second, tasks } } = onlyFlow();
    expect(second).not.toBe(first);
    expect(tasks.map(({ connectorOperator }) => connectorOperator?.Slack)).toContain('GREATER_THAN');
    expect(await status((stack) => {
      slack(stack, { beyond: false });
      thenFails(stack);
    })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(onlyFlow().definition.flowName).toBe(second);
    await local.deploy((stack) => void slack(stack, { beyond: false }));
    expect(onlyFlow().definition.flowName).toBe(first);
    await leavesNothing();
  });

  test('says what to do when it is to change places under its name', async () => {
    await local.deploy((stack) => void slack(stack, { beyond: false, flowName: 'named' }));
    const before = onlyFlow();
    expect(await reasons((stack) => void slack(stack, { flowName: 'named' }))).toContain('needs another name too (appflow-constructs:flow-exists)');
    expect(onlyFlow()).toEqual(before);
  });

  test('goes on when it is retained', async () => {
    await local.deploy((stack) => {
      customerProfiles(stack).applyRemovalPolicy(RemovalPolicy.RETAIN);
      (stack.node.findChild('Salesforce') as ConnectorProfile).applyRemovalPolicy(RemovalPolicy.RETAIN);
    });
    await local.destroy();
    expect(onlyFlow().status).toBe('Active');
  });

  test('that somebody has deleted does not stand in the way of a deletion', async () => {
    await local.deploy((stack) => void customerProfiles(stack));
    local.cloud.appflow.invoke('DeleteFlow', { flowName: onlyFlow().definition.flowName, forceDelete: true });
    await leavesNothing();
  });

  test('is created once though each event is delivered twice', async () => {
    local.cloud.cloudformation.duplicateDelivery = true;
    await local.deploy((stack) => void honeycode(stack));
    expect(onlyFlow().definition.destinationFlowConfigList[0].connectorType).toBe('Honeycode');
    await leavesNothing();
  });
});

describe('a connector profile that CloudFormation cannot express, or is not to make', () => {
  let received: Record<string, any>;
  beforeEach(() => {
    received = {};
    const { appflow } = local.cloud;
    const handle = appflow.handle.bind(appflow);
    appflow.handle = async (request) => {
      const operation = appflow.operationOf(request) ?? '';
      if (/ConnectorProfile$/.test(operation)) {
        received[operation] = JSON.parse(request.body.toString());
      }
      return handle(request);
    };
  });

  test('is created, changed, replaced and deleted, with credentials that the handler reads', async () => {
    await local.deploy((stack) => void honeycode(stack));
    expect(received.CreateConnectorProfile.connectorProfileConfig).toEqual({
      connectorProfileCredentials: { Honeycode: { accessToken: 'canary-token' } }, connectorProfileProperties: { Honeycode: {} },
    });
    await local.deploy((stack) => void honeycode(stack, 'other'));
    expect(received.UpdateConnectorProfile.connectorProfileConfig.connectorProfileCredentials).toEqual({ Honeycode: { accessToken: 'canary-other' } });
    expect(local.cloud.appflow.profiles.size).toBe(1);
    await leavesNothing();
  });

  const chosen = (props: { connectorProfileName?: string; provisioning?: Provisioning; token?: string }) => (stack: Stack) => {
    const { token = 'token', provisioning = Provisioning.byCustomResource(), ...others } = props;
    const connection = SalesforceConnection.refreshToken({ refreshToken: inVault(token) });
    new ConnectorProfile(stack, 'Profile', { connection, provisioning, ...others });
  };
  const names = () => [...local.cloud.appflow.profiles.keys()];

  test('is replaced by another name, and is as it was when that is rolled back', async () => {
    await local.deploy(chosen({ connectorProfileName: 'first' }));
    expect(await status((stack) => {
      chosen({ connectorProfileName: 'second' })(stack);
      thenFails(stack);
    })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(names()).toEqual(['first']);
    await local.deploy(chosen({ connectorProfileName: 'second' }));
    expect(names()).toEqual(['second']);
    expect(await status((stack) => {
      chosen({ connectorProfileName: 'first' })(stack);
      thenFails(stack);
    })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(names()).toEqual(['second']);
    await leavesNothing();
  });

  test('changes places with one that CloudFormation makes', async () => {
    await local.deploy(chosen({ provisioning: Provisioning.byCloudFormation() }));
    const [first] = names();
    await local.deploy(chosen({}));
    expect(names()).toHaveLength(1);
    expect(names()).not.toEqual([first]);
    await local.deploy(chosen({ provisioning: Provisioning.byCloudFormation() }));
    expect(names()).toEqual([first]);
    await leavesNothing();
  });

  test('does not take over a profile that is there, and does not delete it', async () => {
    local.cloud.appflow.invoke('CreateConnectorProfile', {
      connectorProfileName: 'theirs',
      connectorType: 'Honeycode',
      connectionMode: 'Public',
      connectorProfileConfig: { connectorProfileProperties: { Honeycode: {} }, connectorProfileCredentials: { Honeycode: { accessToken: 'theirs' } } },
    });
    expect(await reasons(chosen({ connectorProfileName: 'theirs' }))).toContain('appflow-constructs:connector-profile-exists');
    expect(names()).toEqual(['theirs']);
    await local.deploy(chosen({ connectorProfileName: 'ours' }));
    expect(await reasons(chosen({ connectorProfileName: 'theirs' }))).toContain('appflow-constructs:connector-profile-exists');
    expect(names().sort()).toEqual(['ours', 'theirs']);
    await local.destroy();
    expect(names()).toEqual(['theirs']);
  });

  test('says which secret lacks what', async () => {
    expect(await reasons(chosen({ token: 'absent' }))).toContain("the secret 'vault' has no field 'absent'");
    expect(local.cloud.appflow.profiles.size).toBe(0);
  });

  test('is used by a flow, which runs when it is deployed', async () => {
    await local.deploy((stack) => {
      const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
      const profile = new ConnectorProfile(stack, 'Honeycode', { connection: HoneycodeConnection.accessToken({ accessToken: inVault('token') }) });
      new OnDemandFlow(stack, 'Flow', {
        flowName: 'run',
        source: new S3Source(bucket, { prefix: 'in' }),
        destination: new HoneycodeDestination(profile, { object: 'table' }),
        tasks: [Mapping.fields(['Id'])],
        runOnDeploy: RunOnDeploy.onCreate(),
      });
    });
    expect(local.flow('run')!.runs).toHaveLength(1);
  });
});
