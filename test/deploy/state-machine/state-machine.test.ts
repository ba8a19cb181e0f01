import * as fc from 'fast-check';
import { RUN } from './account';
import { Assemblies } from './assemblies';
import { InProcessFunction } from './in-process';
import { happen, SEED, SEQUENCES, sequences, tell } from './sequences';
import { simulateTime } from './simulated-time';

const { stackTraceLimit } = Error;
let handler: InProcessFunction;
let assemblies: Assemblies;

beforeAll(() => {
  // Traces are made by the thousand, of errors that are part of the game, and of constructs.
  Error.stackTraceLimit = 0;
  assemblies = new Assemblies({ withCode: false });
  simulateTime(new Date('2026-03-01T00:00:00Z'));
  handler = new InProcessFunction();
});

afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
  jest.useRealTimers();
  assemblies.dispose();
  const { calls, duplicates } = handler;
  tell('in process', `${duplicates} repeated deliveries, ${calls} calls to AppFlow, ${assemblies.size} templates`);
});

test('whatever is deployed, goes wrong and is done by hand: promises are kept', async () => {
  const sequence = sequences({ most: 6, misfortunes: ['throttled', 'failing', 'denied', 'silent', 'answer lost'], times: [1, 3, 100] });
  await fc.assert(fc.asyncProperty(sequence, async (one) => happen(one, await handler.enter(assemblies, RUN))), { numRuns: SEQUENCES, seed: SEED });
  // So that a real invocation has time to spare, whatever the network does.
  expect(handler.longestUntroubled).toBeLessThan(0.5);
}, 900_000);
