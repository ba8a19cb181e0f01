/**
 * Synthesizes the example and a stack with each feature of the library, and prints the templates together with the `aws-cdk-lib` that made them.
 * The floor test runs it in processes of its own, with and without `use-floor`.
 */
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { SalesforceToS3 } from '../../examples/salesforce-to-s3/salesforce-to-s3';
import { EveryFeature } from '../every-feature';

export interface Synthesis {
  /** The packages from which CDK modules were loaded. */
  readonly packages: string[];
  readonly version: string;
  readonly templates: Record<string, any>;
}

const app = new App();
new SalesforceToS3(app, 'SalesforceToS3');
new EveryFeature(app, 'EveryFeature');
const { stacks } = app.synth();

const loaded = Object.keys(require.cache).flatMap((file) => /node_modules\/(aws-cdk-lib[^/]*)\//.exec(file.replaceAll('\\', '/'))?.[1] ?? []);
const synthesis: Synthesis = {
  packages: [...new Set(loaded)],
  version: JSON.parse(readFileSync(require.resolve('aws-cdk-lib/package.json'), 'utf8')).version,
  templates: Object.fromEntries(stacks.map((stack) => [stack.stackName, stack.template])),
};
process.stdout.write(JSON.stringify(synthesis));
