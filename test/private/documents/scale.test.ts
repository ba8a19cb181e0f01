import { checkDocument } from '../../../lib/private/documents';
import { growsTooFast } from '../../processor-time';

/** A flow from Salesforce whose fields are projected and mapped one by one, with filters, masks and partition keys among the tasks. */
function flow(name: string, fields: number) {
  const names = Array.from({ length: fields }, (_, index) => `Field${index}`);
  const task = (taskType: string, operator: string, sourceFields: readonly string[], more: object = {}) => ({
    TaskType: taskType, SourceFields: sourceFields, ConnectorOperator: { Salesforce: operator }, ...more,
  });
  return {
    FlowName: name,
    TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1days)' } },
    SourceFlowConfig: { ConnectorType: 'Salesforce', ConnectorProfileName: { Ref: 'Profile' }, SourceConnectorProperties: { Salesforce: { Object: 'Order' } } },
    DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: { Ref: 'Bucket' } } } }],
    Tasks: [
      task('Filter', 'PROJECTION', names),
      ...names.flatMap((field, index) => [
        task('Map', 'NO_OP', [field], { DestinationField: field, TaskProperties: [{ Key: 'SOURCE_DATA_TYPE', Value: 'string' }] }),
        ...index % 5 === 0 ? [task('Mask', 'MASK_ALL', [field], { TaskProperties: [{ Key: 'MASK_VALUE', Value: '*' }] })] : [],
        ...index % 5 === 1 ? [task('Filter', 'EQUAL_TO', [field], { TaskProperties: [{ Key: 'DATA_TYPE', Value: 'string' }, { Key: 'VALUE', Value: 'a' }] })] : [],
      ]),
    ],
  };
}

function template(flows: number, fields: number, change: (flow: any) => object = (made) => made) {
  return {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket' },
      Profile: {
        Type: 'AWS::AppFlow::ConnectorProfile',
        Properties: {
          ConnectorProfileName: 'crm',
          ConnectorType: 'Salesforce',
          ConnectionMode: 'Public',
          ConnectorProfileConfig: { ConnectorProfileProperties: { Salesforce: {} }, ConnectorProfileCredentials: { Salesforce: { RefreshToken: { Ref: 'Token' } } } },
        },
      },
      ...Object.fromEntries(Array.from({ length: flows }, (_, index) => [`Flow${index}`, {
        Type: 'AWS::AppFlow::Flow', Properties: change(flow(`flow-${index}`, fields)),
      }])),
    },
  };
}

/** Wrong in every task, so that each is reported. */
const broken = (made: any) => ({ ...made, Tasks: made.Tasks.map((task: any) => ({ ...task, TaskType: 'Mop' })) });
/** Every field mapped to the same destination, and none of them projected. */
const tangled = (made: any) => ({
  ...made, Tasks: made.Tasks.map((task: any, index: number) => index === 0 ? { ...task, SourceFields: ['Other'] } : { ...task, DestinationField: 'Same' }),
});

describe('the time of a check grows no faster than what is checked', () => {
  test.each<[string, (size: number) => object, number]>([
    ['flows in a template', (size) => template(size, 5), 25],
    ['tasks of a flow', (size) => template(1, size), 30],
    ['mistakes in the tasks of a flow', (size) => template(1, size, broken), 30],
    ['mappings that contradict one another', (size) => template(1, size, tangled), 30],
    ['tags of a flow', (size) => template(1, 1, (made) => ({
      ...made, Tags: Array.from({ length: size }, (_, index) => ({ Key: `key${index}`, Value: 'value' })),
    })), 250],
    ['resources that refer to flows', (size) => ({
      Resources: {
        ...template(10, 1).Resources,
        ...Object.fromEntries(Array.from({ length: size }, (_, index) => [`Other${index}`, { Type: 'Custom::Other', Properties: { Flow: { Ref: `Flow${index % 10}` } } }])),
      },
    }), 250],
  ])('%s', async (_, of, size) => {
    const [once, fourTimes] = [of(4 * size), of(16 * size)];
    expect(await growsTooFast(() => checkDocument(once), () => checkDocument(fourTimes))).toBe(false);
  });
});
