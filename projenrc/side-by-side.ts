import { execFile } from 'node:child_process';

/** Runs a task of the project, and writes what it says once it has ended, so that nothing else stands between. */
async function run(task: string): Promise<void> {
  return new Promise((ended) => {
    execFile(process.execPath, [require.resolve('projen/bin/projen'), task], { maxBuffer: Infinity }, (error, stdout, stderr) => {
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      if (error !== null) {
        process.exitCode = 1;
      }
      ended();
    });
  });
}

// Tasks that need nothing of one another, each in a process of its own.
void Promise.all(process.argv.slice(2).map(run));
