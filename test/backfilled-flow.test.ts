import { BackfilledFlow, FlowActivation, FlowSchedule, Mapping, ScheduleTime, SlackSource, ConnectorProfile } from 'appflow-constructs';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { backfilled, salesforceToS3 } from './samples';

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

const template = () => Template.fromStack(stack);
const idOf = (type: string, properties: object = {}) => Object.keys(template().findResources(type, { Properties: properties }))[0];
const RANGE = 'Custom::AppFlowFlowBackfill';
const COMPLETION = 'Custom::AppFlowFlowBackfillCompletion';

test('there is a flow for the history and one for the increments, from the same to the same', () => {
  const key = new Key(stack, 'Key');
  const flow = backfilled(stack, {}, { flowName: 'orders', description: 'Orders', encryptionKey: key });
  expect(stack.resolve([flow.history.flowName, flow.flow.flowName])).toEqual([{ Ref: idOf('AWS::AppFlow::Flow', { FlowName: 'orders-history' }) }, {
    Ref: idOf('AWS::AppFlow::Flow', { FlowName: 'orders' }),
  }]);
  const common = {
    Description: 'Orders',
    KMSArn: stack.resolve(key.keyArn),
    SourceFlowConfig: Match.objectLike({ ConnectorType: 'Salesforce', SourceConnectorProperties: { Salesforce: { Object: 'Opportunity' } } }),
    DestinationFlowConfigList: [Match.objectLike({ ConnectorType: 'S3' })],
  };
  template().hasResourceProperties('AWS::AppFlow::Flow', {
    ...common,
    FlowName: 'orders-history',
    TriggerConfig: { TriggerType: 'OnDemand' },
    Tasks: [
      {
        TaskType: 'Filter',
        SourceFields: ['LastModifiedDate'],
        ConnectorOperator: { Salesforce: 'BETWEEN' },
        TaskProperties: [
          { Key: 'DATA_TYPE', Value: 'datetime' }, { Key: 'LOWER_BOUND', Value: '1767225600000' }, { Key: 'UPPER_BOUND', Value: '1767225600000' },
        ],
      },
      Match.objectLike({ TaskType: 'Map_all' }),
    ],
  });
  template().hasResourceProperties('AWS::AppFlow::Flow', {
    ...common,
    FlowName: 'orders',
    SourceFlowConfig: Match.objectLike({ IncrementalPullConfig: { DatetimeTypeFieldName: 'LastModifiedDate' } }),
    TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: Match.objectLike({ DataPullMode: 'Incremental' }) },
    Tasks: [Match.objectLike({ TaskType: 'Map_all' })],
  });
});

test('without a name the flows have different ones', () => {
  const { flow, history } = backfilled(stack);
  const names = [history, flow].map(({ flowName }) => template().findResources('AWS::AppFlow::Flow')[stack.resolve(flowName).Ref].Properties.FlowName);
  expect(names).toEqual([expect.stringMatching(/^Stack-Backfilled-History-/), expect.stringMatching(/^Stack-Backfilled-Flow-/)]);
});

test('the increments begin where the history ends, once that is loaded', () => {
  backfilled(stack, { to: undefined }, { activation: FlowActivation.byCloudFormation() });
  const [flow] = Object.values(template().findResources('AWS::AppFlow::Flow', { Properties: { TriggerConfig: { TriggerType: 'Scheduled' } } }));
  const timing = template().findResources('Custom::AppFlowFlowTiming');
  expect(JSON.stringify([flow, timing])).toContain(`"Fn::GetAtt":["${idOf(RANGE)}","To"]`);
  const completions = expect.arrayContaining(Object.keys(template().findResources(COMPLETION)));
  [flow, ...Object.values(timing)].forEach(({ DependsOn }) => expect(DependsOn).toEqual(completions));
});

test('the custom resources know the history and the flow that loads it', () => {
  backfilled(stack, { revision: '2', window: Duration.days(10), allowFailedRecords: true, dataType: 'date' });
  const history = idOf('AWS::AppFlow::Flow', { TriggerConfig: { TriggerType: 'OnDemand' } });
  template().hasResourceProperties(RANGE, { FlowName: { Ref: history }, From: 1767225600, To: 1782864000, Revision: '2' });
  template().allResourcesProperties(COMPLETION, {
    Flow: Match.objectLike({ flowName: { Ref: history }, triggerConfig: { triggerType: 'OnDemand' }, tasks: [Match.objectLike({ taskType: 'Filter' }), Match.anyValue()] }),
    FilterIndex: 0,
    Ranges: { 'Fn::GetAtt': [idOf(RANGE), 'Ranges'] },
    Attempt: { 'Fn::GetAtt': [idOf(RANGE), 'Attempt'] },
    WindowSeconds: 864000,
    AllowFailedRecords: true,
    ServiceTimeout: '3600',
  });
});

test('the filter of the windows is found among filters like it', () => {
  const ends = salesforceToS3(stack);
  backfilled(stack, {}, {
    ...ends, tasks: [Mapping.all(), ends.source.filter.between('LastModifiedDate', new Date('2020-01-01'), new Date('2030-01-01')), ends.source.filter.equalTo('Type', 'New')],
  });
  template().allResourcesProperties(COMPLETION, { FilterIndex: 2 });
});

test.each([[10, [600]], [48, [2880]], [49, [1470, 1470]], [240, [2880, 2880, 2880, 2880, 2880]]])('%d minutes are shared among custom resources that follow one another', (minutes, limits) => {
  backfilled(stack, { timeout: Duration.minutes(minutes) });
  const links = Object.entries(template().findResources(COMPLETION));
  expect(links.map(([, { Properties }]) => [Properties.Link, Properties.TimeLimitSeconds, Properties.IsLast]))
    .toEqual(limits.map((limit, index) => [index + 1, limit, index === limits.length - 1]));
  links.slice(1).forEach(([, { DependsOn }], index) => expect(DependsOn).toContain(links[index][0]));
});

test('the role of the handler may do what it takes, on marked flows alone', () => {
  backfilled(stack);
  const statements = Object.values(template().findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  const [own] = statements.filter(({ Action }) => [Action].flat().includes('appflow:CancelFlowExecutions'));
  expect(own).toMatchObject({
    Action: expect.arrayContaining(['appflow:UpdateFlow', 'appflow:StartFlow', 'appflow:DescribeFlowExecutionRecords']),
    Condition: { StringEquals: { 'aws:ResourceTag/appflow-constructs:stack': { Ref: 'AWS::StackId' } } },
  });
  expect(statements).toContainEqual(expect.objectContaining({ Action: 'appflow:UseConnectorProfile' }));
  expect(statements).toContainEqual(expect.objectContaining({ Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } }));
});

test('times and names can be known only at deploy time', () => {
  const parameter = (id: string, type = 'Number') => new CfnParameter(stack, id, { type });
  backfilled(stack, { from: ScheduleTime.epochSeconds(parameter('From').valueAsNumber), to: ScheduleTime.epochSeconds(parameter('To').valueAsNumber) }, {
    flowName: parameter('Name', 'String').valueAsString,
  });
  template().hasResourceProperties(RANGE, { From: { Ref: 'From' }, To: { Ref: 'To' } });
  template().hasResourceProperties('AWS::AppFlow::Flow', {
    FlowName: { 'Fn::Join': ['', [{ Ref: 'Name' }, '-history']] },
    Tasks: [Match.objectLike({ TaskProperties: Match.arrayWith([{ Key: 'LOWER_BOUND', Value: { 'Fn::Join': ['', [{ Ref: 'From' }, '000']] } }]) }), Match.anyValue()],
  });
});

test('a history that CloudFormation cannot express is loaded, too', () => {
  const source = new SlackSource(ConnectorProfile.fromConnectorProfileName(stack, 'Slack', 'acme'), { object: 'conversations' });
  new BackfilledFlow(stack, 'Messages', {
    ...salesforceToS3(stack),
    source,
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all(), source.filter.greaterThan('size', 1)],
    backfill: { from: ScheduleTime.iso('2026-06-01T00:00:00Z'), timestampField: 'created' },
  });
  template().resourceCountIs('Custom::AppFlowFlow', 2);
  template().hasResourceProperties(RANGE, { FlowName: { Ref: Match.stringLikeRegexp('^MessagesHistoryProvidedFlow') } });
});
