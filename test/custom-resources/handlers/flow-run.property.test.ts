import * as fc from 'fast-check';
import { CustomResource } from './custom-resource';
import { type Fault, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import type { RunDescription, StartedFlow } from '../../../lib/custom-resources/handlers/appflow';
import { answer, CustomResourceEvent, Properties } from '../../../lib/custom-resources/handlers/cloudformation';
import { runFlow } from '../../../lib/custom-resources/handlers/flow-run';

const RUNS = Number(process.env.APPFLOW_PROPERTY_RUNS ?? 60);
const bucket = new ResponseBucket();

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
});

/** Its runs are in progress until they are cancelled. */
class EndlessRuns extends InMemoryAppFlow {
  public override async startFlow(name: string, clientToken?: string): Promise<StartedFlow> {
    try {
      return await super.startFlow(name, clientToken);
    } finally {
      const flow = this.flows.get(name)!;
      const begun = [...flow.runs.values()].filter(id => !flow.records.some(({ executionId }) => executionId === id));
      flow.records.unshift(...begun.map(executionId => ({ executionId, status: 'InProgress' })));
    }
  }

  public override async *runs(name: string): AsyncIterable<RunDescription> {
    yield* super.runs(name);
    const flow = this.flows.get(name)!;
    flow.records = flow.records.map(run => run.status === 'CancelStarted' ? { ...run, status: 'Canceled' } : run);
  }

  public get begun(): number {
    return [...this.flows.values()].reduce((sum, { runs }) => sum + runs.size, 0);
  }
}

const properties = fc.record({
  FlowName: fc.constantFrom('A', 'B'),
  When: fc.constantFrom('OnCreate', 'OnChange', 'Always'),
  Definition: fc.constantFrom('v1', 'v2'),
  CancelOnDelete: fc.constantFrom(undefined, 'true'),
});
const faults = fc.oneof({ weight: 1, arbitrary: fc.constant<Fault[]>([]) }, {
  weight: 1,
  arbitrary: fc.array(fc.record({
    operation: fc.constantFrom<Fault['operation']>('describeFlow', 'startFlow', 'runs', 'cancelRuns'),
    nth: fc.integer({ min: 1, max: 3 }),
    error: fc.constantFrom(lost(), refused('ConflictException'), refused('AccessDeniedException'), refused('ThrottlingException')),
    afterEffect: fc.boolean(),
  }).map(({ afterEffect, ...rest }): Fault => ({ ...rest, afterEffect: afterEffect && rest.error.reason === 'ECONNRESET' })), { maxLength: 3 }),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('deploy' as const), properties, failsElsewhere: fc.boolean(), faults }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('redeliver' as const), back: fc.integer({ min: 1, max: 5 }) }) },
);

class World {
  public readonly appflow = new EndlessRuns();
  public readonly resource = new CustomResource('Custom::AppFlowFlowRun', async event => this.deliver(event), () => this.appflow.clearFaults());

  constructor() {
    ['A', 'B'].forEach(name => this.appflow.addFlow(name, 'OnDemand'));
  }

  /** How many runs a step has begun. */
  public async begunBy(work: () => Promise<unknown>): Promise<number> {
    const before = this.appflow.begun;
    await work();
    return this.appflow.begun - before;
  }

  public inProgress(name: string): boolean {
    return this.appflow.flows.get(name)!.records.some(({ status }) => status === 'InProgress');
  }

  private async deliver(event: CustomResourceEvent) {
    bucket.puts.length = 0;
    const stack = { isRollingBack: async () => this.resource.isRollingBack };
    await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
      (request, _, trail) => runFlow(request, this.appflow, stack, new SimulatedTime(), trail));
    expect(bucket.puts).toHaveLength(1);
    return bucket.answer;
  }
}

function isDue(declared: Properties, before: Properties | undefined): boolean {
  return before === undefined || declared.When === 'Always' || declared.FlowName !== before.FlowName
    || declared.When === 'OnChange' && declared.Definition !== before.Definition;
}

test('each deployment that is to run a flow runs it once, no other one does, and none leaves a run that it is to cancel', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
    const world = new World();
    const { appflow, resource } = world;
    for (const taken of steps) {
      const before = resource.declared;
      if (taken.do === 'deploy') {
        const declared: Properties = { ...taken.properties };
        taken.faults.forEach(fault => appflow.inject(fault));
        const begun = await world.begunBy(async () => resource.deploy(declared, taken));
        appflow.clearFaults();
        const first = resource.answers[resource.events.findIndex(({ ResourceProperties }) => ResourceProperties === declared)];
        const due = isDue(declared, before?.properties) ? 1 : 0;
        expect(begun).toBeLessThanOrEqual(due);
        expect(begun).toBeGreaterThanOrEqual(first.Status === 'SUCCESS' ? due : 0);
        // No rollback gets stuck.
        expect(first.Status === 'SUCCESS' && !taken.failsElsewhere ? 'SUCCESS' : resource.answers.at(-1)!.Status).toBe('SUCCESS');
        if (taken.failsElsewhere && due && declared.CancelOnDelete && taken.faults.length === 0) {
          expect(world.inProgress(declared.FlowName as string)).toBe(false);
        }
      } else if (taken.do === 'destroy' && before !== undefined) {
        expect(await world.begunBy(async () => resource.destroy())).toBe(0);
        expect(before.properties.CancelOnDelete && world.inProgress(before.properties.FlowName as string)).toBeFalsy();
      } else if (taken.do === 'redeliver' && taken.back <= resource.events.length) {
        expect(await world.begunBy(async () => resource.redeliver(-taken.back))).toBe(0);
      }
    }
  }), { numRuns: RUNS });
}, 120_000);
