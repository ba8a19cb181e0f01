/**
 * Measures the built library against the same flows as raw `CfnFlow`s, and prints what came out beside the targets.
 *
 * Every figure is a median of processes of its own, which take turns so that the machine's other work hits all of them alike. Nothing fails
 * for being slow.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import type { LoadMeasurement, LoadSubject } from './load';
import type { SynthMeasurement, Variant } from './synth';

/** The variants of the same stack that are compared. */
type BenchVariant = Exclude<Variant, 'checked'>;

const ROOT = resolve(__dirname, '../..');
const SIZES = [1, 10, 100, 300] as const;
const LARGEST = SIZES[SIZES.length - 1];
const LOADS: readonly LoadSubject[] = ['raw', 'library', 'everything', 'handler'];
const VARIANTS: readonly BenchVariant[] = ['raw', 'cloudformation', 'custom-resource'];
/** How many flows the plugin checks. */
const CHECKED = 1000;
const REPETITIONS = 5;
/** CDK's validation takes seconds. */
const VALIDATED_REPETITIONS = 5;
/** Loading takes so little that more of it costs nothing. */
const LOAD_REPETITIONS = 11;
/** After this long, what is left of the slow figures is measured once. */
const BUDGET_MINUTES = 10;

const directory = mkdtempSync(join(tmpdir(), 'appflow-constructs-bench-'));
const start = Date.now();
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const loadScript = compile('load');
const synthScript = compile('synth');

/** The measuring processes run plain JavaScript: a loader of TypeScript would be measured along. */
function compile(name: string): string {
  const { code } = transformSync(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' });
  const script = join(directory, `${name}.cjs`);
  writeFileSync(script, code);
  return script;
}

function run<T>(script: string, args: readonly string[], env: Record<string, string> = {}): T {
  const output = execFileSync(process.execPath, [script, ROOT, ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return JSON.parse(output);
}

/** Measures each subject in turn, the other way round each second time. */
function alternate<S extends string, M>(subjects: readonly S[], repetitions: number, measure: (subject: S) => M): Record<S, M[]> {
  const measurements = Object.fromEntries(subjects.map((subject) => [subject, [] as M[]])) as Record<S, M[]>;
  for (let i = 0; i < repetitions; i++) {
    for (const subject of i % 2 === 0 ? subjects : [...subjects].reverse()) {
      measurements[subject].push(measure(subject));
    }
  }
  return measurements;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function table(rows: readonly (readonly (string | number)[])[]) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  rows.forEach((row, i) => {
    console.log(row.map((cell, column) => column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column])).join('  '));
    if (i === 0) {
      console.log(widths.map((width) => '-'.repeat(width)).join('  '));
    }
  });
}

const targets: { target: string; measured: string; met: boolean }[] = [];

function measureLoading() {
  const loads = alternate(LOADS, LOAD_REPETITIONS, (subject) => run<LoadMeasurement>(loadScript, [subject]));
  const milliseconds = (subject: LoadSubject) => median(loads[subject].map((m) => m.milliseconds));
  const megabytes = (subject: LoadSubject) => median(loads[subject].map((m) => m.peakMegabytes));
  const bundleBytes = statSync(join(ROOT, 'assets', 'appflow-handler', 'index.js')).size;
  const added = milliseconds('library') - milliseconds('raw');

  console.log(`\nLoading (medians of ${loads.raw.length})\n`);
  table([
    ['', 'ms', 'peak MB'],
    ['aws-cdk-lib/aws-appflow, CfnFlow touched', milliseconds('raw').toFixed(1), megabytes('raw').toFixed(1)],
    ['appflow-constructs, required', milliseconds('library').toFixed(1), megabytes('library').toFixed(1)],
    ['appflow-constructs, every class touched', milliseconds('everything').toFixed(1), megabytes('everything').toFixed(1)],
    ['  required, adds', added.toFixed(1), (megabytes('library') - megabytes('raw')).toFixed(1)],
    [`handler bundle (${(bundleBytes / 1024).toFixed(0)} KB)`, milliseconds('handler').toFixed(1), megabytes('handler').toFixed(1)],
  ]);
  targets.push(
    { target: 'loading adds at most 25 ms', measured: `${added.toFixed(1)} ms`, met: added <= 25 },
    { target: 'handler bundle at most 350 KB', measured: `${(bundleBytes / 1024).toFixed(0)} KB`, met: bundleBytes <= 350 * 1024 },
    { target: 'handler loaded in at most 60 ms', measured: `${milliseconds('handler').toFixed(1)} ms`, met: milliseconds('handler') <= 60 },
  );
}

function measureSynthesis(validation: boolean) {
  const env = { CDK_VALIDATION: String(validation) };
  const rows: (string | number)[][] = [['flows', 'variant', 'ms', '× raw', 'resources', 'beyond the flows', 'template KB', 'runs']];
  const beyond: Record<BenchVariant, number[]> = { 'raw': [], 'cloudformation': [], 'custom-resource': [] };
  let sameFlows = true;
  for (const size of SIZES) {
    const isLate = Date.now() - start > BUDGET_MINUTES * 60_000;
    const synths = alternate(VARIANTS, !validation ? REPETITIONS : isLate ? 1 : VALIDATED_REPETITIONS, (variant) =>
      run<SynthMeasurement>(synthScript, [variant, String(size), mkdtempSync(join(directory, 'cdk.out-'))], env));
    const raw = median(synths.raw.map((m) => m.milliseconds));
    for (const variant of VARIANTS) {
      const milliseconds = median(synths[variant].map((m) => m.milliseconds));
      const [{ resources, bytes, flows }] = synths[variant];
      sameFlows &&= flows === synths.raw[0].flows;
      beyond[variant].push(resources - size);
      rows.push([
        variant === 'raw' ? size : '', variant, milliseconds.toFixed(0), (milliseconds / raw).toFixed(2), resources,
        `N + ${beyond[variant].at(-1)}`, (bytes / 1024).toFixed(1), synths[variant].length,
      ]);
      if (size === LARGEST && variant !== 'raw' && !validation) {
        const ratio = milliseconds / raw;
        targets.push({ target: `synth of ${size} flows at most 1.25 × raw, ${variant}`, measured: `${ratio.toFixed(2)} ×`, met: ratio <= 1.25 });
      }
    }
  }

  console.log(`\nConstruct and synth, CDK's own validation ${validation ? 'on' : 'off'} (medians)\n`);
  table(rows);
  console.log(`\nThe flows are the same in all variants, but for their names and the tag by which the handler knows them: ${sameFlows ? 'yes' : 'NO, so the comparison is not fair'}`);
  if (!validation) {
    targets.push(
      resourceTarget(beyond.cloudformation, 'cloudformation'),
      resourceTarget(beyond['custom-resource'], 'custom-resource'),
    );
  }
}

function measureChecking() {
  const synths = alternate(['raw', 'checked'] as const, REPETITIONS, (variant) =>
    run<SynthMeasurement>(synthScript, [variant, String(CHECKED), mkdtempSync(join(directory, 'cdk.out-'))], { CDK_VALIDATION: 'false' }));
  const [raw, checked] = [synths.raw, synths.checked].map((measurements) => median(measurements.map((m) => m.milliseconds)));

  console.log(`\nConstruct and synth of ${CHECKED} raw flows (medians of ${synths.raw.length})\n`);
  table([
    ['', 'ms', '× raw'],
    ['CDK\'s own validation off', raw.toFixed(0), '1.00'],
    ['with AppFlowValidationPlugin', checked.toFixed(0), (checked / raw).toFixed(2)],
  ]);
  targets.push({ target: `checking ${CHECKED} flows adds at most 2,000 ms`, measured: `${(checked - raw).toFixed(0)} ms`, met: checked - raw <= 2000 });
}

function resourceTarget(beyond: readonly number[], variant: BenchVariant) {
  return {
    target: `at most N + a constant resources, ${variant}`,
    measured: `N + ${[...new Set(beyond)].join(' to ')}`,
    met: new Set(beyond).size === 1,
  };
}

console.log(`appflow-constructs on Node ${process.version}, aws-cdk-lib ${cdkVersion()}`);
measureLoading();
measureSynthesis(false);
measureChecking();
measureSynthesis(true);
console.log('\nTargets\n');
table([['', 'measured', ''], ...targets.map(({ target, measured, met }) => [target, measured, met ? 'met' : 'MISSED'])]);
console.log(`\nTook ${((Date.now() - start) / 60_000).toFixed(1)} minutes.`);

function cdkVersion(): string {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', 'aws-cdk-lib', 'package.json'), 'utf8')).version;
}
