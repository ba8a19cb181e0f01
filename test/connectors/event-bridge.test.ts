import {
  EventBridgeDestination, EventFlow, FlowActivation, FlowActivationState, type IFlowDestination, Mapping, PartnerEventSource, SalesforceSource,
} from 'appflow-constructs';
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnEventBus, EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { salesforceEvents, salesforceProfile } from '../samples';
import { newStack, templateOf, warningsOf } from '../synthesis';

const ORDERS = PartnerEventSource.salesforce('orders');
const ORDERS_NAME = { 'Fn::Join': ['', ['aws.partner/appflow/salesforce.com/', { Ref: 'AWS::AccountId' }, '/orders']] };

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

/** The resources of the stack of a type, by logical id. */
function resources(type: string, of = stack): [string, any][] {
  return Object.entries<any>(templateOf(of).Resources).filter(([, { Type }]) => Type === type);
}

const flow = () => resources('AWS::AppFlow::Flow')[0];
const eventBus = () => resources('AWS::Events::EventBus')[0];
const activation = () => resources('Custom::AppFlowFlowActivation')[0];
const properties = () => flow()[1].Properties.DestinationFlowConfigList[0].DestinationConnectorProperties.EventBridge;
const eventsTo = (destination: IFlowDestination, id: string) => new EventFlow(stack, id, {
  source: new SalesforceSource(salesforceProfile(stack), { object: 'Order__e' }), destination, tasks: [Mapping.all()],
});

describe('a partner event source', () => {
  test('of Salesforce is in the account of the stack', () => {
    salesforceEvents(stack, new EventBridgeDestination(ORDERS));
    expect(properties()).toEqual({ Object: ORDERS_NAME });
  });

  test('by its name is taken as it is', () => {
    const name = new CfnParameter(stack, 'Source').valueAsString;
    salesforceEvents(stack, new EventBridgeDestination(PartnerEventSource.fromName(name)));
    expect(properties()).toEqual({ Object: { Ref: 'Source' } });
  });

  test.each(['', 'of orders', 'orders/', '/', 'a'.repeat(209)])('cannot end in %p', (suffix) => {
    expect(() => PartnerEventSource.salesforce(suffix)).toThrow('appflow-constructs:partner-event-source-name-invalid');
  });

  test.each(['orders', 'orders/eu', 'a'.repeat(208)])('can end in %p', (suffix) => {
    expect(() => PartnerEventSource.salesforce(suffix)).not.toThrow();
  });
});

describe('the order of flow, event bus and activation', () => {
  function expectOrder() {
    const [[flowId], [busId, { DependsOn: afterFlow }], [, { DependsOn: afterBus }]] = [flow(), eventBus(), activation()];
    expect(afterFlow).toEqual([flowId]);
    expect(afterBus).toEqual(expect.arrayContaining([busId]));
    expect(JSON.stringify(flow())).not.toContain(busId);
  }

  test.each([
    ['made by the destination', () => EventBridgeDestination.withEventBus(ORDERS)],
    ['an EventBus', () => new EventBridgeDestination(ORDERS, { eventBus: new EventBus(stack, 'Bus', { eventSourceName: ORDERS.name }) })],
    ['a CfnEventBus', () => new EventBridgeDestination(ORDERS, {
      eventBus: new CfnEventBus(stack, 'Bus', { name: ORDERS.name, eventSourceName: ORDERS.name }),
    })],
  ])('is kept for an event bus that is %s', (_, destination) => {
    salesforceEvents(stack, destination());
    expectOrder();
    expect(eventBus()[1].Properties).toEqual({ Name: ORDERS_NAME, EventSourceName: ORDERS_NAME });
  });

  test('is kept for a flow that is to be suspended', () => {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(ORDERS), FlowActivation.byCustomResource(FlowActivationState.SUSPENDED));
    expectOrder();
  });

  test('ends with the event bus where nobody activates the flow', () => {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(ORDERS), FlowActivation.manual());
    expect(eventBus()[1].DependsOn).toEqual([flow()[0]]);
    expect(activation()).toBeUndefined();
  });

  test('is of no concern for an event bus that exists', () => {
    const bus = EventBus.fromEventBusName(stack, 'Bus', ORDERS.name);
    salesforceEvents(stack, new EventBridgeDestination(ORDERS, { eventBus: bus }), FlowActivation.byCloudFormation());
    expect(flow()[1]).toMatchObject({ Properties: { FlowStatus: 'Active' } });
    expect(flow()[1]).not.toHaveProperty('DependsOn');
  });

  test('includes the rules in the scope of the event bus', () => {
    const destination = EventBridgeDestination.withEventBus(ORDERS);
    salesforceEvents(stack, destination);
    new Rule(destination.eventBus, 'Rule', { eventBus: destination.eventBus, eventPattern: { detailType: ['Order__e'] } });
    const [[ruleId, rule]] = resources('AWS::Events::Rule');
    expect(rule.Properties.EventBusName).toEqual({ Ref: eventBus()[0] });
    expect(activation()[1].DependsOn).toEqual(expect.arrayContaining([ruleId, eventBus()[0]]));
  });
});

describe('an event bus of the destination\'s own', () => {
  test('has a logical id that stays', () => {
    salesforceEvents(stack, EventBridgeDestination.withEventBus(ORDERS));
    expect(eventBus()[0]).toEqual('FlowEventBus05814C9D');
  });

  test('is shared by the flows that are given the destination, and comes between all of them and their activation', () => {
    const destination = EventBridgeDestination.withEventBus(ORDERS);
    eventsTo(destination, 'One');
    eventsTo(destination, 'Other');
    const [[busId, bus], ...others] = resources('AWS::Events::EventBus');
    expect(others).toEqual([]);
    expect(bus.DependsOn).toEqual(resources('AWS::AppFlow::Flow').map(([id]) => id));
    for (const [, { DependsOn }] of resources('Custom::AppFlowFlowActivation')) {
      expect(DependsOn).toContain(busId);
    }
  });

  test('cannot be shared by flows of several stacks', () => {
    const destination = EventBridgeDestination.withEventBus(ORDERS);
    const [one, other] = [new Stack(new App(), 'One'), new Stack(new App(), 'Other')];
    salesforceEvents(one, destination);
    expect(() => salesforceEvents(other, destination)).toThrow('appflow-constructs:event-bus-in-another-stack at Other/Flow');
  });

  test('is missed before there is a flow, or where none is made', () => {
    expect(() => EventBridgeDestination.withEventBus(ORDERS).eventBus).toThrow('define the flow first (appflow-constructs:event-bus-missing)');
    expect(() => new EventBridgeDestination(ORDERS).eventBus).toThrow('use EventBridgeDestination.withEventBus');
  });
});

test('the bucket for large events lets AppFlow write', () => {
  const bucket = new Bucket(stack, 'Bucket');
  salesforceEvents(stack, new EventBridgeDestination(ORDERS, { largeEventHandling: { bucket, prefix: 'large' }, failOnFirstDestinationError: true }));
  const [[policyId]] = resources('AWS::S3::BucketPolicy');
  expect(properties().ErrorHandlingConfig).toEqual({
    BucketName: { Ref: stack.getLogicalId(bucket.node.defaultChild as never) }, BucketPrefix: 'large', FailOnFirstError: true,
  });
  expect(flow()[1].DependsOn).toEqual([policyId]);
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])('the partition %s is nowhere in it', (partition) => {
  stack = new Stack(new App({ context: { '@aws-cdk/core:target-partitions': [partition] } }), 'Stack');
  salesforceEvents(stack, EventBridgeDestination.withEventBus(ORDERS));
  expect(JSON.stringify([flow(), eventBus()])).not.toContain('arn:');
  expect(warningsOf(stack)).toEqual([]);
});
