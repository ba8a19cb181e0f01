/**
 * Synthesizes each example as its own app.ts does it, into a directory beside the others, all in one process. The directory around them becomes a cloud
 * assembly that holds theirs, so that one run of the CDK CLI deploys them all.
 */
import { readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { cdkJson, EXAMPLES, EXAMPLES_ROOT } from './examples';

const load = createRequire(__filename);
const [directory] = process.argv.slice(2);

/** An assembly within another one, as those of stages are. */
interface NestedAssembly {
  readonly type: 'cdk:cloud-assembly';
  readonly properties: { readonly directoryName: string; readonly displayName: string };
}

function synthesize(name: string): [id: string, assembly: NestedAssembly] {
  // What the CDK CLI tells an app.
  process.env.CDK_OUTDIR = join(directory, name);
  process.env.CDK_CONTEXT_JSON = JSON.stringify(cdkJson(name).context);
  load(join(EXAMPLES_ROOT, name, 'app'));
  return [name, { type: 'cdk:cloud-assembly', properties: { directoryName: name, displayName: name } }];
}

const artifacts = Object.fromEntries(EXAMPLES.map(synthesize));
const { version } = JSON.parse(readFileSync(join(directory, EXAMPLES[0], 'manifest.json'), 'utf8'));
writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version, artifacts }));
