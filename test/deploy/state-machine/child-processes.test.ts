import * as fc from 'fast-check';
import { Assemblies } from './assemblies';
import { ChildProcesses } from './out-of-process';
import { happen, SEED, SEQUENCES, sequences, tell } from './sequences';

const assemblies = new Assemblies({ withCode: true, timeoutSeconds: 30 });

afterAll(() => {
  assemblies.dispose();
  tell('in child processes', `${assemblies.size} templates`);
});

test('the same over HTTP, with the handler as it is delivered', async () => {
  // What is denied to CloudFormation itself, or is not answered to it for long, is beyond any handler.
  const sequence = sequences({ most: 5, misfortunes: ['throttled', 'failing', 'answer lost'], times: [1] });
  await fc.assert(fc.asyncProperty(sequence, async (one) => happen(one, await ChildProcesses.start(assemblies))),
    { numRuns: Math.ceil(SEQUENCES / 100), seed: SEED, endOnFailure: true });
}, 600_000);
