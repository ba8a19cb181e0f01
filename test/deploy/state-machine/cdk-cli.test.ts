import * as fc from 'fast-check';
import { Cli } from './out-of-process';
import { happen, SEED, sequences, tell } from './sequences';

const SEQUENCES = Number(process.env.APPFLOW_CLI_SEQUENCES ?? 2);

afterAll(() => tell('through the CDK CLI', 'with one App each'));

test('the same with the real CDK CLI', async () => {
  const sequence = sequences({ most: 3, misfortunes: ['throttled', 'answer lost'], times: [1] });
  await fc.assert(fc.asyncProperty(sequence, async (one) => happen(one, await Cli.start())), { numRuns: SEQUENCES, seed: SEED, endOnFailure: true });
}, 600_000);
