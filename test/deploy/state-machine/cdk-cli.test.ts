import * as fc from 'fast-check';
import { Assemblies } from './assemblies';
import { Cli } from './out-of-process';
import { happen, SEED, sequences, tell } from './sequences';

const SEQUENCES = Number(process.env.APPFLOW_CLI_SEQUENCES ?? 1);

const assemblies = new Assemblies({ withCode: true });

afterAll(() => {
  assemblies.dispose();
  tell('through the CDK CLI', `${assemblies.size} templates`);
});

test('the same with the real CDK CLI', async () => {
  const sequence = sequences({ most: 3, misfortunes: ['throttled', 'answer lost'], times: [1] });
  // The CLI waits more than it works, so that all of them can wait at a time.
  await Promise.all(fc.sample(sequence, { numRuns: SEQUENCES, seed: SEED }).map(async (one) => happen(one, await Cli.start(assemblies))));
}, 600_000);
