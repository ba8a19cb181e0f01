import { createHash } from 'node:crypto';
import type { Properties } from './cloudformation';

/** Between the parts of an id; no name of a profile holds it. */
const SEPARATOR = '~';

/** CloudFormation takes 1024 bytes. */
const MAX_PREDECESSORS = 40;

/**
 * The physical id of a connector profile: its name, and what else it keeps for life, so that a change of that makes another profile. Profiles cannot
 * be tagged, so the id also tells which profiles this one has replaced: only to those may a rollback return.
 */
export class ProfileId {
  public static of({ connectorProfileName, connectorType, connectorLabel, kmsArn }: Properties): ProfileId {
    return new ProfileId(`${connectorProfileName}${SEPARATOR}${digest(JSON.stringify([connectorType, connectorLabel ?? '', kmsArn ?? '']))}`);
  }

  public static parse(physicalId: string): ProfileId {
    const [name, identity, ...predecessors] = physicalId.split(SEPARATOR);
    return new ProfileId(`${name}${SEPARATOR}${identity}`, predecessors);
  }

  private constructor(private readonly identity: string, private readonly predecessors: readonly string[] = []) {}

  public isOfSameProfile({ identity }: ProfileId): boolean {
    return this.identity === identity;
  }

  /** The id that a profile has when it replaces another. */
  public succeeding({ identity, predecessors }: ProfileId): ProfileId {
    return new ProfileId(this.identity, [digest(identity), ...predecessors].slice(0, MAX_PREDECESSORS));
  }

  /** The full id of the profile that this one has replaced last, if that is the given one. */
  public predecessor({ identity }: ProfileId): ProfileId | undefined {
    const [last, ...others] = this.predecessors;
    return last === digest(identity) ? new ProfileId(identity, others) : undefined;
  }

  public toString(): string {
    return [this.identity, ...this.predecessors].join(SEPARATOR);
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
