import { CustomResource, customResourceEvent } from './custom-resource';
import { InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { answer, CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { tagResource } from '../../../lib/custom-resources/handlers/tags';

const ARN = InMemoryAppFlow.arnOf('Orders');
const tagged = (Tags: Record<string, string>, ResourceArn = ARN) => ({ ResourceArn, Tags });

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
let tags: Record<string, string>;

async function deliver(event: CustomResourceEvent) {
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => tagResource(request, appflow, trail));
  return bucket.answer;
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  appflow = new InMemoryAppFlow();
  tags = appflow.addFlow('Orders').tags;
  Object.assign(tags, { 'owner': 'finance', 'aws:cloudformation:stack-name': 'Other' });
  resource = new CustomResource('Custom::AppFlowTags', deliver);
});

const FOREIGN = { 'owner': 'finance', 'aws:cloudformation:stack-name': 'Other' };

describe('tags are created', () => {
  test('beside those of others', async () => {
    expect(await resource.deploy(tagged({ team: 'a', stage: 'prod' }))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ARN });
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
  });

  test('only what is missing is set', async () => {
    tags.team = 'a';
    await resource.deploy(tagged({ team: 'a', stage: 'prod' }));
    await resource.deploy(tagged({ team: 'a', stage: 'prod' }));
    expect(appflow.changes).toEqual([`tag ${ARN}`]);
  });

  test('no tags at all', async () => {
    expect(await resource.deploy({ ResourceArn: ARN })).toMatchObject({ Status: 'SUCCESS' });
    expect(appflow.changes).toEqual([]);
  });

  test('a key of somebody else is a clear failure, and nothing is changed by it or by its Delete', async () => {
    tags.stage = 'prod';
    const before = { ...tags };
    expect(await resource.deploy(tagged({ owner: 'sales', stage: 'prod', team: 'a' }))).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: `${ARN}/create-failed/unchanged`,
      Reason: `flow '${ARN}' has tags that this stack did not set: 'owner' is 'finance' and declared as 'sales'; nothing was changed: `
        + 'remove these tags from the flow or from the stack (appflow-constructs:foreign-tag)',
    });
    expect(tags).toEqual(before);
    expect(appflow.changes).toEqual([]);
  });

  test('a flow that does not exist', async () => {
    appflow.flows.clear();
    expect((await resource.deploy(tagged({ team: 'a' }))).Reason).toBe(`flow '${ARN}' does not exist, so it cannot be tagged; `
      + 'create it first, or remove its tags from the stack (appflow-constructs:flow-not-found)');
  });

  test('a connector that does not exist', async () => {
    const arn = ARN.replace('flow/Orders', 'connector/Billing');
    expect((await resource.deploy(tagged({ team: 'a' }, arn))).Reason).toBe(`connector '${arn}' does not exist, so it cannot be tagged; `
      + 'create it first, or remove its tags from the stack (appflow-constructs:connector-not-found)');
  });

  test('those of the stack, too, of which the resource may have its own', async () => {
    await resource.deploy({ ...tagged({ team: 'a' }), StackTags: { team: 'b', stage: 'prod' } });
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
    await resource.deploy(tagged({ team: 'a' }));
    expect(tags).toEqual({ ...FOREIGN, team: 'a' });
  });

  test.each([
    [{ Tags: {} }, 'invalid-request'],
    [tagged({ 'aws:mine': 'x' }), 'reserved-tag-key'],
    [tagged(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, 'x']))), 'too-many-tags'],
  ])('%#: is refused before anything is changed', async (properties, code) => {
    expect((await resource.deploy(properties)).Reason).toContain(`(appflow-constructs:${code})`);
    expect(appflow.changes).toEqual([]);
  });

  test('keys that JavaScript knows', async () => {
    await resource.deploy(tagged({ constructor: 'a', toString: 'b' }));
    await resource.deploy(tagged({ toString: 'c' }));
    expect(tags).toEqual({ ...FOREIGN, toString: 'c' });
  });

  test('the most that a flow can carry', async () => {
    await resource.deploy(tagged(Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`key${index}`, 'x']))));
    expect(Object.keys(tags)).toHaveLength(51);
    await resource.deploy(tagged(Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`other${index}`, 'x']))));
    expect(tags).toMatchObject({ ...FOREIGN, other48: 'x' });
    expect(Object.keys(tags)).toHaveLength(51);
  });
});

describe('tags are updated', () => {
  beforeEach(async () => {
    await resource.deploy(tagged({ team: 'a', stage: 'prod' }));
    appflow.calls.length = 0;
  });

  test('set, changed and removed', async () => {
    expect(await resource.deploy(tagged({ team: 'b', cost: '7' }))).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ARN });
    expect(tags).toEqual({ ...FOREIGN, team: 'b', cost: '7' });
    expect(appflow.changes).toEqual([`untag ${ARN}`, `tag ${ARN}`]);
  });

  test('a key that somebody has given another value is not removed', async () => {
    tags.stage = 'theirs';
    await resource.deploy(tagged({ team: 'a' }));
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'theirs' });
  });

  test('a key that somebody has given another value is not changed', async () => {
    tags.team = 'theirs';
    const result = await resource.deploy(tagged({ team: 'b' }));
    expect(result.Reason).toContain("'team' is 'theirs' and declared as 'b'");
    expect(tags).toEqual({ ...FOREIGN, team: 'theirs', stage: 'prod' });
  });

  test('a key that somebody has given another value, and that is declared as before, is left alone', async () => {
    tags.team = 'theirs';
    expect(await resource.deploy(tagged({ team: 'a', stage: 'test' }))).toMatchObject({ Status: 'SUCCESS' });
    expect(tags).toEqual({ ...FOREIGN, team: 'theirs', stage: 'test' });
  });

  test('a key that somebody has removed is set again', async () => {
    delete tags.team;
    await resource.deploy(tagged({ team: 'a', stage: 'test' }));
    expect(tags.team).toBe('a');
  });

  test('an Update without old properties', async () => {
    await deliver(customResourceEvent({ RequestType: 'Update', PhysicalResourceId: ARN, ResourceProperties: tagged({ team: 'a', cost: '7' }) }));
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod', cost: '7' });
  });

  test('a failure elsewhere in the stack: back to the old tags', async () => {
    await resource.deploy(tagged({ team: 'b', cost: '7' }), { failsElsewhere: true });
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
  });

  test('a failure here: back to the old tags', async () => {
    appflow.inject({ operation: 'tag', error: refused('AccessDeniedException') });
    expect((await resource.deploy(tagged({ team: 'b', cost: '7' }))).Reason)
      .toMatch(/^flow '.*' could not be tagged: AppFlow answered AccessDeniedException to TagResource: .*\(appflow-constructs:tags-not-applied\)$/);
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
  });

  test('a key of somebody else: back to the old tags', async () => {
    expect(await resource.deploy(tagged({ team: 'b', owner: 'sales' }))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ARN });
    expect(bucket.answer.Status).toBe('SUCCESS');
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
  });

  test('another flow: the old one loses the tags that it was given', async () => {
    const other = appflow.addFlow('Orders2').tags;
    await resource.deploy(tagged({ team: 'b' }, InMemoryAppFlow.arnOf('Orders2')));
    expect(tags).toEqual(FOREIGN);
    expect(other).toEqual({ team: 'b' });
  });

  test('another flow, and a failure elsewhere: the new one loses them', async () => {
    const other = appflow.addFlow('Orders2').tags;
    await resource.deploy(tagged({ team: 'b' }, InMemoryAppFlow.arnOf('Orders2')), { failsElsewhere: true });
    expect(tags).toEqual({ ...FOREIGN, team: 'a', stage: 'prod' });
    expect(other).toEqual({});
  });
});

describe('tags are deleted', () => {
  beforeEach(() => resource.deploy(tagged({ team: 'a', stage: 'prod' })));

  test('those that still have the declared value', async () => {
    tags.stage = 'theirs';
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    await resource.redeliver(-1);
    expect(tags).toEqual({ ...FOREIGN, stage: 'theirs' });
  });

  test('of a flow that is gone already, or goes in between', async () => {
    appflow.inject({ operation: 'untag', error: refused('ResourceNotFoundException') });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    appflow.flows.clear();
    await deliver(customResourceEvent({ RequestType: 'Delete', ResourceType: 'Custom::AppFlowTags', PhysicalResourceId: ARN, ResourceProperties: tagged({ team: 'a' }) }));
    expect(bucket.answer.Status).toBe('SUCCESS');
  });
});

describe('faults', () => {
  test.each([true, false])('TagResource without an answer, carried out: %p', async afterEffect => {
    appflow.inject({ operation: 'tag', error: lost(), afterEffect });
    expect((await resource.deploy(tagged({ team: 'a' }))).Status).toBe(afterEffect ? 'SUCCESS' : 'FAILED');
    expect(tags).toEqual(afterEffect ? { ...FOREIGN, team: 'a' } : FOREIGN);
  });

  test.each([true, false])('UntagResource without an answer, carried out: %p', async afterEffect => {
    await resource.deploy(tagged({ team: 'a' }));
    appflow.inject({ operation: 'untag', error: lost(), afterEffect });
    expect((await resource.destroy()).Status).toBe(afterEffect ? 'SUCCESS' : 'FAILED');
    expect(tags).toEqual(afterEffect ? FOREIGN : { ...FOREIGN, team: 'a' });
  });

  test('TagResource and what came of it are not known: the Delete takes the tags away', async () => {
    appflow.inject({ operation: 'tag', error: lost(), afterEffect: true });
    appflow.inject({ operation: 'listTags', nth: 2, error: lost() });
    expect(await resource.deploy(tagged({ team: 'a' }))).toMatchObject({ Status: 'FAILED', PhysicalResourceId: `${ARN}/create-failed/started` });
    expect(tags).toEqual(FOREIGN);
  });

  test('the tags cannot be read, or not removed', async () => {
    appflow.inject({ operation: 'listTags', error: refused('AccessDeniedException') });
    expect((await resource.deploy(tagged({ team: 'a' }))).Reason).toMatch(/^the tags of flow .*ListTagsForResource.*\(appflow-constructs:tags-not-read\)$/);
    await resource.deploy(tagged({ team: 'a' }));
    appflow.inject({ operation: 'untag', error: refused('AccessDeniedException') });
    expect((await resource.destroy()).Reason).toMatch(/^tags 'team' could not be removed from flow .*\(appflow-constructs:tags-not-applied\)$/);
  });
});
