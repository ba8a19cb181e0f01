import { CustomResourceError, ErrorCode } from './errors';

/** The most that a flow or connector may carry and that one call may set or remove. AWS's own tags (`aws:`) are not counted. */
const MAX_TAGS = 50;
const RESERVED = 'aws:';

export function isReserved(key: string): boolean {
  return key.startsWith(RESERVED);
}

/** Refuses keys that nobody but AWS may give. */
export function refuseReserved(declared: Iterable<string>): void {
  const reserved = [...declared].filter(isReserved);
  if (reserved.length > 0) {
    throw new CustomResourceError(ErrorCode.RESERVED_TAG_KEY,
      `tag keys may not start with '${RESERVED}', got ${reserved.map(key => `'${key}'`).join(', ')}; choose other keys`);
  }
}

/**
 * Refuses more tags than there is room for.
 *
 * @param kind `flow` or `connector`
 * @param keys all tags that it would have
 */
export function refuseTooMany(kind: string, name: string, keys: Iterable<string>): void {
  const counted = new Set([...keys].filter(key => !isReserved(key)));
  if (counted.size > MAX_TAGS) {
    throw new CustomResourceError(ErrorCode.TOO_MANY_TAGS,
      `${kind} '${name}' would have ${counted.size} tags, AppFlow allows ${MAX_TAGS}; nothing was changed: declare fewer tags or remove some from the ${kind}`);
  }
}
