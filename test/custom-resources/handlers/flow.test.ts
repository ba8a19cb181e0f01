import { CustomResource, customResourceEvent } from './custom-resource';
import { type Fault, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { provideFlow } from '../../../lib/custom-resources/handlers/flow';

const { StackId: STACK } = customResourceEvent({});
const FLOW = { flowName: 'Orders', triggerConfig: { triggerType: 'Scheduled' }, description: 'first' };
const PROPERTIES = { Flow: FLOW, Tags: { 'appflow-constructs:stack': STACK, 'team': 'sales' } };
const with_ = (flow: object, others: Properties = {}) => ({ ...PROPERTIES, Flow: { ...FLOW, ...flow }, ...others });

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
const stack = { isRollingBack: async () => resource.isRollingBack };

async function deliver(event: CustomResourceEvent) {
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => provideFlow(request, appflow, stack, new SimulatedTime(), trail));
  return bucket.answer;
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  appflow = new InMemoryAppFlow();
  resource = new CustomResource('Custom::AppFlowFlow', deliver);
});

const names = () => [...appflow.flows.keys()];

describe('a flow is created', () => {
  test('with its tags, and with one that says which resource has made it', async () => {
    expect(await resource.deploy({ ...PROPERTIES, StackTags: { cost: 'one', team: 'of the stack' } }))
      .toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders', Data: { FlowArn: InMemoryAppFlow.arnOf('Orders') } });
    expect(appflow.flows.get('Orders')).toMatchObject({
      definition: { description: 'first' },
      tags: {
        'cost': 'one', 'team': 'sales', 'appflow-constructs:stack': STACK, 'appflow-constructs:resource': expect.stringMatching(/^[0-9a-f]{32}\/[0-9a-f]{32}$/),
      },
    });
    expect(appflow.calls).toEqual(['createFlow Orders']);
  });

  test('once, also when its Create is delivered to another process', async () => {
    const created = await resource.deploy(PROPERTIES);
    const event = resource.events.at(-1)!;
    const again = await provideFlow(event, appflow, stack, new SimulatedTime(), { subject: '', trace: 'unchanged' });
    expect(again).toEqual({ physicalResourceId: created.PhysicalResourceId, data: created.Data });
    expect(names()).toEqual(['Orders']);
  });

  test.each<[string, Fault[]]>([
    ['lost before it was carried out', [{ operation: 'createFlow', error: lost() }]],
    ['carried out, its answer lost', [{ operation: 'createFlow', error: lost(), afterEffect: true }]],
  ])('CreateFlow %s: the flow is there', async (_, faults) => {
    faults.forEach(fault => appflow.inject(fault));
    expect(await resource.deploy(PROPERTIES)).toMatchObject({ Status: 'SUCCESS', Data: { FlowArn: InMemoryAppFlow.arnOf('Orders') } });
    expect(names()).toEqual(['Orders']);
  });

  test('and deleted again, when nobody knows whether it was created', async () => {
    appflow.inject({ operation: 'createFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', error: refused('ThrottlingException') });
    const result = await resource.deploy(PROPERTIES);
    expect(result.PhysicalResourceId).toMatch(/^Orders\/[0-9a-f]{32}\/create-failed\/started$/);
    expect(result.Reason).toContain('(appflow-constructs:flow-not-read)');
    expect(names()).toEqual([]);
  });

  test('unless there is one of its name, which is left alone', async () => {
    appflow.addFlow('Orders');
    const result = await resource.deploy(PROPERTIES);
    expect(result).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining("flow 'Orders' exists already, and this resource did not create it") });
    expect(result.Reason).toMatch(/\(appflow-constructs:flow-exists\)$/);
    expect(names()).toEqual(['Orders']);
    expect(appflow.changes).toEqual(['createFlow Orders']);
  });

  test('unless there is one of another resource of the stack', async () => {
    await new CustomResource('Custom::AppFlowFlow', async event => deliver({ ...event, LogicalResourceId: 'Other' })).deploy(PROPERTIES);
    expect((await resource.deploy(PROPERTIES)).Reason).toContain('flow-exists');
    expect(names()).toEqual(['Orders']);
  });

  test.each([
    [{}, 'property Flow of the custom resource must be a structure'],
    [{ Flow: {} }, 'property flowName of the custom resource must be a text, got nothing'],
  ])('unless its properties are not those of the library: %j', async (properties, reason) => {
    expect((await resource.deploy(properties)).Reason).toContain(reason);
    expect(appflow.changes).toEqual([]);
  });

  test('with what AppFlow said, when it refuses', async () => {
    appflow.inject({ operation: 'createFlow', error: refused('ValidationException', 'no such field') });
    expect(await resource.deploy(PROPERTIES)).toMatchObject({
      PhysicalResourceId: expect.stringMatching(/\/create-failed\/unchanged$/),
      Reason: 'flow \'Orders\' could not be created: AppFlow answered ValidationException to CreateFlow: "no such field"; '
        + 'correct what AppFlow names, and deploy again (appflow-constructs:flow-not-created)',
    });
    expect(appflow.changes).toEqual(['createFlow Orders']);
  });
});

describe('a flow is changed', () => {
  beforeEach(async () => {
    await resource.deploy(PROPERTIES);
    appflow.calls.length = 0;
  });

  test('by what is declared, whatever the order of its members', async () => {
    await resource.deploy({ ...PROPERTIES, Flow: Object.fromEntries(Object.entries(FLOW).reverse()) });
    expect(appflow.changes).toEqual([]);
    await resource.deploy(with_({ description: 'second' }));
    expect(appflow.changes).toEqual(['updateFlow Orders']);
    expect(appflow.flows.get('Orders')!.definition).toMatchObject({ description: 'second' });
  });

  test('in its tags alone', async () => {
    Object.assign(appflow.flows.get('Orders')!.tags, { theirs: 'stays' });
    await resource.deploy(with_({}, { Tags: { 'appflow-constructs:stack': STACK, 'owner': 'us' } }));
    expect(appflow.changes).toEqual([`untag ${InMemoryAppFlow.arnOf('Orders')}`, `tag ${InMemoryAppFlow.arnOf('Orders')}`]);
    const { 'appflow-constructs:resource': _, ...tags } = appflow.flows.get('Orders')!.tags;
    expect(tags).toEqual({ 'appflow-constructs:stack': STACK, 'owner': 'us', 'theirs': 'stays' });
  });

  test('but a tag that somebody has given another value stays theirs', async () => {
    appflow.flows.get('Orders')!.tags.team = 'theirs';
    await resource.deploy(with_({}, { Tags: { 'appflow-constructs:stack': STACK } }));
    expect(appflow.changes).toEqual([]);
  });

  test.each([
    [Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key${index}`, 'x'])), "flow 'Orders' would have 51 tags, AppFlow allows 50; "
      + 'nothing was changed: declare fewer tags or remove some from the flow (appflow-constructs:too-many-tags)'],
    [{ 'aws:mine': 'x' }, "tag keys may not start with 'aws:', got 'aws:mine'; choose other keys (appflow-constructs:reserved-tag-key)"],
  ])('but not before its tags are looked at: %#', async (tags, reason) => {
    const declaration = with_({ description: 'second' }, { Tags: { 'appflow-constructs:stack': STACK, ...tags } });
    expect(await resource.deploy(declaration)).toMatchObject({ Status: 'FAILED', Reason: reason });
    expect(appflow.flows.get('Orders')!.definition).toMatchObject({ description: 'first' });
    await resource.destroy();
    expect(await resource.deploy(declaration)).toMatchObject({ Status: 'FAILED', Reason: reason });
    expect(appflow.flows.size).toBe(0);
  });

  test('back, when the change is rolled back', async () => {
    await resource.deploy(with_({ description: 'second' }), { failsElsewhere: true });
    expect(appflow.flows.get('Orders')!.definition).toMatchObject({ description: 'first' });
  });

  test.each([true, false])('though UpdateFlow gets lost, carried out: %s', async afterEffect => {
    appflow.inject({ operation: 'updateFlow', error: lost(), afterEffect });
    expect(await resource.deploy(with_({ description: 'second' }))).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.flows.get('Orders')!.definition).toMatchObject({ description: 'second' });
  });

  test('unless it is gone', async () => {
    appflow.flows.clear();
    expect((await resource.deploy(with_({ description: 'second' }))).Reason).toMatch(/does not exist in this account.*\(appflow-constructs:flow-not-found\)$/);
  });

  test('unless somebody has put another in its place', async () => {
    appflow.flows.get('Orders')!.tags = {};
    expect((await resource.deploy(with_({ description: 'second' }))).Reason).toContain('flow-exists');
    expect(appflow.changes).toEqual([]);
  });

  test('unless its key is to change, which its name must too', async () => {
    const failed = await resource.deploy(with_({ kmsArn: 'key' }));
    expect(failed.Reason).toContain('give the flow another flowName in the same deployment');
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
    expect(appflow.changes).not.toContain('createFlow Orders');
    await resource.deploy(with_({ flowName: 'Encrypted', kmsArn: 'key' }));
    expect(appflow.flows.get('Encrypted')!.kmsArn).toBe('key');
    expect(names()).toEqual(['Encrypted']);
    // And back to none.
    expect((await resource.deploy(with_({ flowName: 'Encrypted' }))).Reason).toContain('flow-key-changed');
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
  });
});

describe('a flow that is to keep its name', () => {
  const writingTo = (folder: string, others: object = {}) => with_({
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'lake', bucketPrefix: folder } } }], ...others,
  }, { Identity: { Source: { connectorType: 'S3' }, Destination: { connectorType: 'S3', bucketName: 'lake', bucketPrefix: folder } } });

  test('is not updated to another object, and the rollback of that changes nothing', async () => {
    await resource.deploy(writingTo('one'));
    appflow.calls.length = 0;
    expect(await resource.deploy(writingTo('other', { description: 'second' }))).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('flow \'Orders\' is to keep its name while bucketPrefix of its destination changes from \'one\' to \'other\'. '),
    });
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
    expect(appflow.changes).toEqual([]);
    await resource.deploy(writingTo('one', { description: 'second' }));
    expect(appflow.changes).toEqual(['updateFlow Orders']);
    await resource.deploy(writingTo('other', { flowName: 'Others' }), { failsElsewhere: true });
    expect(names()).toEqual(['Orders']);
    await resource.deploy(writingTo('other', { flowName: 'Others' }));
    expect(names()).toEqual(['Others']);
  });

  test('is updated by the first deployment that says what its objects are', async () => {
    const { Identity, ...older }: Properties = writingTo('one');
    await resource.deploy(older);
    await resource.deploy(writingTo('one', { description: 'second' }));
    expect(appflow.flows.get('Orders')!.definition).toMatchObject({ description: 'second' });
  });
});

describe('a flow is replaced', () => {
  beforeEach(async () => {
    await resource.deploy(PROPERTIES);
  });

  test('by one of another name', async () => {
    expect(await resource.deploy(with_({ flowName: 'Invoices' }))).toMatchObject({ PhysicalResourceId: 'Invoices' });
    expect(names()).toEqual(['Invoices']);
  });

  test('and is there again when that is rolled back', async () => {
    await resource.deploy(with_({ flowName: 'Invoices' }), { failsElsewhere: true });
    expect(names()).toEqual(['Orders']);
    expect(resource.answers.at(-2)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Orders' });
  });

  test('and is there still when the new one cannot be created', async () => {
    appflow.inject({ operation: 'createFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('ThrottlingException') });
    expect(await resource.deploy(with_({ flowName: 'Invoices' }))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'Orders' });
    expect(names()).toEqual(['Orders']);
  });

  test('and what the failed replacement could not clean up goes with its rollback', async () => {
    appflow.inject({ operation: 'createFlow', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'describeFlow', nth: 2, error: refused('ThrottlingException') });
    appflow.inject({ operation: 'describeFlow', nth: 3, error: refused('ThrottlingException') });
    await resource.deploy(with_({ flowName: 'Invoices' }));
    expect(names()).toEqual(['Orders']);
  });

  test('and one that was retained then is not taken back, since nobody knows what it has become', async () => {
    const retained = appflow.flows.get('Orders')!;
    await resource.deploy(with_({ flowName: 'Invoices' }));
    appflow.flows.set('Orders', retained);
    expect((await resource.deploy(with_({ description: 'other' }))).Reason).toContain('flow-exists');
    expect(appflow.flows.get('Orders')).toMatchObject({ definition: { description: 'first' } });
    expect(names()).toContain('Invoices');
  });

  test('unless there is one of the other name, which is left alone', async () => {
    appflow.addFlow('Invoices');
    expect((await resource.deploy(with_({ flowName: 'Invoices' }))).Reason).toContain('flow-exists');
    expect(names()).toEqual(['Orders', 'Invoices']);
    expect(appflow.changes).toEqual(['createFlow Orders', 'updateFlow Orders']);
  });
});

describe('a flow is deleted', () => {
  test('if it is there', async () => {
    await resource.deploy(PROPERTIES);
    appflow.flows.clear();
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each([true, false])('though DeleteFlow gets lost, carried out: %s', async afterEffect => {
    await resource.deploy(PROPERTIES);
    appflow.inject({ operation: 'deleteFlow', error: lost(), afterEffect });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual([]);
  });

  test('unless it has become somebody else\'s', async () => {
    await resource.deploy(PROPERTIES);
    appflow.flows.get('Orders')!.tags = {};
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual(['Orders']);
  });

  test('unless AppFlow does not let it, and that is said', async () => {
    await resource.deploy(PROPERTIES);
    appflow.inject({ operation: 'deleteFlow', error: refused('AccessDeniedException') });
    expect((await resource.destroy()).Reason).toMatch(/could not be deleted: AppFlow answered AccessDeniedException.*\(appflow-constructs:flow-not-deleted\)$/);
  });

  test('if its Create never answered', async () => {
    await resource.deploy(PROPERTIES);
    const event = customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'Stack-Resource-1A2B3C', ResourceProperties: PROPERTIES });
    await deliver({ ...event, LogicalResourceId: 'Other' });
    expect(names()).toEqual(['Orders']);
    await deliver({ ...event, RequestId: 'another' });
    expect(names()).toEqual([]);
  });
});
