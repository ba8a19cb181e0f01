import { CfnElement, Lazy, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { shortHash } from './short-hash';

const HASHES = new WeakMap<Stack, string>();

/**
 * A hash of the template of the stack that a construct is in. CloudFormation calls a custom resource only when a property changes, so one with this
 * property is called on each deployment that changes anything in the stack.
 */
export function templateHash(scope: IConstruct): string {
  const stack = Stack.of(scope);
  return Lazy.uncachedString({
    produce: ({ preparing }) => {
      if (preparing) {
        // Each synthesis begins so: what was known is out of date, and references to other stacks, which would look alike, are not in place yet.
        HASHES.delete(stack);
        return '';
      }
      return HASHES.get(stack) ?? hashOf(stack);
    },
  });
}

function hashOf(stack: Stack): string {
  // Of this hash itself the template holds nothing while it is made.
  HASHES.set(stack, '');
  const elements = stack.node.findAll()
    .filter((construct): construct is CfnElement => CfnElement.isCfnElement(construct) && construct.stack === stack)
    .map((element) => JSON.stringify(stack.resolve(element._toCloudFormation())));
  const hash = shortHash(elements.sort());
  HASHES.set(stack, hash);
  return hash;
}
