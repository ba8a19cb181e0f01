import { Lazy, Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { shortHash } from './short-hash';
import { stableForm } from './stable-form';

const LENGTH = 128;
const HASH_LENGTH = 8;

/** By what a resource is made. CloudFormation changes no resource's type, so the one of the other has another name. */
export type Maker = 'CloudFormation' | 'custom resource';

/**
 * A name from the construct's path, with a hash of what the resource keeps for life: where that changes, so does the name, and the resource is
 * replaced. It is made when the template is, since a logical id or the name of a bucket may be changed until then.
 */
export function generatedName(scope: Construct, maker: Maker, ...fixed: readonly unknown[]): string {
  return Lazy.uncachedString({
    produce: () => {
      const name = Names.uniqueResourceName(scope, { maxLength: LENGTH - HASH_LENGTH - 1, separator: '-' });
      return `${name}-${shortHash([maker, stableForm(scope, fixed)]).slice(0, HASH_LENGTH)}`;
    },
  });
}
