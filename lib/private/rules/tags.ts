import { MAX_TAGS, TAG_KEY, TAG_VALUE } from '../constraints';
import { type Rule, violations } from './rule';

const TAG_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TagResource.html';

/** Rules about tags. */
export const TAG_RULES: readonly Rule<Readonly<Record<string, string>>>[] = [
  {
    code: 'tag-invalid',
    evidence: 'documented',
    source: TAG_API,
    broken: (tags) => Object.entries(tags).flatMap(([key, value]) => [
      ...violations('key of a tag', key, TAG_KEY, [key]),
      ...violations(`value of the tag '${key}'`, value, TAG_VALUE, [key]),
    ]),
  },
  {
    code: 'too-many-tags',
    evidence: 'documented',
    source: TAG_API,
    broken: (tags) => Object.keys(tags).length > MAX_TAGS
      ? [{ at: [], what: 'there are too many tags', got: String(Object.keys(tags).length), allowed: `at most ${MAX_TAGS}`, remedy: 'leave some out' }]
      : [],
  },
];
