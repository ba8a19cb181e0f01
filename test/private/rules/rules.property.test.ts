import {
  Arithmetic, DataPull, EventFlow, FileAggregation, FlowActivation, FlowSchedule, GlueDataCatalog, type IEventFlowSource, type IFlowDestination,
  type IFlowSource, type IFlowTask, Mapping, Mask, Merge, OnDemandFlow, OutputFormat, Partition, Passthrough, S3Destination, S3Source,
  SalesforceDestination, SalesforceSource, ScheduledFlow, ScheduleTime, Truncate, Validation, ValidationAction, WriteOperation,
} from 'appflow-constructs';
import { Duration, Fn, Lazy, Size, type Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import type { FlowPlan, SourcePlan, TaskPlan } from '../../../lib/private/flow-plan';
import { planFlow, type TriggerOptions } from '../../../lib/private/plan-flow';
import { ALL_FLOW_RULES, checkFlow } from '../../../lib/private/rules';
import { growsTooFast } from '../../processor-time';
import { lake, salesforceProfile } from '../../samples';
import { errorsOf, newStack } from '../../synthesis';

/** A flow as a user would write it. */
interface Sample {
  readonly trigger: 'OnDemand' | 'Scheduled' | 'Event';
  readonly from: 'S3' | 'Salesforce';
  readonly source: (stack: Stack) => S3Source | SalesforceSource;
  readonly destination: (stack: Stack) => IFlowDestination;
  readonly tasks: (source: S3Source | SalesforceSource) => IFlowTask[];
  readonly schedule: FlowSchedule;
  readonly pull: DataPull;
  readonly flowName: string;
  readonly description: string;
}

const field = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_ ]{0,30}$/);
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{2,40}$/);
const value = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9 ]{1,20}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
);
const length = fc.integer({ min: 1, max: 100 });
const seconds = fc.integer({ min: 1, max: 4_000_000_000 });

const filter = fc.oneof(
  fc.tuple(fc.constantFrom('equalTo' as const, 'notEqualTo' as const, 'lessThan' as const, 'greaterThanOrEqualTo' as const), field, value)
    .map(([operator, on, than]) => (source: S3Source | SalesforceSource) => source.filter[operator](on, than)),
  fc.tuple(field, fc.array(value, { minLength: 1, maxLength: 10 }))
    .map(([on, values]) => (source: S3Source | SalesforceSource) => source.filter.equalToAny(on, values)),
  fc.tuple(field, value, value).map(([on, lower, upper]) => (source: S3Source | SalesforceSource) => source.filter.between(on, lower, upper)),
  fc.tuple(field, fc.stringMatching(/^[a-z]{1,9}$/)).map(([on, text]) => (source: S3Source | SalesforceSource) =>
    source instanceof SalesforceSource ? source.filter.contains(on, text) : source.filter.equalTo(on, text)),
);
const mapping = fc.oneof(
  field.map((from) => Mapping.field(from)),
  fc.tuple(field, field).map(([from, destinationField]) => Mapping.field(from, { destinationField, sourceDataType: 'string' })),
  fc.uniqueArray(field, { minLength: 1, maxLength: 5 }).map((fields) => Mapping.fields(fields)),
  fc.array(field, { maxLength: 5 }).map((exclude) => Mapping.all({ exclude })),
);
const otherTask = fc.oneof(
  mapping,
  fc.tuple(field, length).map(([on, count]) => Mask.last(on, count, { character: '#' })),
  field.map((on) => Mask.all(on)),
  fc.tuple(field, length).map(([on, count]) => Truncate.field(on, count)),
  field.map((on) => Validation.notNull(on, ValidationAction.DROP_RECORD)),
  fc.tuple(field, field, field).map(([a, b, destinationField]) => Arithmetic.add(a, b, { destinationField })),
  fc.tuple(fc.array(field, { minLength: 2, maxLength: 4 }), field)
    .map(([fields, destinationField]) => Merge.concatenate(fields, { destinationField })),
  fc.array(field, { maxLength: 10 }).map((keys) => Partition.keys(...keys)),
  fc.array(field, { maxLength: 4 }).map((fields) => Passthrough.fields(...fields)),
);
const tasks = fc.tuple(mapping, fc.array(filter, { maxLength: 4 }), fc.array(otherTask, { maxLength: 6 }))
  .map(([first, filters, others]) => (source: S3Source | SalesforceSource) => [...filters.map((make) => make(source)), ...others, first]);

const output = fc.oneof(
  fc.record({
    format: fc.constantFrom(OutputFormat.csv(), OutputFormat.json()),
    aggregation: fc.constantFrom(undefined, FileAggregation.singleFile()),
  }),
  fc.record({
    format: fc.boolean().map((preserveSourceDataTyping) => OutputFormat.parquet({ preserveSourceDataTyping })),
    aggregation: length.map((size) => FileAggregation.none({ targetFileSize: Size.mebibytes(size) })),
  }),
  fc.record({ catalog: name.map((databaseName) => new GlueDataCatalog({ databaseName, tablePrefix: databaseName })) }),
);
const writeOperation = fc.oneof(
  fc.constant(WriteOperation.insert()),
  fc.stringMatching(/^[A-Za-z_]{1,20}$/).map((id) => WriteOperation.upsert([id])),
  fc.array(fc.stringMatching(/^[A-Za-z_]{1,20}$/), { minLength: 1, maxLength: 3 }).map((ids) => WriteOperation.update(ids)),
  fc.constant(WriteOperation.delete()),
);
const schedule = fc.tuple(
  fc.oneof(length.map((n) => Duration.minutes(n)), length.map((n) => Duration.hours(n)), length.map((n) => Duration.days(n))),
  fc.record({
    startTime: seconds.map(ScheduleTime.epochSeconds),
    endTime: seconds.map(ScheduleTime.epochSeconds),
    firstExecutionFrom: seconds.map(ScheduleTime.epochSeconds),
    offset: fc.integer({ min: 0, max: 36_000 }).map((n) => Duration.seconds(n)),
    timeZone: fc.constant('Europe/Vienna'),
    deactivationThreshold: length,
  }, { requiredKeys: [] }),
).map(([interval, options]) => FlowSchedule.every(interval, options));

const sample: fc.Arbitrary<Sample> = fc.constantFrom('S3' as const, 'Salesforce' as const).chain((from) => fc.record({
  from: fc.constant(from),
  trigger: fc.constantFrom('OnDemand' as const, 'Scheduled' as const, ...(from === 'Salesforce' ? ['Event' as const] : [])),
  source: fc.tuple(name, fc.boolean()).map(([text, enableDynamicFieldUpdate]) => (stack: Stack) => from === 'S3'
    ? new S3Source(lake(stack), { prefix: text })
    : new SalesforceSource(salesforceProfile(stack), { object: text, enableDynamicFieldUpdate })),
  destination: fc.oneof(
    output.map((props) => (stack: Stack) => new S3Destination(lake(stack), props)),
    fc.tuple(name, writeOperation).map(([object, operation]) => (stack: Stack) =>
      new SalesforceDestination(salesforceProfile(stack), { object, writeOperation: operation })),
  ),
  tasks,
  schedule,
  pull: fc.oneof(fc.constant(DataPull.complete()), field.map((timestampField) => DataPull.incremental({ timestampField }))),
  flowName: name,
  description: fc.stringMatching(/^[\w .,?-]{0,40}$/),
}));

function build(stack: Stack, { from, trigger, ...made }: Sample) {
  const source = made.source(stack);
  const props = { destination: made.destination(stack), tasks: made.tasks(source), flowName: made.flowName, description: made.description };
  const activation = FlowActivation.byCloudFormation();
  switch (trigger) {
    case 'OnDemand': return new OnDemandFlow(stack, 'Flow', { ...props, source });
    case 'Scheduled': return new ScheduledFlow(stack, 'Flow', { ...props, source, activation, schedule: made.schedule, pull: made.pull });
    case 'Event': return new EventFlow(stack, 'Flow', { ...props, source: source as IEventFlowSource, activation });
  }
}

function plan({ trigger, ...made }: Sample): FlowPlan {
  const stack = newStack();
  const source: IFlowSource = made.source(stack);
  const options: TriggerOptions = trigger === 'Scheduled'
    ? { trigger: { type: trigger, ...made.schedule._plan(), dataPullMode: made.pull.mode }, timestampField: made.pull.timestampField }
    : { trigger: { type: trigger } };
  const { plan: unnamed } = planFlow(stack, {
    source,
    destination: made.destination(stack),
    tasks: made.tasks(source as S3Source | SalesforceSource),
    description: made.description,
  }, options);
  return { ...unnamed, flowName: made.flowName };
}

test('what the constructs offer is never an error', () => {
  fc.assert(fc.property(sample, (given) => {
    const stack = newStack();
    build(stack, given);
    expect(errorsOf(stack)).toEqual([]);
  }), { numRuns: 100 });
});

test('a token in place of any value makes no rule throw, and no rule see what it did not see before', () => {
  fc.assert(fc.property(sample, fc.infiniteStream(fc.nat({ max: 3 })), (given, dice) => {
    const made = plan(given);
    const known = { ...made, source: { ...made.source, profileConnectorType: made.source.connectorType } };
    const codes = new Set(checkFlow(known).map(({ code }) => code));
    const unknown = tokenised(known, () => dice.next().value === 0) as FlowPlan;
    expect(checkFlow(unknown).filter(({ code }) => !codes.has(code))).toEqual([]);
  }), { numRuns: 150 });
});

describe('a mistake in a flow that is right otherwise is found', () => {
  const s3 = { connectorType: 'S3', properties: { bucketName: 'acme-lake' } };
  const salesforce = { connectorType: 'Salesforce', connectorProfileName: 'acme', properties: { object: 'Lead' } };
  const long = (max: number) => fc.integer({ min: max + 1, max: max + 50 }).map((count) => 'x'.repeat(count));
  const blank = fc.stringMatching(/^[a-z]{1,5} [a-z]{1,5}$/);
  const withSource = (change: Partial<SourcePlan>) => (flow: FlowPlan) => ({ ...flow, source: { ...flow.source, ...change } });
  const withTask = (change: Partial<TaskPlan>) => (flow: FlowPlan) => ({
    ...flow,
    tasks: [...flow.tasks, { taskType: 'Map', sourceFields: ['A'], destinationField: 'B', ...change }],
  });
  const to = (destination: object, change: object = {}) => (flow: FlowPlan): FlowPlan => ({
    ...flow,
    destination: { ...s3, ...destination },
    ...change,
  });
  const scheduled = (change: object) => (flow: FlowPlan): FlowPlan => ({ ...flow, trigger: { ...flow.trigger, ...change } });
  const word = fc.stringMatching(/^[A-Z]{5,9}X$/);

  /** By the rule that must find it: ways to break a flow. */
  const MISTAKES: Record<string, fc.Arbitrary<(flow: FlowPlan) => FlowPlan>> = {
    'flow-name-invalid': fc.oneof(blank, long(256), fc.constantFrom('', 'a', '-a', 'a/b')).map((flowName) => (flow) => ({ ...flow, flowName })),
    'flow-status-unknown': word.map((flowStatus) => (flow) => ({ ...flow, flowStatus })),
    'flow-description-invalid': fc.oneof(long(2048), fc.constantFrom('a/b', 'a:b', '"a"')).map((description) => (flow) => ({ ...flow, description })),
    'api-version-invalid': fc.oneof(blank, long(256)).map((apiVersion) => withSource({ apiVersion })),
    'catalog-name-invalid': long(255).map((databaseName) => to(s3, { catalog: { roleArn: 'role', databaseName, tablePrefix: 'x' } })),
    'trigger-type-unknown': fc.oneof(word, fc.constantFrom('scheduled', '', 'constructor', '__proto__')).map((type) => scheduled({ type })),
    'data-pull-mode-unknown': fc.oneof(word, fc.constantFrom('incremental', '', 'toString')).map((dataPullMode) => scheduled({ dataPullMode })),
    'schedule-missing': fc.constant(scheduled({ type: 'Scheduled', scheduleExpression: undefined })),
    'schedule-expression-invalid': fc.oneof(fc.constant(''), long(256)).map((scheduleExpression) => scheduled({ scheduleExpression })),
    'schedule-rate-too-high': fc.integer({ min: 0, max: 59 }).map((n) => scheduled({ type: 'Scheduled', scheduleExpression: `rate(${n}seconds)` })),
    'schedule-offset-out-of-range': fc.oneof(fc.integer({ max: -1 }), fc.integer({ min: 36_001 })).map((scheduleOffset) => scheduled({ scheduleOffset })),
    'deactivation-threshold-out-of-range': fc.oneof(fc.integer({ max: 0 }), fc.integer({ min: 101 }), fc.constant(1.5))
      .map((flowErrorDeactivationThreshold) => scheduled({ flowErrorDeactivationThreshold })),
    'schedule-text-too-long': fc.oneof(long(256).map((timezone) => scheduled({ timezone })), long(256).map((timestampField) => withSource({ timestampField }))),
    'connector-profile-missing': fc.constant(to({ ...salesforce, connectorProfileName: undefined })),
    'connector-profile-of-another-connector': fc.constantFrom('Zendesk', 'Slack').map((profileConnectorType) => withSource({ profileConnectorType })),
    'connector-profile-elsewhere': fc.constantFrom({ region: 'eu-west-1' }, { account: '111122223333' }).map((elsewhere) => (flow) => ({
      ...withSource({ profileEnvironment: { account: '444455556666', region: 'eu-central-1', ...elsewhere } })(flow),
      environment: { account: '444455556666', region: 'eu-central-1' },
    })),
    'connector-property-invalid': fc.oneof(
      fc.oneof(blank, long(512)).map((object) => to({ ...salesforce, properties: { object } })),
      fc.oneof(blank, long(128)).map((id) => to({ ...salesforce, properties: { object: 'Lead', idFieldNames: ['Id', id] } })),
    ),
    'destination-count-invalid': fc.constantFrom(0, 2, 5).map((destinationCount) => (flow) => ({ ...flow, destinationCount })),
    'connector-type-unknown': fc.oneof(word, fc.constantFrom('ServiceNow', 'GoogleAnalytics', 'HubSpot', '', 'constructor', 'toString'))
      .map((connectorType) => withSource({ connectorType })),
    'connector-not-of-role': fc.constantFrom('Redshift', 'Snowflake', 'EventBridge', 'LookoutMetrics', 'Upsolver', 'CustomerProfiles', 'Honeycode')
      .map((connectorType) => withSource({ connectorType })),
    'connector-properties-missing': fc.constantFrom([], ['Zendesk'], ['Slack', 'Zendesk'])
      .map((propertiesOf) => withSource({ properties: {}, propertiesOf })),
    'connector-profile-name-of-flow-invalid': fc.oneof(blank, long(256))
      .map((connectorProfileName) => to({ ...salesforce, connectorProfileName })),
    'catalog-without-s3': fc.constant(to(salesforce, { catalog: { roleArn: 'role', databaseName: 'sales', tablePrefix: 'x' } })),
    'write-operation-without-id-fields': fc.tuple(fc.constantFrom('UPDATE', 'UPSERT'), fc.constantFrom([], undefined))
      .map(([writeOperationType, idFieldNames]) => to({ ...salesforce, properties: { object: 'Lead', writeOperationType, idFieldNames } })),
    'destination-trigger-not-supported': fc.constantFrom('OnDemand', 'Scheduled').map((type) => (flow) =>
      scheduled({ type })(to({ connectorType: 'EventBridge', properties: { object: 'aws.partner/appflow/salesforce.com/111122223333/orders' } })(flow))),
    'task-type-unknown': word.map((taskType) => withTask({ taskType })),
    'task-property-unknown': word.map((key) => withTask({ taskProperties: { [key]: 'x' } })),
    'task-text-invalid': fc.oneof(
      long(2048).map((text) => withTask({ sourceFields: [text] })),
      long(256).map((destinationField) => withTask({ destinationField })),
      fc.oneof(fc.constant(''), long(2048)).map((text) => withTask({ taskProperties: { VALUE: text } })),
    ),
    'task-of-another-connector': fc.constant(withTask({ madeFor: 'Zendesk' })),
    'operator-not-of-connector': fc.tuple(fc.constantFrom('S3', 'Salesforce'), word)
      .map(([member, operator]) => withTask({ connectorOperator: { [member]: operator } })),
    'filter-without-comparison': fc.constant((flow) => withTask({ taskType: 'Filter', connectorOperator: { [flow.source.connectorType]: 'NO_OP' } })(flow)),
    'projection-missing': fc.constant((flow) => ({
      ...flow,
      source: { ...flow.source, ...salesforce },
      tasks: flow.tasks.filter(({ taskType }) => !['Filter', 'Map_all'].includes(taskType)),
    })),
    'too-many-partition-keys': fc.array(field, { minLength: 11, maxLength: 30 })
      .map((keys) => withTask({ taskType: 'Partition', taskProperties: { ORDERED_PARTITION_KEYS_LIST: JSON.stringify(keys) } })),
  };

  test('by every rule that stops a deployment', () => {
    const codes = ALL_FLOW_RULES.filter(({ evidence }) => evidence === 'documented').map(({ code }) => code);
    expect(Object.keys(MISTAKES).sort()).toEqual(codes.sort());
  });

  test.each(Object.entries(MISTAKES))('%s', (code, mistake) => {
    fc.assert(fc.property(sample, mistake, (given, mistaken) => {
      const right = plan(given);
      expect(checkFlow(right).filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(checkFlow(mistaken(right))).toContainEqual(expect.objectContaining({ code, severity: 'error' }));
    }), { numRuns: 8 });
  });
});

describe('what the facts allow is not suspected', () => {
  const withTasks = (...made: ((member: string) => TaskPlan)[]) => (flow: FlowPlan): FlowPlan =>
    ({ ...flow, tasks: made.map((make) => make(flow.source.connectorType)) });
  const mapAll = (change: Partial<TaskPlan> = {}) => (member: string): TaskPlan =>
    ({ taskType: 'Map_all', sourceFields: [], connectorOperator: { [member]: 'NO_OP' }, ...change });
  const task = (taskType: string, operator: string, taskProperties: Record<string, string> = {}) => (member: string): TaskPlan =>
    ({ taskType, sourceFields: ['A'], connectorOperator: { [member]: operator }, taskProperties });
  const scheduled = (scheduleExpression: string) => (flow: FlowPlan): FlowPlan => ({
    ...flow,
    trigger: { type: 'Scheduled', scheduleExpression, dataPullMode: 'Incremental' },
    destination: { connectorType: 'S3', properties: { bucketName: 'acme-lake' } },
  });

  /** Oddities that AppFlow was seen to take, and what is not known to be refused. */
  test.each<[string, (flow: FlowPlan) => FlowPlan]>([
    ['a mapping of all fields that names a field', withTasks(mapAll({ sourceFields: ['A'] }))],
    ['a mapping of all fields that names a field without a name', withTasks(mapAll({ sourceFields: [''] }))],
    ['a mapping of all fields without an operator', withTasks(mapAll({ connectorOperator: undefined }))],
    ['a mapping of all fields without properties', withTasks(mapAll({ taskProperties: {} }))],
    ['a mapping of all fields beside a projection', withTasks(mapAll(), task('Filter', 'PROJECTION'))],
    ['a mapping of all fields beside one of a field', withTasks(mapAll(), (member) => ({ ...task('Map', 'NO_OP')(member), destinationField: 'B' }))],
    ['operators of other connectors beside the own one', withTasks(mapAll(), (member) =>
      ({ ...task('Map', 'NO_OP')(member), destinationField: 'B', connectorOperator: { Zendesk: 'NO_OP', [member]: 'NO_OP' } }))],
    ['a length of a mask of all characters', withTasks(mapAll(), task('Mask', 'MASK_ALL', { MASK_LENGTH: '5', MASK_VALUE: '*' }))],
    ['a mask without a character', withTasks(mapAll(), task('Mask', 'MASK_LAST_N', { MASK_LENGTH: '5' }))],
    ['the action that AWS Labs sends', withTasks(mapAll(), task('Validate', 'VALIDATE_NON_NULL', { VALIDATION_ACTION: 'DropDataset' }))],
    ['keys without a known encoding', withTasks(mapAll({ taskProperties: { INCLUDE_NEW_FIELDS: 'x', SUBFIELD_CATEGORY_MAP: '{' } }))],
    ['a cron expression', scheduled('cron(0 1 ? * MON-SUN *)')],
    ['a rate in months', scheduled('rate(1months)')],
    ['a point in time', scheduled('at(2100-01-01T00:00:00)')],
  ])('%s', (_, change) => {
    fc.assert(fc.property(sample, (given) => {
      const made = plan(given);
      const codes = new Set(checkFlow(made).map(({ code }) => code));
      expect(checkFlow(change(made)).filter(({ code }) => !codes.has(code))).toEqual([]);
    }), { numRuns: 10 });
  });
});

describe('a plan that is made of anything', () => {
  const word = fc.constantFrom(
    'constructor', '__proto__', 'toString', 'Filter', 'Map', 'Map_all', 'Mask', 'Merge', 'Salesforce', 'S3', 'PROJECTION', 'VALUE', 'VALUES',
  );
  const anything = fc.oneof(word, fc.string(), fc.jsonValue(), fc.constant(undefined), fc.constantFrom(Infinity, NaN, 1e300, -1e300));
  const structure = fc.oneof(fc.dictionary(fc.oneof(word, fc.string()), anything), anything);
  const record = (...members: string[]) =>
    fc.record(Object.fromEntries(members.map((member) => [member, fc.oneof(anything, structure)])), { requiredKeys: [] });

  test('makes no rule throw', () => {
    const settings = record(
      'type', 'scheduleExpression', 'dataPullMode', 'scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom', 'timezone', 'scheduleOffset',
      'flowErrorDeactivationThreshold',
    );
    const made = fc.array(fc.record({ taskType: word, sourceFields: fc.array(anything) }).chain((known) =>
      record('connectorOperator', 'destinationField', 'taskProperties', 'madeFor').map((rest) => ({ ...known, ...rest }))), { maxLength: 5 });
    fc.assert(fc.property(sample, fc.constantFrom('Scheduled', 'OnDemand'), settings, word, made, (given, type, trigger, connectorType, odd) => {
      const flow = plan(given);
      const odder = { ...flow, trigger: { type, ...trigger }, tasks: [...flow.tasks, ...odd] } as unknown as FlowPlan;
      expect(() => checkFlow(odder)).not.toThrow();
      expect(() => checkFlow({ ...odder, source: { ...flow.source, connectorType } })).not.toThrow();
    }), { numRuns: 150 });
  });

  test('is checked in a time that grows no faster than the plan', async () => {
    const flow = plan(fc.sample(sample, 1)[0]);
    const many = (count: number): FlowPlan => {
      const fields = Array.from({ length: 2 * count }, (_, index) => `Field${index}`);
      return {
        ...flow,
        tasks: [
          { taskType: 'Filter', sourceFields: fields.slice(0, count), connectorOperator: { S3: 'PROJECTION' } },
          ...fields.slice(count).map((sourceField) => ({ taskType: 'Map', sourceFields: [sourceField], destinationField: 'x' })),
          ...Array.from({ length: 10 }, () => ({ taskType: 'x'.repeat(100 * count), sourceFields: [] })),
        ],
      };
    };
    const [once, fourTimes] = [many(500), many(2_000)];
    expect(await growsTooFast(() => checkFlow(once), () => checkFlow(fourTimes))).toBe(false);
  });
});

/** A copy in which some of the texts, numbers and lists are tokens. */
function tokenised(subject: unknown, chosen: () => boolean): unknown {
  if (typeof subject === 'string') {
    return chosen() ? Fn.importValue('text') : subject;
  }
  if (typeof subject === 'number') {
    return chosen() ? Token.asNumber(Fn.importValue('number')) : subject;
  }
  if (Array.isArray(subject)) {
    const isText = subject.every((element) => typeof element === 'string');
    return isText && chosen() ? Lazy.list({ produce: () => ['text'] }) : subject.map((element) => tokenised(element, chosen));
  }
  if (typeof subject === 'object' && subject !== null && Object.getPrototypeOf(subject) === Object.prototype) {
    return Object.fromEntries(Object.entries(subject).map(([key, member]) => [key, tokenised(member, chosen)]));
  }
  return subject;
}
