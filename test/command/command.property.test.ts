import fc from 'fast-check';
import { stringify } from 'yaml';
import { WRONG, WRONG_REQUEST, WRONG_YAML } from './documents';
import { runHere } from './invocation';

/** Documents of which parts are anything, the further down the rarer. */
function broken(value: unknown): fc.Arbitrary<unknown> {
  const anything = fc.jsonValue({ maxDepth: 3 });
  if (typeof value !== 'object' || value === null) {
    return fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: anything });
  }
  const whole = Array.isArray(value)
    ? fc.tuple(...value.map(broken))
    : fc.record(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, broken(member)])));
  return fc.oneof({ weight: 19, arbitrary: whole as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: anything });
}

/** A text with something in between. */
function spliced(text: string, at: number, more: string): string {
  const cut = at % text.length;
  return text.slice(0, cut) + more + text.slice(cut);
}

const documents = fc.oneof(broken(WRONG), broken(WRONG_REQUEST), fc.jsonValue());
const texts = fc.oneof(
  { weight: 4, arbitrary: documents.map((document) => JSON.stringify(document)) },
  { weight: 4, arbitrary: documents.map((document) => stringify(document)) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(JSON.stringify(WRONG), WRONG_YAML), fc.nat(), fc.string()).map((parts) => spliced(...parts)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.uint8Array() },
);

test('whatever it is given, the command ends with a status that it has, and with a report of the format', async () => {
  await fc.assert(fc.asyncProperty(texts, fc.constantFrom('json', 'sarif', 'text'), async (input, format) => {
    const { status, stdout, stderr } = await runHere(['check', '--format', format, '-'], Buffer.from(input as string));
    expect([0, 1, 2]).toContain(status);
    expect(stderr.split('\n')).toHaveLength(status === 2 ? 2 : 1);
    if (format === 'text') {
      expect(stdout).toMatch(status === 2 ? /^$/ : /\d+ errors?, \d+ warnings?\n$/);
    } else {
      const report = JSON.parse(stdout);
      const found = format === 'json' ? report.findings : report.runs[0].results;
      expect(found.some((finding: any) => (finding.severity ?? finding.level) === 'error')).toBe(status === 1);
    }
  }), { numRuns: 300 });
});
