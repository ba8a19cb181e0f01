import type { Stack } from 'aws-cdk-lib';

/** The tags that a stack is deployed with; a nested stack takes those of its parents, too. */
export function stackTags(stack: Stack): Record<string, string> | undefined {
  const tags = { ...stack.nestedStackParent !== undefined ? stackTags(stack.nestedStackParent) : {}, ...stack.tags.tagValues() };
  return Object.keys(tags).length > 0 ? tags : undefined;
}
