import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { type Definition, LocalStack } from './local-stack';
import type { Flow } from '../local-cloud/appflow/flow';
import type { Call } from '../local-cloud/calls';
import type { FaultKind } from '../local-cloud/faults';

/** A step of a flow's life. */
export interface Step {
  /** What is deployed before the step. */
  readonly before?: Definition;
  /** What the step deploys; without it, the step destroys the stack. */
  readonly define?: Definition;
  /** Whether the step fails even without a fault. */
  readonly fails?: boolean;
  /**
   * The operation after which CloudFormation itself only cleans up or rolls back, and, where it is denied a call of its own, gives up: no handler can
   * help that.
   */
  readonly lastOfDeployment?: string;
}

const KINDS: FaultKind[] = ['throttle', 'internal-error', 'access-denied', 'timeout', 'lost-response'];

/** The flows as a deployment is answerable for them. */
function state(local: LocalStack) {
  return [...local.cloud.appflow.flows.values()].map(({ definition, status, tags }: Flow) => structuredClone({ definition, status, tags }));
}

async function take(local: LocalStack, assembly: string | undefined) {
  return assembly !== undefined ? local.tryDeploy(assembly) : local.tryDestroy();
}

/**
 * Takes a step with each kind of fault at each call that the step makes to AppFlow: whatever happens, the step either succeeds or leaves the flow as the
 * last good deployment had it, and can be repeated, and at the end nothing is left.
 */
export function describeWithFaults(name: string, step: Step, kinds: readonly FaultKind[] = KINDS) {
  describe(name, () => {
    let directory: string;
    /** What is deployed, before the step and by it, synthesized once for all faults. */
    let before: string | undefined;
    let after: string | undefined;
    let calls: Call[];
    let good: ReturnType<typeof state>;
    let bad: ReturnType<typeof state>;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'step-with-faults-'));
      before = step.before && LocalStack.synthesize(step.before, join(directory, 'before'));
      after = step.define && LocalStack.synthesize(step.define, join(directory, 'after'));
      const local = await LocalStack.start();
      if (before !== undefined) {
        await local.deploy(before);
      }
      bad = state(local);
      local.newCalls();
      const failure = await take(local, after);
      expect(failure !== undefined).toBe(step.fails ?? false);
      calls = local.cloud.calls.all.filter(({ service }) => service === 'appflow');
      good = state(local);
      expect(calls.length).toBeGreaterThan(0);
      await local.stop();
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    test.each(kinds)('with a fault at each call: %s', async (kind) => {
      await inParallel(calls.map((_, index) => index + 1), async (nth) => {
        const isCleanUp = step.lastOfDeployment !== undefined && nth - 1 > calls.findIndex(({ operation }) => operation === step.lastOfDeployment);
        if (kind === 'access-denied' && isCleanUp && calls[nth - 1].via === 'cloudformation') {
          return;
        }
        const local = await LocalStack.start();
        try {
          if (before !== undefined) {
            await local.deploy(before);
          }
          const fault = local.cloud.faults.inject({ service: 'appflow', nth, kind });
          const failure = await take(local, after);
          expect({ nth, hits: fault.hits }).toEqual({ nth, hits: 1 });
          local.cloud.faults.clear();

          // As declared, or as before; a deletion that has failed half way may be repeated.
          if (after !== undefined) {
            const status = failure?.description.status;
            expect({ nth, status, flows: withoutIds(state(local)) }).toEqual({
              nth,
              status: failure === undefined ? undefined : expect.stringMatching(/ROLLBACK_COMPLETE$/),
              flows: withoutIds(failure === undefined ? good : bad),
            });
          }
          const repeated = await take(local, after);
          expect({ nth, failed: repeated !== undefined }).toEqual({ nth, failed: step.fails ?? false });
          expect(withoutIds(state(local))).toEqual(withoutIds(good));

          await local.destroy();
          expect(state(local)).toEqual([]);
        } finally {
          await local.stop();
        }
      });
    }, 180_000);
  });
}

/** Most of what a fault costs is waiting, so several of them wait at a time. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>) {
  const left = [...items];
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
    }
  }));
}

/** Names of buckets and ids of stacks are other ones in each cloud. */
function withoutIds(flows: ReturnType<typeof state>) {
  return JSON.parse(JSON.stringify(flows).replace(/stack-bucket[a-z0-9-]+/g, 'bucket').replace(/stack\/Stack\/[0-9a-f-]+/g, 'stack/Stack/id')
    .replace(/[0-9a-f]{32}\/[0-9a-f]{32}/g, 'resource/request'));
}
