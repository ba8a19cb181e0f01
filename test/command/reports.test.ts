import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DOUBTFUL, WRONG, WRONG_REQUEST, WRONG_YAML } from './documents';
import { Folder, runHere } from './invocation';

const folder = new Folder();
afterAll(() => folder.remove());

const FILES = ['doubtful.json', 'wrong.yaml', 'requests/a request #1.json'];
let findings: any[];
const LOCATED: Record<string, [number, number]> = { 'doubtful.json': [5, 7], 'wrong.yaml': [14, 7], 'requests/a request #1.json': [6, 3] };

beforeAll(() => {
  folder.write(FILES[0], DOUBTFUL);
  folder.write(FILES[1], WRONG_YAML);
  folder.write(FILES[2], WRONG_REQUEST);
  findings = JSON.parse(report('json', ...FILES)).findings;
});

function report(format: string, ...files: string[]): string {
  return folder.run(['check', '--format', format, ...files]).stdout;
}

describe('JSON', () => {
  test('has the members that programs rely on, and no others', () => {
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(['code', 'severity', 'file', 'resource', 'path', 'message', 'source']);
      expect(finding.code).toMatch(/^appflow-constructs:[a-z0-9-]+$/);
      expect(Object.values(finding).filter((value) => typeof value !== 'string' || value === '')).toEqual([]);
    }
    expect(findings.map(({ severity, file }) => [file, severity])).toEqual([[FILES[0], 'warning'], [FILES[1], 'error'], [FILES[2], 'error']]);
  });

  test('is an object also where nothing is found, and ends its last line', () => {
    folder.write('nothing.json', { Resources: {} });
    expect(report('json', 'nothing.json')).toBe('{\n  "findings": []\n}\n');
    expect(JSON.parse(report('json', 'nowhere.json'))).toEqual({ findings: [] });
  });
});

describe('text', () => {
  test('says of each finding where it is, what it is and whence that is known, by file', () => {
    const [doubt, mistake, mistakeInRequest] = findings;
    const paragraph = ({ file, severity, code, resource, path, message, source }: any, construct = '') => [
      file,
      `  ${LOCATED[file].join(':')} ${severity} ${code}`,
      `    ${resource}${construct} ${path}`,
      `    ${message}`,
      `    ${source}`,
      '',
    ];
    expect(report('text', ...FILES).split('\n')).toEqual([
      ...paragraph(doubt), ...paragraph(mistake, ' (App/Stack/Flow/Resource)'), ...paragraph(mistakeInRequest), '2 errors, 1 warning', '',
    ]);
  });

  test('names a file once', () => {
    folder.write('two.json', { Resources: { One: flowOf(WRONG), Other: flowOf(WRONG) } });
    const text = report('text', 'two.json');
    expect(text.match(/^two\.json$/gm)).toHaveLength(1);
    expect(text.match(/^ {4}(One|Other) Properties/gm)).toEqual(['    One Properties', '    Other Properties']);
  });

  test('counts where nothing is found, too', () => {
    folder.write('nothing.json', { Resources: {} });
    expect(report('text', 'nothing.json')).toBe('0 errors, 0 warnings\n');
  });

  test('has no colours for a program, and has them for a terminal', async () => {
    expect(report('text', ...FILES)).not.toContain('\u001b');
    const files = FILES.map((file) => join(folder.path, file));
    const print = async (isColoured: boolean) => (await runHere(['check', ...files], undefined, isColoured)).stdout;
    const coloured = await print(true);
    expect(coloured).toContain('\u001b[31merror\u001b[0m');
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(await print(false));
  });

  test('does not let a name steer the terminal', () => {
    folder.write('steering.json', { Resources: { 'Flow\u001b[2J\n': flowOf(WRONG) } });
    expect(report('text', 'steering.json')).toContain('Flow\\u001b[2J\\u000a Properties');
  });
});

describe('SARIF', () => {
  const log = (...files: string[]) => JSON.parse(report('sarif', ...files));

  test('has the results with their rules', () => {
    const { $schema, version, runs: [{ tool: { driver }, results, invocations }, ...others] } = log(...FILES, FILES[0]);
    expect({ $schema, version, others }).toEqual({ $schema: expect.stringContaining('sarif-schema-2.1.0.json'), version: '2.1.0', others: [] });
    expect(driver).toMatchObject({ name: 'appflow-constructs', informationUri: 'https://github.com/appflow-constructs/appflow-constructs' });
    expect(new Set(driver.rules.map(({ id }: any) => id)).size).toBe(2);
    for (const { id, shortDescription, help, helpUri } of driver.rules) {
      expect(id).toBe(`appflow-constructs:${shortDescription.text.replaceAll(' ', '-')}`);
      expect(new URL(helpUri).protocol).toBe('https:');
      expect(help.text).toContain(helpUri);
    }
    expect(invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
    expect(results).toEqual([...findings, findings[0]].map(({ code, severity, file, resource, path, message, source }, i) => ({
      ruleId: code,
      ruleIndex: driver.rules.findIndex(({ id }: any) => id === code),
      level: severity,
      message: { text: message },
      locations: [{
        physicalLocation: {
          artifactLocation: { uri: file.replaceAll(' ', '%20').replace('#', '%23') },
          region: { startLine: LOCATED[file][0], startColumn: LOCATED[file][1] },
        },
        logicalLocations: [{
          name: resource,
          fullyQualifiedName: `${resource}.${path}`,
          kind: 'resource',
          ...i === 1 ? { decoratedName: 'App/Stack/Flow/Resource' } : {},
        }],
      }],
      properties: { source },
    })));
  });

  test('says what could not be read', () => {
    const { runs: [{ results, invocations: [invocation] }] } = log('nowhere.json', FILES[1]);
    expect(results).toHaveLength(1);
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toEqual([{
      level: 'error',
      message: { text: expect.stringContaining('no such file') },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'nowhere.json' } } }],
    }]);
  });

  test('names files outside of the working directory by their whole URI', () => {
    const other = new Folder();
    try {
      const file = join(other.path, other.write('ü [1].json', WRONG));
      const { uri } = log(file).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
      expect(fileURLToPath(uri)).toBe(file);
      expect(uri).toBe(pathToFileURL(file).href);
    } finally {
      other.remove();
    }
  });

  test('names files below the working directory relative to it, however they are named', () => {
    const { uri } = log(join(folder.path, FILES[2])).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe('requests/a%20request%20%231.json');
  });
});

function flowOf(template: any): unknown {
  return template.Resources.Flow;
}
