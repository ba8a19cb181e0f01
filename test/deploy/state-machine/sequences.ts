import * as fc from 'fast-check';
import { Account, type Operation } from './account';
import { type Declaration, type FlowDeclaration, type Place, PLAIN_FLOW } from './declaration';
import { type Deliveries, type Fault, type Misfortune, ONCE, type Surroundings } from './surroundings';

/** Of fast-check, so that what has failed can be seen again. */
export const SEED = Number(process.env.APPFLOW_SEED ?? 20_261_122);
/** How many sequences go through the handler's code in this process. */
export const SEQUENCES = Number(process.env.APPFLOW_SEQUENCES ?? 200);

/** Every declaration is synthesized, which takes more time than to deploy it. */
const STACKS = 20;
const EDITS = 6;

const optional = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight, arbitrary });
const tags = fc.constantFrom<Record<string, string>>({}, {}, { team: 'a' }, { team: 'b', cost: '1' });

const flowDeclaration: fc.Arbitrary<FlowDeclaration> = fc.record({
  trigger: fc.constantFrom('Scheduled', 'Scheduled', 'OnDemand'),
  activation: fc.constantFrom('active', 'active', 'suspended', 'as found', 'as found, at first suspended', 'by CloudFormation', 'suspended by CloudFormation', 'manual'),
  run: optional(fc.constantFrom('on create', 'on change', 'every deployment', 'on change, awaited')),
  pull: fc.constantFrom('complete', 'goes on', 'goes on', 'begins anew'),
  object: fc.constantFrom('Account', 'Contact'),
  isMasked: fc.boolean(),
  hours: fc.constantFrom(1, 2),
  description: optional(fc.constantFrom('one', 'other')),
  name: optional(fc.constantFrom('named', 'renamed')),
  isRetained: fc.constantFrom(false, false, false, true),
  tags,
  byApi: fc.constantFrom(false, false, true),
});

const stackDeclaration: fc.Arbitrary<Declaration> = fc.record({
  main: fc.oneof({ weight: 7, arbitrary: flowDeclaration }, { weight: 1, arbitrary: fc.constant(undefined) }),
  beside: optional(flowDeclaration.map(({ name, ...flow }) => flow)),
  foreignTags: optional(fc.constantFrom<Record<string, string>>({ team: 'a' }, { team: 'b', cost: '1' })),
  fails: fc.constant(false),
});

/** A stack, and what becomes of it by one edit each. */
function family(seed: number): Declaration[] {
  const [base, ...others] = fc.sample(stackDeclaration, { seed, numRuns: EDITS + 1 });
  const fields = Object.keys(PLAIN_FLOW) as (keyof FlowDeclaration)[];
  return [base, ...others.map((other, index): Declaration => {
    if (index === 0) {
      return { ...base, fails: true };
    }
    if (base.main === undefined || other.main === undefined || index === 1) {
      return { ...other, main: base.main };
    }
    const field = [...fields, 'name', 'description', 'object', 'run'][(seed + index * 5) % (fields.length + 4)] as keyof FlowDeclaration;
    return { ...base, main: { ...base.main, [field]: other.main[field] } };
  })];
}

/** The first are plain, so that what has failed shrinks to them. */
const POOL: Declaration[][] = [
  [{ main: PLAIN_FLOW, fails: false }, { fails: false }, { main: { ...PLAIN_FLOW, description: 'other' }, fails: true }],
  ...Array.from({ length: STACKS }, (_, index) => family(SEED + index)),
];

const deliveries: fc.Arbitrary<Deliveries> = fc.record({ twiceEach: fc.constantFrom(0, 0, 0, 1, 2), elsewhere: fc.boolean() });
const place = fc.constantFrom<Place>('Main', 'Main', 'Beside');

export interface SequenceOptions {
  readonly most: number;
  readonly misfortunes: readonly Misfortune[];
  /** How many calls in a row go wrong. */
  readonly times: readonly number[];
}

export type Step =
  | { readonly do: 'edit'; readonly edit: number; readonly faults: Fault[]; readonly deliveries: Deliveries }
  | { readonly do: 'deploy'; readonly stack: number; readonly edit: number; readonly faults: Fault[]; readonly deliveries: Deliveries }
  | { readonly do: 'operate'; readonly place: Place; readonly operation: Operation }
  | { readonly do: 'spend'; readonly hours: number; readonly fails: boolean; readonly inTheMiddle: boolean }
  | { readonly do: 'destroy'; readonly faults: Fault[]; readonly deliveries: Deliveries };

/** What happens to a stack, one step after another. */
export interface Sequence {
  readonly stack: number;
  readonly steps: readonly Step[];
}

export function sequences({ most, misfortunes, times }: SequenceOptions): fc.Arbitrary<Sequence> {
  const fault = fc.record({ misfortune: fc.constantFrom(...misfortunes), nth: fc.integer({ min: 1, max: 12 }), times: fc.constantFrom(...times) });
  const faults = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Fault[]>([]) },
    { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
  );
  const operation = fc.constantFrom<Operation>('suspend', 'suspend', 'start', 'fail', 'delete', 'tag', 'retag');
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), edit: fc.nat(EDITS), faults, deliveries }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('deploy' as const), stack: fc.nat(STACKS), edit: fc.nat(EDITS), faults, deliveries }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('operate' as const), place, operation }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('spend' as const), hours: fc.integer({ min: 1, max: 3 }), fails: fc.boolean(), inTheMiddle: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('destroy' as const), faults, deliveries }) },
  );
  return fc.record({ stack: fc.nat(STACKS), steps: fc.array(step, { minLength: Math.min(3, most), maxLength: most }) });
}

/** How much was tried. */
export const tried = { sequences: 0, steps: 0, faults: 0 };

/** Has a sequence happen, and the stack go at its end. */
export async function happen({ stack: first, steps }: Sequence, surroundings: Surroundings): Promise<void> {
  const told: string[] = [];
  const account = new Account(surroundings);
  let stack = first;
  tried.sequences += 1;
  try {
    for (const step of steps) {
      tried.steps += 1;
      told.push(JSON.stringify(step));
      stack = step.do === 'deploy' ? step.stack : stack;
      await take(step, account, POOL[stack], told);
    }
    await account.destroy([], ONCE);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\nafter\n${told.join('\n')}`, { cause: error });
  } finally {
    tried.faults += surroundings.strikes;
    await surroundings.close();
  }
}

async function take(step: Step, account: Account, declarations: readonly Declaration[], told: string[]): Promise<void> {
  switch (step.do) {
    case 'deploy':
    case 'edit': {
      const declaration = declarations[step.edit % declarations.length];
      told.push(`  ${JSON.stringify(declaration)}`);
      return account.deploy(declaration, step.faults, step.deliveries);
    }
    case 'operate':
      return account.operate(step.place, step.operation);
    case 'spend':
      return account.spend(step.hours, step.fails, step.inTheMiddle);
    case 'destroy':
      return account.destroy(step.faults, step.deliveries);
  }
}

/** Says how much was tried, in one line. */
export function tell(way: string, more: string): void {
  const { sequences: many, steps, faults } = tried;
  process.stdout.write(`State machine ${way}: ${many} sequences, ${steps} steps, ${faults} faults, ${more} (APPFLOW_SEED=${SEED})\n`);
}
