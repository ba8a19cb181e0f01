import { readdirSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { App, type AppProps, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const load = createRequire(__filename);

export const EXAMPLES_ROOT = join(__dirname, '..', 'examples');

/** The names of the examples, which are their folders. */
export const EXAMPLES: readonly string[] = readdirSync(EXAMPLES_ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What the CDK CLI reads of an example. */
export function cdkJson(name: string): { readonly app: string; readonly context: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(EXAMPLES_ROOT, name, 'cdk.json'), 'utf8'));
}

/** An app for the stacks of examples, with the settings that their cdk.json gives. */
export function exampleApp(props: AppProps = {}): App {
  return new App({ context: Object.assign({}, ...EXAMPLES.map((name) => cdkJson(name).context)), ...props });
}

/** The one stack of an example. Its class is named as the folder is. */
export function exampleStack(app: App, name: string): Stack {
  const className = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const Example: new (scope: Construct, id: string) => Stack = load(join(EXAMPLES_ROOT, name, name))[className];
  return new Example(app, className);
}
