import { createHash } from 'node:crypto';
import { ResourceRequest } from './provider';

/**
 * A name that CloudFormation makes up: stack, logical id and twelve characters, cut to the length that the service allows
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html).
 */
export function generatedName({ stack, logicalId, token }: Pick<ResourceRequest, 'stack' | 'logicalId' | 'token'>, maxLength = 64): string {
  const suffix = suffixOf(token, 12);
  const head = `${stack.name}-${logicalId}`.slice(0, maxLength - suffix.length - 1);
  return `${head}-${suffix}`;
}

/** Letters and digits that look random and are the same for the same token. */
export function suffixOf(token: string, length: number): string {
  return BigInt(`0x${createHash('sha256').update(token).digest('hex')}`).toString(36).toUpperCase().slice(0, length);
}

/** A UUID that is the same for the same token. */
export function uuidOf(token: string): string {
  const hex = createHash('sha256').update(token).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
