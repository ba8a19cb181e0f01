import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { connectorDocs, withConnectorTables } from '../projenrc/connector-docs';

const ROOT = join(__dirname, '..');
const ROSETTA = join(ROOT, 'node_modules', '.bin', 'jsii-rosetta');

describe('snippets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'snippets-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('of the README and of doc comments compile, every one of them', () => {
    const tablet = join(directory, 'tablet.json');
    execFileSync(ROSETTA, ['extract', '--strict', '--output', tablet, ROOT], { stdio: 'pipe' });
    const snippets = Object.values<any>(JSON.parse(readFileSync(tablet, 'utf8')).snippets);
    expect(snippets.filter(({ didCompile }) => !didCompile)).toEqual([]);
    const inReadme = readFileSync(join(ROOT, 'README.md'), 'utf8').match(/^```ts$/gm) ?? [];
    expect(inReadme.length).toBeGreaterThan(0);
    expect(snippets.length).toBeGreaterThanOrEqual(inReadme.length);
  });
});

test.each([
  ['docs/connectors.md', connectorDocs],
  ['README.md', withConnectorTables],
])('%s says of connectors what their records say', (file, generate) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  if (text !== generate(text)) {
    throw new Error(`${file} is not what the records are now: run "npx projen docs:connectors", and commit it`);
  }
});
