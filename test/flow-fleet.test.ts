import {
  ConnectorProfile, DataPull, FlowActivation, FlowAlarmKind, FlowDashboard, FlowFleet, type FlowFleetProps, FlowSchedule, Mapping, Mask,
  RedshiftDestination, S3Destination, SalesforceDataTransferApi, SalesforceReplication, SalesforceSource, ScheduleTime, ServiceNowSource,
  UpsolverDestination,
} from 'appflow-constructs';
import { App, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { lake, salesforceProfile } from './samples';
import { errorsOf, newStack, templateOf, warningsOf } from './synthesis';

/** Objects that many organisations have. */
const OBJECTS = [
  'Account', 'AccountContactRelation', 'AccountHistory', 'Asset', 'Attachment', 'Campaign', 'CampaignMember', 'Case', 'CaseComment', 'CaseHistory', 'Contact',
  'ContactHistory', 'ContentDocument', 'ContentVersion', 'Contract', 'Dashboard', 'Default', 'EmailMessage', 'Entitlement', 'Event', 'FeedItem', 'Group',
  'Individual', 'Invoice__c', 'InvoiceLine__c', 'Lead', 'LeadHistory', 'LiveChatTranscript', 'Location', 'Note', 'Opportunity', 'OpportunityContactRole',
  'OpportunityFieldHistory', 'OpportunityHistory', 'OpportunityLineItem', 'OpportunityStage', 'Order', 'OrderItem', 'Organization', 'Partner', 'Payment__c',
  'Period', 'Pricebook2', 'PricebookEntry', 'Product2', 'Profile', 'Project__c', 'Quote', 'QuoteLineItem', 'RecordType', 'Report', 'Resource', 'ServiceContract',
  'Solution', 'Task', 'Territory2', 'Topic', 'User', 'UserRole', 'WorkOrder', 'WorkOrderLineItem',
];

function fleetIn(scope: Construct, props: Partial<FlowFleetProps> = {}, id = 'Crm'): FlowFleet {
  return new FlowFleet(scope, id, {
    destination: new S3Destination(lake(Stack.of(scope)), { prefix: 'crm' }), schedule: FlowSchedule.every(Duration.hours(1)), ...props,
  });
}

function fill(fleet: FlowFleet, ...objects: string[]): FlowFleet {
  for (const object of objects) {
    fleet.add(object, new SalesforceSource(salesforceProfile(Stack.of(fleet)), { object }));
  }
  return fleet;
}

const flowsOf = (stack: Stack) => Template.fromStack(stack).findResources('AWS::AppFlow::Flow');
/** What the flows of a stack have in the template, in the order in which they were added. */
const propertiesOf = (stack: Stack) => Object.values<any>(flowsOf(stack)).map(({ Properties }) => Properties);
const timingsOf = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('Custom::AppFlowFlowTiming')).map(({ Properties }) => Properties);
/** How many seconds into the interval the flows start, by object. */
const phasesOf = (fleet: FlowFleet, ...objects: string[]) => {
  const stack = Stack.of(fleet);
  fill(fleet, ...objects);
  return Object.fromEntries(timingsOf(stack).map(({ Start }, index) => [objects[index], Start.PhaseSeconds as number]));
};

test('a flow has what the fleet has, or what it has of its own', () => {
  const stack = newStack();
  const fleet = fleetIn(stack, {
    pull: DataPull.incremental({ timestampField: 'SystemModstamp' }), encryptionKey: new Key(stack, 'Key'), flowNamePrefix: 'crm-',
  });
  const contacts = new SalesforceSource(salesforceProfile(stack), { object: 'Contact' });
  const [account, contact] = [
    ...fill(fleet, 'Account').flows,
    fleet.add('Contact', contacts, {
      destination: new S3Destination(lake(stack), { prefix: 'people' }),
      schedule: FlowSchedule.every(Duration.minutes(15)),
      pull: DataPull.complete(),
      tasks: [contacts.filter.equalTo('Type', 'Customer'), Mapping.all(), Mask.all('Phone')],
      activation: FlowActivation.byCloudFormation(),
      encryptionKey: new Key(stack, 'OtherKey'),
      flowName: 'people',
      description: 'Customers.',
    }),
  ];
  expect([fleet.flow('Account'), fleet.flow('Contact')]).toEqual([account, contact]);
  expect(fleet.flows).toEqual([account, contact]);
  const [first, second] = propertiesOf(stack);
  expect(first).toMatchObject({
    FlowName: 'crm-Account',
    KMSArn: { 'Fn::GetAtt': [expect.stringMatching('^Key'), 'Arn'] },
    SourceFlowConfig: {
      ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Account' } }, IncrementalPullConfig: { DatetimeTypeFieldName: 'SystemModstamp' },
    },
    DestinationFlowConfigList: [{ DestinationConnectorProperties: { S3: { BucketPrefix: 'crm/Account' } } }],
    TriggerConfig: { TriggerProperties: { ScheduleExpression: 'rate(1hours)', DataPullMode: 'Incremental' } },
    Tasks: [{ TaskType: 'Map_all' }],
  });
  expect(second).toMatchObject({
    FlowName: 'people',
    Description: 'Customers.',
    FlowStatus: 'Active',
    KMSArn: { 'Fn::GetAtt': [expect.stringMatching('^OtherKey'), 'Arn'] },
    SourceFlowConfig: { ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Contact' } } },
    DestinationFlowConfigList: [{ DestinationConnectorProperties: { S3: { BucketPrefix: 'people' } } }],
    TriggerConfig: { TriggerProperties: { ScheduleExpression: 'rate(15minutes)', DataPullMode: 'Complete' } },
    Tasks: [{ TaskType: 'Filter' }, { TaskType: 'Map_all' }, { TaskType: 'Mask' }],
  });
});

test('a fleet takes sources of any connectors, and destinations without folders as they are', () => {
  const stack = newStack();
  const profile = (id: string) => ConnectorProfile.fromConnectorProfileName(stack, id, id);
  const fleet = fleetIn(stack, { destination: new RedshiftDestination(profile('Dw'), { object: 'public.all', intermediateBucket: lake(stack) }) });
  fleet.add('incident', new ServiceNowSource(profile('Desk'), { object: 'incident' }));
  fill(fleet, 'Case');
  expect(propertiesOf(stack).map(({ SourceFlowConfig, DestinationFlowConfigList: [{ DestinationConnectorProperties }] }) =>
    [SourceFlowConfig.ConnectorType, DestinationConnectorProperties.Redshift.Object])).toEqual([['Servicenow', 'public.all'], ['Salesforce', 'public.all']]);
});

test.each([
  ['a prefix', 'crm', 'crm/Account'], ['a prefix with a slash', 'crm/', 'crm/Account'], ['no prefix', undefined, 'Account'], ['an empty prefix', '', 'Account'],
])('the folder of an object is below %s', (_, prefix, expected) => {
  const stack = newStack();
  const bucket = Bucket.fromBucketName(stack, 'Bucket', 'upsolver-appflow-lake');
  fill(fleetIn(stack, { destination: new S3Destination(lake(stack), { prefix }) }), 'Account');
  fill(fleetIn(stack, { destination: new UpsolverDestination(bucket, { prefix }) }, 'Ups'), 'Account');
  const [s3, upsolver] = propertiesOf(stack).map((properties) => properties.DestinationFlowConfigList[0].DestinationConnectorProperties);
  expect([s3.S3.BucketPrefix, upsolver.Upsolver.BucketPrefix]).toEqual([expected, expected]);
});

test('the prefix can be a token', () => {
  const stack = newStack();
  fill(fleetIn(stack, { destination: new S3Destination(lake(stack), { prefix: new CfnParameter(stack, 'Prefix').valueAsString }) }), 'Account');
  expect(propertiesOf(stack)[0].DestinationFlowConfigList[0].DestinationConnectorProperties.S3.BucketPrefix)
    .toEqual({ 'Fn::Join': ['', [{ Ref: 'Prefix' }, '/Account']] });
});

test('a replication takes the names of Salesforce objects', () => {
  const stack = newStack();
  const replication = new SalesforceReplication(stack, 'Crm', {
    connectorProfile: salesforceProfile(stack),
    objects: ['Account', 'Contact'],
    destination: new S3Destination(lake(stack)),
    schedule: FlowSchedule.every(Duration.hours(1)),
    apiVersion: 'v58.0',
    dataTransferApi: SalesforceDataTransferApi.REST_SYNC,
    enableDynamicFieldUpdate: true,
    includeDeletedRecords: true,
  });
  replication.addObject('Invoice__c', { pull: DataPull.complete() });
  replication.add('Notes', new SalesforceSource(salesforceProfile(stack), { object: 'Note' }));
  const settings = { DataTransferApi: 'REST_SYNC', EnableDynamicFieldUpdate: true, IncludeDeletedRecords: true };
  expect(propertiesOf(stack).map(({ SourceFlowConfig: { ApiVersion, SourceConnectorProperties }, TriggerConfig }) =>
    ({ ApiVersion, ...SourceConnectorProperties.Salesforce, mode: TriggerConfig.TriggerProperties.DataPullMode }))).toEqual([
    { ApiVersion: 'v58.0', Object: 'Account', ...settings, mode: 'Incremental' },
    { ApiVersion: 'v58.0', Object: 'Contact', ...settings, mode: 'Incremental' },
    { ApiVersion: 'v58.0', Object: 'Invoice__c', ...settings, mode: 'Complete' },
    { Object: 'Note', mode: 'Incremental' },
  ]);
  expect(replication.flow('Invoice__c')).toBe(replication.flows[2]);
});

describe('an edit changes no other flow', () => {
  const SOME = ['Account', 'Contact', 'Lead', 'Case'];

  /** All that a stack has of a fleet, but for what lists all flows, by logical id. */
  function resourcesWith(objects: readonly string[], props: Partial<FlowFleetProps> = {}): Record<string, object> {
    const stack = newStack();
    fill(fleetIn(stack, { pull: DataPull.incremental(), alarms: {}, ...props }), ...objects);
    const { Resources } = Template.fromStack(stack).toJSON();
    return Object.fromEntries(Object.entries<any>(Resources).filter(([id, { Type }]) => id.startsWith('Crm') && Type !== 'Custom::AppFlowFlowActivation'));
  }
  const before = resourcesWith(SOME);
  const of = (object: string) => ([id]: [string, object]) => id.startsWith(`Crm${object}`);

  test('the first one is added', () => {
    const after = Object.entries(resourcesWith(['Opportunity', ...SOME]));
    expect(Object.fromEntries(after.filter((entry) => !of('Opportunity')(entry)))).toEqual(before);
    expect(after.filter(of('Opportunity')).length).toBeGreaterThanOrEqual(2);
  });

  test('one in the middle is removed', () => {
    const after = resourcesWith(SOME.filter((object) => object !== 'Contact'));
    expect(after).toEqual(Object.fromEntries(Object.entries(before).filter((entry) => !of('Contact')(entry))));
  });

  test('they are put in another order', () => {
    expect(resourcesWith([...SOME].reverse())).toEqual(before);
  });

  test('one gets something of its own', () => {
    const stack = newStack();
    const fleet = fleetIn(stack, { pull: DataPull.incremental(), alarms: {} });
    fill(fleet, 'Account').add('Contact', new SalesforceSource(salesforceProfile(stack), { object: 'Contact' }), { schedule: FlowSchedule.every(Duration.minutes(5)) });
    fill(fleet, 'Lead', 'Case');
    const { Resources } = Template.fromStack(stack).toJSON();
    const changed = Object.keys(before).filter((id) => JSON.stringify(Resources[id]) !== JSON.stringify(before[id]));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((id) => !id.startsWith('CrmContact'))).toEqual([]);
  });
});

describe('starts are spread', () => {
  const hour = 3600;

  test('evenly enough that the source is asked a few things at a time', () => {
    const phases = Object.values(phasesOf(fleetIn(newStack()), ...OBJECTS));
    expect(phases).toHaveLength(OBJECTS.length);
    expect(phases.every((phase) => Number.isInteger(phase) && phase >= 0 && phase < hour)).toBe(true);
    const tenths = Array.from({ length: 10 }, (_, tenth) => phases.filter((phase) => Math.floor(phase / 360) === tenth).length);
    expect(Math.min(...tenths)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...tenths)).toBeLessThanOrEqual(14);
    expect(new Set(phases).size).toBeGreaterThan(OBJECTS.length * 0.95);
  });

  test('always in the same way', () => {
    expect(phasesOf(fleetIn(newStack()), 'Account', 'Contact', 'Lead')).toMatchInlineSnapshot(`
{
  "Account": 3290,
  "Contact": 3552,
  "Lead": 2659,
}
`);
  });

  test('by the place in the stack, in whatever app and stage that is', () => {
    const phases = phasesOf(fleetIn(newStack()), 'Account', 'Contact');
    expect(phasesOf(fleetIn(new Stack(new App(), 'Elsewhere')), 'Account', 'Contact')).toEqual(phases);
    expect(phasesOf(fleetIn(newStack(), {}, 'Other'), 'Account', 'Contact')).not.toEqual(phases);
  });

  test.each<[string, Partial<FlowFleetProps>, (share: number) => object | undefined]>([
    ['over the interval', {}, (share) => ({ At: 'NextPeriod', MarginSeconds: 300, PhaseSeconds: Math.floor(share * hour) })],
    [
      'over another interval', { schedule: FlowSchedule.every(Duration.days(1)) },
      (share) => ({ At: 'NextPeriod', MarginSeconds: 300, PhaseSeconds: Math.floor(share * 24 * hour) }),
    ],
    ['over a given time', { spread: Duration.minutes(10) }, (share) => ({ At: 'NextPeriod', MarginSeconds: 300, PhaseSeconds: Math.floor(share * 600) })],
    ['over no time', { spread: Duration.seconds(0) }, () => ({ At: 'NextPeriod', MarginSeconds: 300, PhaseSeconds: 0 })],
    [
      'after the phase of the schedule',
      {
        schedule: FlowSchedule.every(Duration.hours(1), {
          startTime: ScheduleTime.nextPeriod({ phase: Duration.minutes(30), margin: Duration.hours(1) }),
        }),
        spread: Duration.minutes(10),
      },
      (share) => ({ At: 'NextPeriod', MarginSeconds: 3600, PhaseSeconds: 1800 + Math.floor(share * 600) }),
    ],
    [
      'after a time of day',
      { schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextUtc('02:00') }), spread: Duration.hours(1) },
      (share) => ({ At: 'NextTimeOfDay', TimeOfDay: 7200, MarginSeconds: 300, PhaseSeconds: Math.floor(share * hour) }),
    ],
    [
      'not, where the schedule says when it starts',
      { schedule: FlowSchedule.every(Duration.days(1), { startTime: ScheduleTime.nextUtc('02:00') }) },
      () => ({ At: 'NextTimeOfDay', TimeOfDay: 7200, MarginSeconds: 300 }),
    ],
    ['not, with a cron expression', { schedule: FlowSchedule.cron({ minute: '0' }) }, () => undefined],
    ['not, with months', { schedule: FlowSchedule.expression('rate(1months)') }, () => undefined],
  ])('%s', (_, props, start) => {
    const share = phasesOf(fleetIn(newStack(), { spread: Duration.seconds(2 ** 31) }), 'Account').Account / 2 ** 31;
    const stack = newStack();
    fill(fleetIn(stack, props), 'Account');
    const [timing] = timingsOf(stack);
    const { ScheduleExpression, ...rest } = timing?.Start ?? {};
    expect(timing && rest).toEqual(start(share));
  });

  test('of those flows alone that have a rate', () => {
    const stack = newStack();
    const fleet = fill(fleetIn(stack, { spread: Duration.hours(1) }), 'Account');
    const source = new SalesforceSource(salesforceProfile(stack), { object: 'Case' });
    fleet.add('Case', source, { schedule: FlowSchedule.cron({ minute: '0' }) });
    fleet.add('Lead', source, { schedule: FlowSchedule.expression(new CfnParameter(stack, 'Rate').valueAsString) });
    expect(timingsOf(stack).map(({ Start }) => Start.ScheduleExpression)).toEqual(['rate(1hours)', { Ref: 'Rate' }]);
  });

  test.each<[string, (stack: Stack) => ScheduleTime]>([
    ['a phase', (stack) => ScheduleTime.nextPeriod({ phase: Duration.seconds(new CfnParameter(stack, 'At', { type: 'Number' }).valueAsNumber) })],
    ['a point in time', (stack) => ScheduleTime.epochSeconds(new CfnParameter(stack, 'At', { type: 'Number' }).valueAsNumber)],
  ])('not, from %s that is known only at deploy time', (_, startTime) => {
    const stack = newStack();
    fill(fleetIn(stack, { schedule: FlowSchedule.every(Duration.hours(1), { startTime: startTime(stack) }), spread: Duration.hours(1) }), 'Account');
    const { ScheduleStartTime } = propertiesOf(stack)[0].TriggerConfig.TriggerProperties;
    expect(timingsOf(stack)[0]?.Start.PhaseSeconds ?? ScheduleStartTime).toEqual({ Ref: 'At' });
  });

  test('from a point in time, which is known', () => {
    const stack = newStack();
    const startTime = ScheduleTime.iso('2098-01-01T00:00:00Z');
    fill(fleetIn(stack, { schedule: FlowSchedule.every(Duration.hours(1), { startTime }), spread: Duration.hours(1) }), 'Account');
    const { ScheduleStartTime } = propertiesOf(stack)[0].TriggerConfig.TriggerProperties;
    expect(ScheduleStartTime - startTime.seconds!).toBe(phasesOf(fleetIn(newStack()), 'Account').Account);
  });
});

describe('alarms and dashboard', () => {
  const alarmsIn = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);

  test('are left out', () => {
    const stack = newStack();
    expect(fill(fleetIn(stack), 'Account').alarms).toEqual([]);
    expect(alarmsIn(stack)).toEqual([]);
  });

  test('are for each flow, which can have options of its own', () => {
    const stack = newStack();
    const fleet = fill(fleetIn(stack, { alarms: { alarmNamePrefix: 'crm', leaveOut: [FlowAlarmKind.NO_RECORDS, FlowAlarmKind.SLOW, FlowAlarmKind.STALE] } }), 'Account');
    const source = new SalesforceSource(salesforceProfile(stack), { object: 'Contact' });
    fleet.add('Contact', source, { alarms: { leaveOut: [FlowAlarmKind.STALE, FlowAlarmKind.SLOW, FlowAlarmKind.NO_RECORDS, FlowAlarmKind.DEACTIVATED] } });
    expect(fleet.alarms.map(({ flow }) => flow)).toEqual(fleet.flows);
    expect(alarmsIn(stack).map(({ AlarmName }) => AlarmName).sort()).toEqual(['crm-Account-Deactivated', 'crm-Account-Failed', 'crm-Contact-Failed']);
  });

  test('are for one flow alone', () => {
    const stack = newStack();
    const fleet = fill(fleetIn(stack), 'Account');
    fleet.add('Contact', new SalesforceSource(salesforceProfile(stack), { object: 'Contact' }), { alarms: {} });
    expect(fleet.alarms.map(({ flow }) => flow)).toEqual([fleet.flow('Contact')]);
  });

  test.each([['with', {}], ['without', undefined]])('one dashboard shows the flows of several fleets, %s alarms', (_, alarms) => {
    const stack = newStack();
    const dashboard = new FlowDashboard(stack, 'Dashboard');
    const flows = [fill(fleetIn(stack, { dashboard, alarms }), 'Account'), fill(fleetIn(stack, { dashboard, alarms }, 'Other'), 'Lead')].flatMap((fleet) => fleet.flows);
    const [body] = Object.values<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => JSON.stringify(Properties));
    for (const flow of flows) {
      expect(body).toContain(stack.getLogicalId(flow._resource));
    }
  });
});

describe('calls', () => {
  test('are at least one a run', () => {
    const stack = newStack();
    const fleet = fleetIn(stack);
    expect(fleet.estimateCalls()).toEqual({ runsPerDay: 0, callsPerDay: 0, notCounted: [] });
    fill(fleet, 'Account', 'Contact');
    const source = (object: string) => new SalesforceSource(salesforceProfile(stack), { object });
    fleet.add('Lead', source('Lead'), { schedule: FlowSchedule.every(Duration.minutes(15)) });
    fleet.add('User', source('User'), { schedule: FlowSchedule.expression('rate(1weeks)') });
    fleet.add('Case', source('Case'), { schedule: FlowSchedule.cron({ minute: '0' }) });
    fleet.add('Note', source('Note'), { schedule: FlowSchedule.cron({ minute: '0', hour: '7', day: 'L' }) });
    fleet.add('Task', source('Task'), { schedule: FlowSchedule.expression(new CfnParameter(stack, 'Rate').valueAsString) });
    const runsPerDay = 24 + 24 + 96 + 1 / 7 + 24;
    expect(fleet.estimateCalls()).toEqual({ runsPerDay, callsPerDay: runsPerDay, notCounted: ['Note', 'Task'] });
  });

  test('are as many as AWS says of an hourly flow that reads five pages', () => {
    expect(fill(fleetIn(newStack()), 'Account').estimateCalls({ pagesPerRun: 5 }).callsPerDay).toBe(120);
  });

  test('are more for some objects', () => {
    const fleet = fill(fleetIn(newStack()), 'Account', 'Contact', 'Lead');
    expect(fleet.estimateCalls({ pagesPerRun: 2, pagesPerRunOf: { Contact: 10 } }).callsPerDay).toBe(24 * (2 + 10 + 2));
  });

  test.each([
    ['as many', 6, 1, undefined],
    ['more', 7, 1, 'need more query jobs of Bulk API 2.0 than the application allows: got 10,080 runs in 24 hours, which need one each at least, allowed at most 10,000;'],
    ['more, of two connections', 4, 2, undefined],
  ])('%s as the application allows', (_, flows, profiles, warning) => {
    const stack = newStack();
    const fleet = fleetIn(stack, { schedule: FlowSchedule.every(Duration.minutes(1)) });
    for (let index = 0; index < flows * profiles; index++) {
      const id = `Profile${index % profiles}`;
      const profile = stack.node.tryFindChild(id) as ConnectorProfile | undefined ?? ConnectorProfile.fromConnectorProfileName(stack, id, id);
      fleet.add(`Object${index}`, new SalesforceSource(profile, { object: 'Account', dataTransferApi: SalesforceDataTransferApi.BULKV2 }));
      fleet.add(`Rest${index}`, new SalesforceSource(profile, { object: 'Account' }));
    }
    expect(errorsOf(stack)).toEqual([]);
    expect(warningsOf(stack)).toEqual(warning === undefined ? [] : [expect.stringContaining(warning)]);
  });
});

describe('many flows', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `Object${index}`);
  const resourcesOf = (stack: Stack) => Object.keys(templateOf(stack).Resources).length;

  /** What one flow, and each further one, adds to a stack. */
  function costOf(props: Partial<FlowFleetProps>): { first: number; further: number } {
    const [first, second] = [1, 2].map((flows) => {
      const stack = newStack();
      fill(fleetIn(stack, props), ...ids(flows));
      return resourcesOf(stack);
    });
    return { first, further: second - first };
  }

  test.each<[string, number, number, Partial<FlowFleetProps>]>([
    ['whose flows start when they are activated', 1, 490, { schedule: FlowSchedule.cron({ minute: '0' }) }],
    ['with spread starts', 2, 245, {}],
    ['with spread starts whose flows are continued', 2, 245, { pull: DataPull.incremental() }],
    ['with names', 2, 245, { flowNamePrefix: 'crm-', pull: DataPull.incremental() }],
    ['with all alarms', 8, 61, { alarms: {}, pull: DataPull.incremental() }],
  ])('a fleet %s takes %i resources a flow, and a stack has room for %i flows', (_, resources, flows, props) => {
    const { first, further } = costOf(props);
    expect(further).toBe(resources);
    expect(first + (flows - 1) * further).toBeLessThanOrEqual(500);
  });

  test('a fleet can be split, and each flow stays what it was made', () => {
    const stack = newStack();
    const bucket = lake(stack);
    const [profile, parts] = [salesforceProfile(stack), ['Part1', 'Part2'].map((id) => new NestedStack(stack, id))];
    const flows = parts.flatMap((part, index) => {
      const fleet = new FlowFleet(part, 'Crm', { destination: new S3Destination(bucket, { prefix: 'crm' }), schedule: FlowSchedule.every(Duration.hours(1)) });
      return ids(3).map((id) => fleet.add(id, new SalesforceSource(profile, { object: `${id}_${index}` })));
    });
    expect(errorsOf(stack)).toEqual([]);
    expect(flows.map((flow) => flow.stack)).toEqual(parts.flatMap((part) => [part, part, part]));
    expect(parts.map((part) => Object.keys(flowsOf(part)).length)).toEqual([3, 3]);
  });

  test.each([
    ['one after the other', 1, [[], [0], [1], [2], [3]]], ['two at a time', 2, [[], [], [0], [1], [2]]], ['all at once', undefined, [[], [], [], [], []]],
  ])('are deployed %s', (_, maxConcurrentDeployments, expected) => {
    const stack = newStack();
    fill(fleetIn(stack, { maxConcurrentDeployments }), ...ids(5));
    const flows = Object.entries<any>(flowsOf(stack));
    const indexOf = (id: string) => flows.findIndex(([other]) => other === id);
    const order = flows.map(([, { DependsOn = [] }]) => [DependsOn].flat().map(indexOf).filter((index) => index >= 0));
    expect(order).toEqual(expected);
  });
});
