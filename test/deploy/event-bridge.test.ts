import {
  ConnectorProfile, EventBridgeDestination, EventFlow, type EventFlowProps, FlowActivation, FlowActivationState, Mapping, Mask, PartnerEventSource,
  SalesforceSource,
} from 'appflow-constructs';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LocalStack } from './local-stack';

const ORDERS = PartnerEventSource.salesforce('orders');
const NAME = 'aws.partner/appflow/salesforce.com/111111111111/orders';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
  local.cloud.appflow.invoke('CreateConnectorProfile', {
    connectorProfileName: 'crm',
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileProperties: { Salesforce: {} }, connectorProfileCredentials: { Salesforce: { refreshToken: 'made-up' } },
    },
  });
});
afterEach(async () => {
  await local.stop();
});

function eventFlow(stack: Stack, destination: EventBridgeDestination, props: Partial<EventFlowProps> = {}): EventFlow {
  const profile = ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'crm');
  return new EventFlow(stack, 'Flow', {
    flowName: 'orders', source: new SalesforceSource(profile, { object: 'Order__e' }), destination, tasks: [Mapping.all()], ...props,
  });
}

/** A flow with the event bus of its partner event source, and a rule on that. */
function chain(stack: Stack, props: Partial<EventFlowProps> = {}) {
  const destination = EventBridgeDestination.withEventBus(ORDERS);
  eventFlow(stack, destination, props);
  new Rule(destination.eventBus, 'Rule', { eventBus: destination.eventBus, eventPattern: { detailType: ['Order__e'] } });
}

/** The logical ids of what has come to a status, in order, without the hashes at their ends. */
function inOrder(status: string): string[] {
  const events = local.cloud.events(local.cloud.cloudformation.find('Stack')?.id ?? stackId);
  return events.filter((event) => event.status === status && /^Flow|Activation/.test(event.logicalId)).map(({ logicalId }) =>
    logicalId.replace('AppFlowConstructsProvider', '').replace(/[0-9A-F]{8}$/, ''));
}
let stackId: string;

async function deploy(define: (stack: Stack) => void) {
  ({ stackId } = await local.deploy(define));
}

const nothingIsLeft = () => expect([local.cloud.appflow.flows.size, local.cloud.eventBuses.names]).toEqual([0, []]);

describe('a flow with the event bus of its partner event source', () => {
  test('is created, then the event bus and its rule are, and then it is activated', async () => {
    await deploy(chain);
    expect(inOrder('CREATE_COMPLETE')).toEqual(['Flow', 'FlowEventBus', 'FlowEventBusRule', 'Activation']);
    expect(local.newCalls()).toEqual(['CreateFlow', 'DescribeFlow', 'StartFlow']);
    expect(local.flow('orders')!.status).toEqual('Active');
    expect(local.cloud.eventBuses.names).toEqual([NAME]);
  });

  test('goes on through a change of its tasks', async () => {
    await deploy(chain);
    local.newCalls();
    await deploy((stack) => chain(stack, { tasks: [Mapping.all(), Mask.all('Phone__c')] }));
    expect(local.flow('orders')!.definition.tasks.map(({ taskType }) => taskType)).toEqual(['Map_all', 'Mask']);
    expect(local.flow('orders')!.status).toEqual('Active');
    expect(local.newCalls()).not.toContain('StartFlow');
  });

  test('stays a draft when nobody activates it, and is suspended when that is declared', async () => {
    await deploy((stack) => chain(stack, { activation: FlowActivation.manual() }));
    expect(local.flow('orders')!.status).toEqual('Draft');
    await deploy(chain);
    await deploy((stack) => chain(stack, { activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) }));
    expect(local.flow('orders')!.status).toEqual('Suspended');
  });

  test('is stopped, loses its event bus and is deleted, in that order', async () => {
    await deploy(chain);
    local.newCalls();
    await local.destroy();
    expect(inOrder('DELETE_COMPLETE')).toEqual(['Activation', 'FlowEventBusRule', 'FlowEventBus', 'Flow']);
    expect(local.newCalls()).toEqual(['DescribeFlow', 'StopFlow', 'DeleteFlow']);
    nothingIsLeft();
  });

  test('leaves nothing behind when its event bus cannot be made', async () => {
    local.cloud.appflow.invoke('CreateFlow', {
      flowName: 'another',
      triggerConfig: { triggerType: 'Event' },
      sourceFlowConfig: { connectorType: 'Salesforce', connectorProfileName: 'crm', sourceConnectorProperties: { Salesforce: { object: 'Order__e' } } },
      destinationFlowConfigList: [{ connectorType: 'EventBridge', destinationConnectorProperties: { EventBridge: { object: NAME } } }],
      tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Salesforce: 'NO_OP' } }],
    });
    local.cloud.eventBuses.create(NAME, NAME);
    const failure = await local.tryDeploy(chain);
    expect(failure?.description.status).toEqual('ROLLBACK_COMPLETE');
    expect(failure?.reasons.join()).toContain(`Event bus ${NAME} already exists.`);
    expect([...local.cloud.appflow.flows.keys()]).toEqual(['another']);
    expect(local.newCalls()).not.toContain('StartFlow');
  });

  test('is as it was when a change fails', async () => {
    await deploy(chain);
    const before = structuredClone(local.flow('orders')!.definition);
    const failure = await local.tryDeploy((stack) => {
      chain(stack, { tasks: [Mapping.all(), Mask.all('Phone__c')] });
      const refused = new CfnResource(stack, 'Refused', { type: 'AWS::Events::EventBus', properties: { Name: 'aws.refused' } });
      refused.node.addDependency(stack.node.findChild('Flow'));
    });
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(local.flow('orders')).toMatchObject({ status: 'Active', definition: before });
    expect(local.cloud.eventBuses.names).toEqual([NAME]);
  });
});

test('an event bus that the user makes comes between the flow and its activation', async () => {
  await deploy((stack) => {
    const eventBus = new EventBus(stack, 'Bus', { eventSourceName: ORDERS.name });
    eventFlow(stack, new EventBridgeDestination(ORDERS, { eventBus }));
  });
  expect(local.flow('orders')!.status).toEqual('Active');
  await local.destroy();
  nothingIsLeft();
});

test('without an event bus, the activation is refused', async () => {
  const failure = await local.tryDeploy((stack) => void eventFlow(stack, new EventBridgeDestination(ORDERS)));
  expect(failure?.description.status).toEqual('ROLLBACK_COMPLETE');
  expect(new Set(local.cloud.calls.of('StartFlow').map(({ outcome }) => outcome))).toEqual(new Set(['ConflictException']));
  nothingIsLeft();
});
