import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** One more than there are cores: suites wait for the CDK CLI and for functions a part of their time, in which another one can work. */
const workers = availableParallelism() + 1;

const { status } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), '--ci', `--maxWorkers=${workers}`, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
