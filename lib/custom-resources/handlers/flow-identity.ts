import type { Properties } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';

const ENDS = ['Source', 'Destination'] as const;

/** A change of what a flow keeps for life, as the properties of custom resources say it. */
export interface IdentityChange {
  /** `undefined` for the flow itself. */
  readonly end?: typeof ENDS[number];
  readonly member: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The changes from what a flow is to what it is to be: of the connectors at both of its ends, of the members that name their objects, and of the key.
 * A label that one of them leaves unsaid may be the same.
 */
export function identityChanges(before: Properties, after: Properties): IdentityChange[] {
  const ends = ENDS.flatMap(end => {
    const changes = memberChanges(before[end], after[end]).filter(({ member, before: was, after: is }) =>
      member !== 'connectorLabel' || (was !== '' && is !== '')).map(change => ({ end, ...change }));
    const other = changes.filter(({ member }) => member === 'connectorType');
    return other.length > 0 ? other : changes;
  });
  return [...ends, ...memberChanges({ KmsArn: before.KmsArn }, { KmsArn: after.KmsArn })];
}

/** The failure of flows, by their names, that are to keep their names with such changes. */
export function identityChanged(flows: readonly (readonly [string, readonly IdentityChange[]])[]): CustomResourceError {
  const texts = flows.map(([name, changes]) => `flow '${name}' is to keep its name while ${changes.map(describe).join(', and ')}`);
  return new CustomResourceError(ErrorCode.FLOW_OBJECT_CHANGED,
    `${texts.join('; ')}. AppFlow changes neither the object nor the key of a flow, so the deployment is stopped; give each of these flows another flowName `
    + 'in the same deployment, or leave flowName out, so that another flow replaces it');
}

function memberChanges(before: unknown, after: unknown): IdentityChange[] {
  const [was, is] = [before ?? {}, after ?? {}] as Properties[];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
    .map(member => ({ member, before: text(was[member]), after: text(is[member]) }))
    .filter(change => change.before !== change.after);
}

/** AppFlow takes the root of a bucket for the same, whether it is left out or an empty text. */
function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

function describe({ end, member, before, after }: IdentityChange): string {
  return `${nameOf(end, member)} changes from ${quoted(before)} to ${quoted(after)}`;
}

function nameOf(end: IdentityChange['end'], member: string): string {
  const name = ({ connectorType: 'the connector', connectorLabel: 'the connector' } as Record<string, string>)[member] ?? member;
  return end === undefined ? 'its encryption key' : `${name} of its ${end.toLowerCase()}`;
}

function quoted(value: string): string {
  return value === '' ? 'none' : `'${value}'`;
}
