import * as appflow from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { AppFlowService } from './appflow-service';
import { MEMBERS, SHAPES } from './constraints';
import { type JsonObject } from './json';
import { ACCOUNT, REGION, refusalOf, s3Destination, s3Flow, schedule } from './samples';

function cloud(partition?: string): AppFlowService {
  return new AppFlowService({ account: ACCOUNT, region: REGION, partition });
}

function refused(operation: string, input: JsonObject): string {
  const { code, status, message } = refusalOf(() => cloud().invoke(operation, input));
  expect({ code, status }).toEqual({ code: 'ValidationException', status: 400 });
  return message;
}

const at = (member: string, value: string, constraint: string) =>
  `1 validation error detected: Value ${value === 'null' ? value : `'${value}'`} at '${member}' failed to satisfy constraint: ${constraint}`;

test.each<[string, JsonObject, string]>([
  ['a missing member', s3Flow({ flowName: undefined }), at('flowName', 'null', 'Member must not be null')],
  ['a null member', s3Flow({ tasks: null }), at('tasks', 'null', 'Member must not be null')],
  ['a missing member further down', s3Flow({ triggerConfig: {} }), at('triggerConfig.triggerType', 'null', 'Member must not be null')],
  ['a pattern', s3Flow({ flowName: '-orders' }), at('flowName', '-orders', 'Member must satisfy regular expression pattern: ^[a-zA-Z0-9][\\w!@#.-]+$')],
  ['a length', s3Flow({ flowName: 'x'.repeat(257) }), at('flowName', 'x'.repeat(257), 'Member must have length less than or equal to 256')],
  ['a smallest length', s3Flow({ destinationFlowConfigList: [s3Destination({ bucketName: 'ab' })] }),
    at('destinationFlowConfigList.1.member.destinationConnectorProperties.S3.bucketName', 'ab', 'Member must have length greater than or equal to 3')],
  ['an enum', s3Flow({ triggerConfig: { triggerType: 'Hourly' } }),
    at('triggerConfig.triggerType', 'Hourly', 'Member must satisfy enum value set: [Event, OnDemand, Scheduled]')],
  ['the operators of a connector', s3Flow({ tasks: [{ taskType: 'Filter', sourceFields: ['a'], connectorOperator: { Zendesk: 'EQUAL_TO' } }] }),
    at('tasks.1.member.connectorOperator.Zendesk', 'EQUAL_TO', 'Member must satisfy enum value set: [ADDITION, DIVISION, GREATER_THAN, MASK_ALL, MASK_FIRST_N, MASK_LAST_N, MULTIPLICATION, NO_OP, PROJECTION, SUBTRACTION, VALIDATE_NON_NEGATIVE, VALIDATE_NON_NULL, VALIDATE_NON_ZERO, VALIDATE_NUMERIC]')],
  ['a range', s3Flow({ triggerConfig: schedule({ scheduleOffset: 36001 }) }),
    at('triggerConfig.triggerProperties.Scheduled.scheduleOffset', '36001', 'Member must have value less than or equal to 36000')],
  ['a smallest value', s3Flow({ triggerConfig: schedule({ flowErrorDeactivationThreshold: 0 }) }),
    at('triggerConfig.triggerProperties.Scheduled.flowErrorDeactivationThreshold', '0', 'Member must have value greater than or equal to 1')],
  ['a tag of AWS', s3Flow({ tags: { 'aws:stack': 'x' } }),
    at('tags', '{"aws:stack":"x"}', 'Map keys must satisfy constraint: [Member must satisfy regular expression pattern: ^(?!aws:)[a-zA-Z+-=._:/]+$]')],
  ['too many tags', s3Flow({ tags: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ''])) }),
    expect.stringContaining("at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50")],
  ['an empty property of a task', s3Flow({ tasks: [{ taskType: 'Map_all', sourceFields: [], taskProperties: { EXCLUDE_SOURCE_FIELDS_LIST: '' } }] }),
    at('tasks.1.member.taskProperties.EXCLUDE_SOURCE_FIELDS_LIST.member', '', 'Member must satisfy regular expression pattern: ^.+$')],
])('CreateFlow refuses %s', (_, input, message) => {
  expect(refused('CreateFlow', input)).toEqual(message);
});

test.each<[string, JsonObject, string]>([
  ['a structure', s3Flow({ triggerConfig: 'OnDemand' }), "Value at 'triggerConfig' failed to satisfy constraint: Member must be a structure"],
  ['a list', s3Flow({ tasks: {} }), "Value at 'tasks' failed to satisfy constraint: Member must be a list"],
  ['a map', s3Flow({ tags: [] }), "Value at 'tags' failed to satisfy constraint: Member must be a map"],
  ['a string', s3Flow({ flowName: 7 }), "Value at 'flowName' failed to satisfy constraint: Member must be a string"],
  ['an integer', s3Flow({ triggerConfig: schedule({ scheduleOffset: '5' }) }), "scheduleOffset' failed to satisfy constraint: Member must be an integer"],
  ['a timestamp', s3Flow({ triggerConfig: schedule({ scheduleStartTime: '2030-01-01' }) }), 'Member must be a number of seconds since 1970'],
])('CreateFlow wants %s where the model has one', (_, input, message) => {
  expect(refused('CreateFlow', input)).toContain(message);
});

test('a boolean is not a string', () => {
  expect(refused('DeleteFlow', { flowName: 'orders', forceDelete: 'true' })).toContain("at 'forceDelete' failed to satisfy constraint: Member must be a boolean");
});

test('everything that is wrong is said at once', () => {
  const message = refused('CreateFlow', s3Flow({ flowName: '?', triggerConfig: undefined, description: '<b>' }));
  expect(message).toMatch(/^3 validation errors detected: /);
  expect(message.split('; ')).toHaveLength(3);
});

test('unknown members are ignored, as the service does, and recorded', () => {
  const service = cloud();
  service.invoke('CreateFlow', s3Flow({ flowStatus: 'Active', triggerConfig: { triggerType: 'OnDemand', cron: '* * *' } }));
  expect(service.calls[0].unknownMembers).toEqual(['triggerConfig.cron', 'flowStatus']);
  expect(JSON.stringify(service.invoke('DescribeFlow', { flowName: 'orders' }))).not.toContain('cron');
});

test('ids to cancel are counted', () => {
  expect(refused('CancelFlowExecutions', { flowName: 'orders', executionIds: Array.from({ length: 101 }, (_, index) => `id-${index}`) }))
    .toContain("at 'executionIds' failed to satisfy constraint: Member must have length less than or equal to 100");
});

test('the pages of a listing are bounded, and a token belongs to its listing', () => {
  expect(refused('ListFlows', { maxResults: 101 })).toContain('Member must have value less than or equal to 100');
  expect(refused('ListFlows', { nextToken: 'forged' })).toBe('The nextToken is not one that this operation returned');
  const service = cloud();
  for (const flowName of ['one', 'two']) service.invoke('CreateFlow', s3Flow({ flowName }));
  const { nextToken } = service.invoke('ListFlows', { maxResults: 1 });
  expect(refusalOf(() => service.invoke('ListConnectors', { nextToken })).code).toBe('ValidationException');
  expect(service.invoke('ListFlows', { maxResults: 1, nextToken })).toMatchObject({ flows: [{ flowName: 'two' }] });
});

test('ARNs are those of the partition', () => {
  const resourceArn = 'arn:aws-us-gov:appflow:us-gov-west-1:111122223333:flow/orders';
  expect(refusalOf(() => cloud().invoke('ListTagsForResource', { resourceArn })).code).toBe('ValidationException');
  expect(refusalOf(() => cloud('aws-us-gov').invoke('ListTagsForResource', { resourceArn })).code).toBe('ResourceNotFoundException');
});

test('the constraints speak of structures, members and enums that the SDK has', () => {
  const exported = appflow as unknown as Record<string, unknown>;
  const schemas = new Map(Object.values(exported).filter((schema) => Array.isArray(schema) && schema[0] === 3)
    .map((schema) => NormalizedSchema.of(schema as never)).map((schema) => [schema.getName(), schema]));
  const known = (shape: string) => shape in SHAPES || typeof exported[shape] === 'object';
  for (const [structure, members] of Object.entries(MEMBERS)) {
    const names = [...schemas.get(structure)!.structIterator()].map(([name]) => name);
    const unknown = Object.entries(members).filter(([member, shape]) => !names.includes(member) || !known(shape));
    expect({ structure, unknown }).toEqual({ structure, unknown: [] });
  }
  const elements = Object.values(SHAPES).flatMap(({ member, key, value }) => [member, key, value]).filter((shape) => shape !== undefined);
  expect(elements.filter((shape) => !known(shape))).toEqual([]);
});
