import { AppFlow } from './appflow';
import { CustomResourceEvent, Outcome, Properties, Trail } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';
import { requiredText } from './properties';
import { refusal } from './refusal';
import { ServiceError } from './service';

/** By Map, because a tag may be called `constructor`. */
type Tags = Map<string, string>;

/** The most that a flow may carry and that one call may set or remove. AWS's own tags (`aws:`) are not counted. */
const MAX_TAGS = 50;
const RESERVED = 'aws:';

/** `Custom::AppFlowFlowTags`: gives tags to a flow that CloudFormation does not own, and takes away no others than those. */
export async function tagFlow(event: CustomResourceEvent, appflow: AppFlow, trail: Trail): Promise<Outcome> {
  return event.RequestType === 'Delete' ? release(event, appflow) : apply(event, appflow, trail);
}

async function apply(event: CustomResourceEvent, appflow: AppFlow, trail: Trail): Promise<Outcome> {
  const arn = requiredText(event.ResourceProperties, 'FlowArn');
  trail.subject = arn;
  const declared = declaredTags(event.ResourceProperties);
  // Under another ARN the old properties are those of another flow, for which CloudFormation sends a Delete.
  const before: Tags = event.OldResourceProperties?.FlowArn === arn ? tagsIn(event.OldResourceProperties) : new Map();

  const current = await read(appflow, arn);
  if (current === undefined) {
    throw new CustomResourceError(ErrorCode.FLOW_NOT_FOUND,
      `flow '${arn}' does not exist, so it cannot be tagged; create it first, or remove its tags from the stack`);
  }
  const plan = planOf(declared, before, current);
  refuseForeign(arn, plan.foreign, declared, current);
  refuseTooMany(arn, plan, current);

  // Taking away comes first: it makes room under the limit.
  await untag(appflow, arn, plan.remove);
  await tag(appflow, arn, plan.set, trail);
  return { physicalResourceId: arn };
}

async function release(event: CustomResourceEvent, appflow: AppFlow): Promise<Outcome> {
  const { FlowArn: arn } = event.ResourceProperties;
  const current = typeof arn === 'string' ? await read(appflow, arn) : undefined;
  if (typeof arn === 'string' && current !== undefined) {
    await untag(appflow, arn, planOf(new Map(), tagsIn(event.ResourceProperties), current).remove);
  }
  return { physicalResourceId: event.PhysicalResourceId ?? event.LogicalResourceId };
}

interface Plan {
  readonly set: Tags;
  readonly remove: string[];
  /** Declared keys with a value that this resource did not give them. */
  readonly foreign: string[];
}

function planOf(declared: Tags, before: Tags, current: Tags): Plan {
  const isOurs = (key: string) => [undefined, before.get(key), declared.get(key)].includes(current.get(key));
  // A key whose declaration has not changed, with another value on the flow: somebody has taken it over since.
  const wanted = [...declared.keys()].filter(key => isOurs(key) || declared.get(key) !== before.get(key));
  return {
    set: new Map(wanted.filter(key => current.get(key) !== declared.get(key)).map(key => [key, declared.get(key)!])),
    remove: [...before.keys()].filter(key => !declared.has(key) && current.get(key) === before.get(key) && !isReserved(key)),
    foreign: wanted.filter(key => !isOurs(key)),
  };
}

function refuseForeign(arn: string, foreign: string[], declared: Tags, current: Tags): void {
  if (foreign.length > 0) {
    const list = foreign.map(key => `'${key}' is '${current.get(key)}' and declared as '${declared.get(key)}'`).join('; ');
    throw new CustomResourceError(ErrorCode.FOREIGN_TAG,
      `flow '${arn}' has tags that this stack did not set: ${list}; nothing was changed: remove these tags from the flow or from the stack`);
  }
}

function refuseTooMany(arn: string, plan: Plan, current: Tags): void {
  const keys = new Set([...current.keys(), ...plan.set.keys()].filter(key => !isReserved(key)));
  plan.remove.forEach(key => keys.delete(key));
  if (keys.size > MAX_TAGS) {
    throw new CustomResourceError(ErrorCode.TOO_MANY_TAGS,
      `flow '${arn}' would have ${keys.size} tags, AppFlow allows ${MAX_TAGS}; nothing was changed: declare fewer tags or remove some from the flow`);
  }
}

async function read(appflow: AppFlow, arn: string): Promise<Tags | undefined> {
  try {
    const tags = await appflow.listTags(arn);
    return tags && new Map(Object.entries(tags));
  } catch (error) {
    throw new CustomResourceError(ErrorCode.TAGS_NOT_READ,
      `the tags of flow '${arn}' could not be read: ${refusal('ListTagsForResource', error as ServiceError)}`);
  }
}

async function tag(appflow: AppFlow, arn: string, tags: Tags, trail: Trail): Promise<void> {
  if (tags.size === 0) {
    return;
  }
  trail.trace = 'started';
  try {
    await appflow.tag(arn, Object.fromEntries(tags));
  } catch (error) {
    const refused = error as ServiceError;
    if (refused.ambiguous && await shows(appflow, arn, current => [...tags].every(([key, value]) => current.get(key) === value))) {
      return;
    }
    trail.trace = refused.ambiguous ? 'started' : 'unchanged';
    throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED, `flow '${arn}' could not be tagged: ${refusal('TagResource', refused)}`);
  }
}

async function untag(appflow: AppFlow, arn: string, keys: string[]): Promise<void> {
  if (keys.length === 0) {
    return;
  }
  try {
    await appflow.untag(arn, keys);
  } catch (error) {
    const refused = error as ServiceError;
    if (refused.isNotFound || refused.ambiguous && await shows(appflow, arn, current => !keys.some(key => current.has(key)))) {
      return;
    }
    throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED,
      `tags ${keys.map(key => `'${key}'`).join(', ')} could not be removed from flow '${arn}': ${refusal('UntagResource', refused)}`);
  }
}

/** Whether the tags are as they should be, after a call of which nobody knows whether it was carried out. */
async function shows(appflow: AppFlow, arn: string, isDone: (current: Tags) => boolean): Promise<boolean> {
  const current = await read(appflow, arn).catch(() => undefined);
  return current !== undefined && isDone(current);
}

function declaredTags(properties: Properties): Tags {
  const tags = tagsIn(properties);
  const reserved = [...tags.keys()].filter(isReserved);
  if (reserved.length > 0) {
    throw new CustomResourceError(ErrorCode.RESERVED_TAG_KEY,
      `tag keys may not start with '${RESERVED}', got ${reserved.map(key => `'${key}'`).join(', ')}; choose other keys`);
  }
  return tags;
}

function tagsIn(properties: Properties): Tags {
  return new Map(Object.entries(properties.Tags ?? {}).map(([key, value]) => [key, String(value)]));
}

function isReserved(key: string): boolean {
  return key.startsWith(RESERVED);
}
