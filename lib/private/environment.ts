import type { EnvironmentPlan } from './flow-plan';
import { differ, literalString } from './values';

/** Whether two places are known not to be the same. */
export function isElsewhere(one: EnvironmentPlan, other: EnvironmentPlan): boolean {
  return differ(one.region, other.region) || differ(one.account, other.account);
}

/** The Region of a KMS key, where its ARN tells. */
export function regionOfKey(kmsArn: string | undefined): string | undefined {
  return /^arn:[^:]+:kms:([^:]+):/.exec(literalString(kmsArn) ?? '')?.[1];
}

/** Names a place for a message. */
export function describeEnvironment({ account, region }: EnvironmentPlan): string {
  return `${literalString(account) ?? 'the account of the stack'}/${literalString(region) ?? 'the Region of the stack'}`;
}
