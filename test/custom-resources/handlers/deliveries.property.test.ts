import * as fc from 'fast-check';
import { CustomResource, customResourceEvent } from './custom-resource';
import { Fault, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ReceivedAnswer, ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent, Handler, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { provideFlow } from '../../../lib/custom-resources/handlers/flow';
import { activateFlows } from '../../../lib/custom-resources/handlers/flow-activation';
import { ServiceError } from '../../../lib/custom-resources/handlers/service';
import { tagResource } from '../../../lib/custom-resources/handlers/tags';

const RUNS = Number(process.env.APPFLOW_PROPERTY_RUNS ?? 60);
const bucket = new ResponseBucket();

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
});

/** Delivers an event as Lambda does, and expects exactly one answer. */
async function deliver(event: CustomResourceEvent, handler: Handler): Promise<ReceivedAnswer> {
  bucket.puts.length = 0;
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 }, handler);
  expect(bucket.puts).toHaveLength(1);
  const { StackId, RequestId, LogicalResourceId } = event;
  expect(bucket.answer).toMatchObject({ StackId, RequestId, LogicalResourceId, PhysicalResourceId: expect.stringMatching(/./) });
  return bucket.answer;
}

const fault = (operations: Fault['operation'][]) => fc.record({
  operation: fc.constantFrom(...operations),
  nth: fc.integer({ min: 1, max: 3 }),
  error: fc.constantFrom(lost(), refused('ConflictException'), refused('AccessDeniedException'), refused('ThrottlingException')),
  afterEffect: fc.boolean(),
  // Only an answer that got lost may hide an effect.
}).map(({ afterEffect, ...rest }): Fault => ({ ...rest, afterEffect: afterEffect && rest.error.reason === 'ECONNRESET' }));

/** A call that was carried out, of which nobody can find out that it was. */
const ambiguity = (operation: Fault['operation'], look: Fault['operation']): Fault[] => [
  { operation, error: lost(), afterEffect: true },
  { operation: look, nth: 2, error: refused('AccessDeniedException') },
];

const faults = (look: Fault['operation'], ...changes: Fault['operation'][]) => fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault[]>([]) },
  { weight: 1, arbitrary: fc.array(fault([look, ...changes]), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(...changes.map(operation => ambiguity(operation, look))) },
);

describe('Custom::AppFlowFlowActivation', () => {
  const { StackId } = customResourceEvent({});
  const state = (...names: string[]) => fc.record({
    FlowName: fc.constantFrom(...names),
    TriggerType: fc.constantFrom('Scheduled', 'Event'),
    Status: fc.constantFrom('Active', 'Active', 'Suspended', 'AsFound', 'Manual'),
    InitialStatus: fc.constantFrom('Active', 'Suspended', undefined),
    OnDelete: fc.constantFrom(undefined, undefined, 'Leave'),
  });
  const properties: fc.Arbitrary<Properties> = fc.record({
    Flows: fc.record({ A: state('A1', 'A2'), B: state('B1', 'B2'), C: state('C1') }, { requiredKeys: ['C'] }).map(flows => ({ ...flows })),
    Template: fc.constantFrom('v1', 'v2'),
  });
  const deploy = fc.record({
    do: fc.constant('deploy' as const),
    properties,
    failsElsewhere: fc.boolean(),
    faults: faults('describeFlow', 'startFlow', 'stopFlow'),
  });
  const operate = fc.record({
    do: fc.constant('operate' as const),
    flow: fc.constantFrom('A1', 'B1', 'C1'),
    status: fc.constantFrom('Active', 'Suspended', 'Errored'),
  });
  const step = fc.oneof(
    { weight: 5, arbitrary: deploy },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const) }) },
    { weight: 2, arbitrary: operate },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('redeliver' as const), back: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const) }) },
  );
  type States = Readonly<Record<string, Readonly<Record<'FlowName' | 'Status' | 'OnDelete', string | undefined>>>>;
  const statesIn = (declared: Properties | undefined) => (declared?.Flows ?? {}) as States;

  class World {
    public readonly appflow = new InMemoryAppFlow();
    public readonly resource = new CustomResource('Custom::AppFlowFlowActivation', event => deliver(event, this.handler), () => this.appflow.clearFaults());
    private readonly handler: Handler;

    constructor() {
      const stack = { isRollingBack: async () => this.resource.isRollingBack };
      this.handler = (event, _, trail) => activateFlows(event, this.appflow, stack, new SimulatedTime(), trail);
      ['A1', 'A2', 'B1', 'B2', 'C1', 'Foreign'].forEach(name => this.addFlow(name));
      // Some of the flows were activated before there was a custom resource for them.
      ['A1', 'Foreign'].forEach(name => (this.appflow.flows.get(name)!.status = 'Active'));
    }

    public get snapshot() {
      return Object.fromEntries([...this.appflow.flows].map(([name, { status }]) => [name, status]));
    }

    public async deploy(next: Properties, failsElsewhere: boolean, injected: Fault[]): Promise<void> {
      const { resource, appflow } = this;
      const old = resource.declared?.properties;
      for (const [key, { FlowName }] of Object.entries(statesIn(next))) {
        if (old !== undefined && statesIn(old)[key]?.FlowName !== FlowName) {
          this.addFlow(FlowName!);
        }
      }
      const before = this.snapshot;
      const log = jest.mocked(console.log).mock.calls;
      log.length = 0;
      injected.forEach(one => appflow.inject(one));
      const { Status } = await resource.deploy(next, { failsElsewhere });
      appflow.clearFaults();

      if (Status === 'SUCCESS' && !failsElsewhere) {
        this.expectDeclared(next);
        this.expectFound(next, before, old, injected);
        return;
      }
      expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
      if (log.some(([line]) => String(line).includes('IgnoredInRollback'))) {
        return;
      }
      if (old !== undefined) {
        this.expectDeclared(old);
        this.expectFoundAgain(old, before, next);
      } else if (Status === 'FAILED' && !injected.some(({ error }) => (error as ServiceError).isAccessDenied)) {
        // A flow that the role does not cover is left to whoever has it.
        this.expectRunning(before, Object.keys(before));
      }
    }

    public async destroy(): Promise<void> {
      const states = Object.values(statesIn(this.resource.declared!.properties));
      const before = this.snapshot;
      expect(await this.resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
      for (const { FlowName, Status, OnDelete } of states) {
        if (Status === 'Manual' || OnDelete === 'Leave') {
          this.expectRunning(before, [FlowName!]);
        } else {
          expect(this.snapshot[FlowName!]).not.toBe('Active');
        }
      }
    }

    /** The same event once more, in another process, which does not know of the first. */
    public async repeatLast(): Promise<void> {
      const before = this.snapshot;
      const last = this.resource.events.at(-1)!;
      const result = this.resource.answers.at(-1)!;
      if (result.Status === 'SUCCESS' && last.RequestType !== 'Delete') {
        await this.handler(last, undefined!, { subject: '', trace: 'unchanged' });
        expect(this.snapshot).toEqual(before);
      }
    }

    private expectDeclared(declared: Properties): void {
      for (const { FlowName, Status } of Object.values(statesIn(declared)).filter((each) => each.Status === 'Active' || each.Status === 'Suspended')) {
        expect([FlowName, this.snapshot[FlowName!] === 'Active']).toEqual([FlowName, Status === 'Active']);
      }
    }

    /** What was found is as it was; what was replaced has handed its state over; what is no longer declared is at rest. */
    private expectFound(declared: Properties, before: Record<string, string>, old: Properties | undefined, injected: Fault[]): void {
      const [states, oldStates] = [statesIn(declared), statesIn(old)];
      for (const [key, { FlowName, Status }] of Object.entries(states)) {
        const { FlowName: replaced = FlowName, Status: oldStatus } = oldStates[key] ?? {};
        if (Status === 'Manual' || Status === 'AsFound' && replaced === FlowName && before[FlowName!] !== 'Draft') {
          this.expectRunning(before, [FlowName!]);
        } else if (Status === 'AsFound' && replaced !== FlowName && ['Active', 'Suspended'].includes(before[replaced!]) && injected.length === 0) {
          expect([FlowName, this.snapshot[FlowName!] === 'Active']).toEqual([FlowName, before[replaced!] === 'Active']);
        }
        if (replaced !== FlowName && oldStatus !== 'Manual' && oldStates[key].OnDelete !== 'Leave' && injected.length === 0) {
          expect([replaced, this.snapshot[replaced!]]).not.toEqual([replaced, 'Active']);
        }
      }
    }

    /** What was found is so again, unless the failed deploy was to change just that. */
    private expectFoundAgain(old: Properties, before: Record<string, string>, next: Properties): void {
      const names = Object.entries(statesIn(old)).filter(([key, { Status }]) => (Status === 'AsFound' || Status === 'Manual')
        && ['AsFound', undefined].includes(statesIn(next)[key]?.Status)).map(([, { FlowName }]) => FlowName!);
      this.expectRunning(before, names.filter(name => ['Active', 'Suspended'].includes(before[name])));
    }

    private expectRunning(before: Record<string, string>, names: string[]): void {
      const running = (all: Record<string, string>) => names.map(name => [name, all[name] === 'Active']);
      expect(running(this.snapshot)).toEqual(running(before));
    }

    private addFlow(name: string): void {
      this.appflow.addFlow(name).tags['appflow-constructs:stack'] = StackId;
    }
  }

  test('whatever is delivered, in whatever order: the declared state is reached, or the last good one stands', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
      const world = new World();
      let touched = false;
      for (const next of steps) {
        switch (next.do) {
          case 'deploy':
            await world.deploy(next.properties, next.failsElsewhere, next.faults);
            // A flow that could not be looked at was left as it was.
            touched = next.faults.some(({ error }) => error.isAccessDenied);
            break;
          case 'destroy':
            if (world.resource.declared) {
              await world.destroy();
            }
            break;
          case 'operate':
            world.appflow.flows.get(next.flow)!.status = next.status;
            touched = true;
            break;
          case 'redeliver':
            if (world.resource.events.length >= next.back) {
              const before = world.snapshot;
              expect(await world.resource.redeliver(-next.back)).toEqual(world.resource.answers.at(-next.back));
              expect(world.snapshot).toEqual(before);
            }
            break;
          case 'repeat':
            if (world.resource.events.length > 0 && !touched) {
              await world.repeatLast();
            }
        }
        expect(world.snapshot.Foreign).toBe('Active');
      }
    }), { numRuns: RUNS });
  }, 120_000);
});

describe('Custom::AppFlowTags', () => {
  const KEYS = ['k1', 'k2', 'k3', 'k4'];
  const key = fc.constantFrom(...KEYS);
  const declaration = fc.dictionary(key, fc.constantFrom('v1', 'v2'), { maxKeys: 4 }).map(tags => ({ ...tags }));
  const deploy = fc.record({
    do: fc.constant('deploy' as const),
    flow: fc.constantFrom('A1', 'A1', 'B1'),
    tags: declaration,
    failsElsewhere: fc.boolean(),
    faults: faults('listTags', 'tag', 'untag'),
  });
  const step = fc.oneof(
    { weight: 5, arbitrary: deploy },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const) }) },
    // What others set can be told by its value.
    { weight: 2, arbitrary: fc.record({ do: fc.constant('retag' as const), flow: fc.constantFrom('A1', 'B1'), key, value: fc.constantFrom('theirs', undefined) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('redeliver' as const), back: fc.integer({ min: 1, max: 5 }) }) },
  );

  class World {
    public readonly appflow = new InMemoryAppFlow();
    /** Tags of others that others have removed so that a rollback could go on. */
    public readonly givenUp: string[] = [];
    public readonly resource = new CustomResource('Custom::AppFlowTags',
      event => deliver(event, (request, _, trail) => tagResource(request, this.appflow, trail)), failed => this.beforeRetry(failed));

    constructor() {
      ['A1', 'B1'].forEach(name => Object.assign(this.appflow.addFlow(name).tags, { 'aws:x': 'theirs', 'other': 'theirs' }));
    }

    public tagsOf(arn: unknown): Record<string, string> {
      return this.appflow.flows.get(String(arn).split('/')[1])!.tags;
    }

    public get foreign(): string[] {
      return [...this.appflow.flows].flatMap(([name, { tags }]) => Object.entries(tags).filter(([, value]) => value === 'theirs').map(([k]) => `${name} ${k}`)).sort();
    }

    public get snapshot() {
      return Object.fromEntries([...this.appflow.flows].map(([name, { tags }]) => [name, { ...tags }]));
    }

    /** Each declared tag is there; one whose declaration has not changed may have been taken over by somebody. */
    public expectDeclared(before: Properties | undefined): void {
      const { ResourceArn, Tags } = this.resource.declared!.properties;
      const old = before?.ResourceArn === ResourceArn ? before?.Tags as Record<string, string> : {};
      for (const [name, value] of Object.entries(Tags as Record<string, string>)) {
        expect(old[name] === value ? [value, 'theirs'] : [value]).toContain(this.tagsOf(ResourceArn)[name]);
      }
    }

    public async deploy(properties: Properties, failsElsewhere: boolean, injected: Fault[]): Promise<void> {
      const { resource, appflow } = this;
      const before = resource.declared?.properties;
      injected.forEach(one => appflow.inject(one));
      await resource.deploy(properties, { failsElsewhere });
      appflow.clearFaults();
      // Of a replacement, the last request is a clean-up, which CloudFormation does not insist on.
      if (resource.events.at(-1)!.RequestType === 'Update') {
        expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
      }
      if (resource.declared) {
        this.expectDeclared(before);
      }
    }

    /** A rollback fails for a fault, or because somebody has taken over a tag that it has to bring back; then they have to give it up. */
    private beforeRetry({ Reason }: ReceivedAnswer): void {
      this.appflow.clearFaults();
      if (/foreign-tag/.test(Reason!)) {
        const { ResourceArn, Tags } = this.resource.events.at(-1)!.ResourceProperties;
        const tags = this.tagsOf(ResourceArn);
        Object.keys(Tags as object).filter(name => tags[name] === 'theirs').forEach(name => {
          delete tags[name];
          this.givenUp.push(`${String(ResourceArn).split('/')[1]} ${name}`);
        });
      }
    }
  }

  test('whatever is delivered, in whatever order: declared tags are there, and those of others stay', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
      const world = new World();
      for (const next of steps) {
        const before = world.snapshot;
        const foreign = world.foreign;
        world.givenUp.length = 0;
        switch (next.do) {
          case 'deploy':
            await world.deploy({ ResourceArn: InMemoryAppFlow.arnOf(next.flow), Tags: next.tags }, next.failsElsewhere, next.faults);
            break;
          case 'destroy':
            if (world.resource.declared) {
              const { ResourceArn, Tags } = world.resource.declared.properties;
              expect(await world.resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
              Object.keys(Tags as object).forEach(name => expect([undefined, 'theirs', 'v1', 'v2']).toContain(world.tagsOf(ResourceArn)[name]));
              expect(Object.entries(Tags as object).filter(([name, value]) => world.tagsOf(ResourceArn)[name] === value)).toEqual([]);
            }
            break;
          case 'retag':
            if (next.value) {
              world.appflow.flows.get(next.flow)!.tags[next.key] = next.value;
            } else {
              delete world.appflow.flows.get(next.flow)!.tags[next.key];
            }
            continue;
          case 'redeliver':
            if (world.resource.events.length >= next.back) {
              expect(await world.resource.redeliver(-next.back)).toEqual(world.resource.answers.at(-next.back));
              expect(world.snapshot).toEqual(before);
            }
        }
        expect(world.foreign).toEqual(foreign.filter(one => !world.givenUp.includes(one)));
      }
    }), { numRuns: RUNS });
  }, 120_000);
});

describe('Custom::AppFlowFlow', () => {
  const STACK_TAG = { 'appflow-constructs:stack': customResourceEvent({}).StackId };
  const properties: fc.Arbitrary<Properties> = fc.tuple(fc.constantFrom('A1', 'A1', 'B1', 'C1', 'Foreign'), fc.constantFrom('v1', 'v2', 'v3'), fc.constantFrom('x', 'y'))
    .map(([flowName, description, team]) => ({
      Flow: { flowName, description, triggerConfig: { triggerType: 'OnDemand' } }, Tags: { ...STACK_TAG, team }, StackTags: { cost: description },
    }));
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('deploy' as const),
        properties,
        failsElsewhere: fc.boolean(),
        faults: faults('describeFlow', 'createFlow', 'updateFlow', 'deleteFlow', 'tag', 'untag'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('redeliver' as const), back: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const) }) },
  );

  class World {
    public readonly appflow = new InMemoryAppFlow();
    public readonly resource = new CustomResource('Custom::AppFlowFlow', event => deliver(event, this.handler), () => this.appflow.clearFaults());
    private readonly handler: Handler;

    constructor() {
      const stack = { isRollingBack: async () => this.resource.isRollingBack };
      this.handler = (event, _, trail) => provideFlow(event, this.appflow, stack, new SimulatedTime(), trail);
      // Of the same stack, and of another resource.
      Object.assign(this.appflow.addFlow('Foreign', 'OnDemand'), { tags: { ...STACK_TAG }, definition: { description: 'theirs' } });
    }

    public get snapshot() {
      return JSON.stringify([...this.appflow.flows].map(([name, { definition, tags }]) => [name, definition, tags]));
    }

    /** The flow of the last good deploy is there, as it was declared, and there is no other but the foreign one. */
    public expectDeclared(): void {
      const { declared } = this.resource;
      const flows = [...this.appflow.flows].map(([name, { definition, tags }]) => {
        const { 'appflow-constructs:resource': _, ...others } = tags;
        return { name, description: definition!.description, tags: others };
      });
      const { Flow, Tags, StackTags } = (declared?.properties ?? {}) as Record<string, Record<string, string>>;
      expect(flows).toEqual([
        { name: 'Foreign', description: 'theirs', tags: STACK_TAG },
        ...declared === undefined ? [] : [{ name: Flow.flowName, description: Flow.description, tags: { ...StackTags, ...Tags } }],
      ]);
    }

    public async deploy(next: Properties, failsElsewhere: boolean, injected: Fault[]): Promise<void> {
      injected.forEach(one => this.appflow.inject(one));
      await this.resource.deploy(next, { failsElsewhere });
      this.appflow.clearFaults();
      const [last, result] = [this.resource.events.at(-1)!, this.resource.answers.at(-1)!];
      if (result.Status === 'FAILED') {
        // CloudFormation does not insist on a clean-up; somebody sees to it later.
        expect(last.RequestType).toBe('Delete');
        expect(await deliver({ ...last, RequestId: `${last.RequestId} again` }, this.handler)).toMatchObject({ Status: 'SUCCESS' });
      }
    }

    /** The same event once more, in another process, which does not know of the first. */
    public async repeatLast(): Promise<void> {
      const before = this.snapshot;
      await this.handler(this.resource.events.at(-1)!, undefined!, { subject: '', trace: 'unchanged' });
      expect(this.snapshot).toEqual(before);
    }
  }

  test('whatever is delivered, in whatever order: the declared flow is there and no other, and those of others stay', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async steps => {
      const world = new World();
      for (const next of steps) {
        const before = world.snapshot;
        switch (next.do) {
          case 'deploy':
            await world.deploy(next.properties, next.failsElsewhere, next.faults);
            break;
          case 'destroy':
            if (world.resource.declared) {
              expect(await world.resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
            }
            break;
          case 'redeliver':
            if (world.resource.events.length >= next.back) {
              expect(await world.resource.redeliver(-next.back)).toEqual(world.resource.answers.at(-next.back));
              expect(world.snapshot).toEqual(before);
            }
            break;
          case 'repeat':
            if (world.resource.answers.at(-1)?.Status === 'SUCCESS') {
              await world.repeatLast();
            }
        }
        world.expectDeclared();
      }
    }), { numRuns: RUNS });
  }, 120_000);
});
