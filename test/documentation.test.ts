import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join, relative } from 'path';
import { connectorDocs, withConnectorTables } from '../projenrc/connector-docs';
import { errorDocs } from '../projenrc/error-docs';
import { anchor } from '../projenrc/markdown';

const ROOT = join(__dirname, '..');
const ROSETTA = join(ROOT, 'node_modules', '.bin', 'jsii-rosetta');

describe('snippets', () => {
  const directory = mkdtempSync(join(tmpdir(), 'snippets-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('of the README and of doc comments compile, every one of them', () => {
    const tablet = join(directory, 'tablet.json');
    execFileSync(ROSETTA, ['extract', '--strict', '--batch', '--output', tablet, ROOT], { stdio: 'pipe' });
    const snippets = Object.values<any>(JSON.parse(readFileSync(tablet, 'utf8')).snippets);
    expect(snippets.filter(({ didCompile }) => !didCompile)).toEqual([]);
    const inReadme = readFileSync(join(ROOT, 'README.md'), 'utf8').match(/^```ts$/gm) ?? [];
    expect(inReadme.length).toBeGreaterThan(0);
    expect(snippets.length).toBeGreaterThanOrEqual(inReadme.length);
  });
});

test.each([
  ['docs/connectors.md', connectorDocs, 'docs:connectors'],
  ['README.md', withConnectorTables, 'docs:connectors'],
  ['docs/errors.md', errorDocs, 'docs:errors'],
])('%s says what the library knows', (file, generate, task) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  if (text !== generate(text)) {
    throw new Error(`${file} is not what it is made of now: run "npx projen ${task}", and commit it`);
  }
});

describe.each(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md', ...readdirSync(join(ROOT, 'docs')).map((file) => `docs/${file}`)])('the links of %s', (file) => {
  const links = [...proseOf(file).matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
  const [outward, inward] = [links.filter((link) => link.includes(':')), links.filter((link) => !link.includes(':'))];

  test('to other sites are safe', () => {
    expect(outward.filter((link) => !link.startsWith('https://'))).toEqual([]);
  });

  test('to this repository lead somewhere', () => {
    const targets = inward.map((link) => link.split('#')).map(([path, fragment]) => ({
      path: path === '' ? file : relative(ROOT, join(ROOT, dirname(file), path)),
      fragment,
    }));
    expect(targets.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
    const toHeadings = targets.filter(({ fragment }) => fragment !== undefined);
    const anchors = new Map([...new Set(toHeadings.map(({ path }) => path))].map((path) => [path, anchorsOf(path)]));
    expect(toHeadings.filter(({ path, fragment }) => !anchors.get(path)!.includes(fragment))).toEqual([]);
  });

  test('have anchors that no other heading has', () => {
    expect(anchorsOf(file).filter((each, index, all) => all.indexOf(each) !== index)).toEqual([]);
  });
});

/** The text of a document without the code in it. */
function proseOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').replace(/^```[^]*?^```$/gm, '');
}

function anchorsOf(file: string): string[] {
  return [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => anchor(title));
}
