/**
 * Run by the bench in a process of its own, as plain JavaScript: loads one module, and prints how long that took and the peak memory of the process.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as l1 from 'aws-cdk-lib/aws-appflow';

export type LoadSubject = 'raw' | 'library' | 'everything' | 'handler';

export interface LoadMeasurement {
  readonly milliseconds: number;
  readonly peakMegabytes: number;
}

const [root, subject] = process.argv.slice(2) as [string, LoadSubject];
const load = createRequire(join(root, 'package.json'));

const SUBJECTS: Record<LoadSubject, () => unknown> = {
  // The classes of an L1 module are loaded when one of them is first touched.
  raw: () => (load('aws-cdk-lib/aws-appflow') as typeof l1).CfnFlow,
  library: () => load(join(root, 'build')),
  // The library, too, loads a class when it is first touched.
  everything: () => Object.values(load(join(root, 'build'))),
  handler: () => load(join(root, 'assets', 'appflow-handler')),
};

const start = process.hrtime.bigint();
SUBJECTS[subject]();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
const measurement: LoadMeasurement = { milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(measurement));
