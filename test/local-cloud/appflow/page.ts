import { invalid } from './refusal';

/** "The default for maxResults is 20 (for all paginated API operations)": API reference, DescribeConnectorProfiles. */
const DEFAULT_PAGE = 20;

export interface Page<T> {
  readonly items: T[];
  readonly nextToken?: string;
}

interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of `all`. A token is good for the listing that gave it, named by `listing`, and for no other. */
export function pageOf<T>(listing: string, all: readonly T[], { maxResults = DEFAULT_PAGE, nextToken }: PageRequest): Page<T> {
  const start = nextToken === undefined ? 0 : startOf(listing, nextToken);
  const end = start + maxResults;
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? Buffer.from(JSON.stringify([listing, end])).toString('base64url') : undefined,
  };
}

function startOf(listing: string, token: string): number {
  try {
    const [of, start] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [string, number];
    if (of === listing && Number.isInteger(start)) return start;
  } catch {
    // Not a token of ours: refused below like one of another listing.
  }
  throw invalid('The nextToken is not one that this operation returned');
}
