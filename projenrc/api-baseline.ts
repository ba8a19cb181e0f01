import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync, gzipSync } from 'zlib';

const ROOT = join(__dirname, '..');
const BASELINE = join(ROOT, 'test', 'api-baseline', 'assembly.json.gz');

/** The description of the API that jsii makes of the sources. */
export interface Assembly {
  readonly dependencies: Record<string, string>;
  readonly types: Record<string, any>;
}

/** What tells nothing about the API. */
const LEFT_OUT = ['locationInModule', 'symbolId', 'fingerprint', 'readme', 'dependencyClosure'];

/** The API as it was when the baseline was renewed. */
export function baseline(): Assembly {
  return JSON.parse(gunzipSync(readFileSync(BASELINE)).toString());
}

/** The API as it was built last. */
export function builtAssembly(): Assembly {
  return JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8'));
}

/** What users' code can depend on: words and places in files are left out. */
function essence(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => essence(element));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([key]) => name === 'docs' ? key === 'stability' : !LEFT_OUT.includes(key));
  return Object.fromEntries(members.map(([key, member]) => [key, essence(member, key)]));
}

if (require.main === module) {
  writeFileSync(BASELINE, gzipSync(JSON.stringify(essence(builtAssembly())), { level: 9 }));
}
