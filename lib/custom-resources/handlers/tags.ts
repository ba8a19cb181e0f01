import { AppFlow } from './appflow';
import { CustomResourceEvent, Outcome, Properties, Trail } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';
import { requiredText } from './properties';
import { refusal } from './refusal';
import { ServiceError } from './service';
import { isReserved, refuseReserved, refuseTooMany } from './tag-rules';

/** By Map, because a tag may be called `constructor`. */
type Tags = Map<string, string>;

/** `Custom::AppFlowTags`: gives tags to a flow or connector that CloudFormation does not tag, and takes away no others than those. */
export async function tagResource(event: CustomResourceEvent, appflow: AppFlow, trail: Trail): Promise<Outcome> {
  return event.RequestType === 'Delete' ? release(event, appflow) : apply(event, appflow, trail);
}

async function apply(event: CustomResourceEvent, appflow: AppFlow, trail: Trail): Promise<Outcome> {
  const arn = requiredText(event.ResourceProperties, 'ResourceArn');
  trail.subject = arn;
  const declared = declaredTags(event.ResourceProperties);
  // Under another ARN the old properties are those of another resource, for which CloudFormation sends a Delete.
  const before: Tags = event.OldResourceProperties?.ResourceArn === arn ? tagsIn(event.OldResourceProperties) : new Map();

  const current = await read(appflow, arn);
  if (current === undefined) {
    throw new CustomResourceError(isConnector(arn) ? ErrorCode.CONNECTOR_NOT_FOUND : ErrorCode.FLOW_NOT_FOUND,
      `${nameOf(arn)} does not exist, so it cannot be tagged; create it first, or remove its tags from the stack`);
  }
  const plan = planOf(declared, before, current);
  refuseForeign(arn, plan.foreign, declared, current);
  refuseTooMany(kindOf(arn), arn, [...current.keys(), ...plan.set.keys()].filter(key => !plan.remove.includes(key)));

  // Taking away comes first: it makes room under the limit.
  await untag(appflow, arn, plan.remove);
  await tag(appflow, arn, plan.set, trail);
  return { physicalResourceId: arn };
}

async function release(event: CustomResourceEvent, appflow: AppFlow): Promise<Outcome> {
  const { ResourceArn: arn } = event.ResourceProperties;
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
  // A key whose declaration has not changed, with another value there: somebody has taken it over since.
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
      `${nameOf(arn)} has tags that this stack did not set: ${list}; nothing was changed: remove these tags from the ${kindOf(arn)} or from the stack`);
  }
}

async function read(appflow: AppFlow, arn: string): Promise<Tags | undefined> {
  try {
    const tags = await appflow.listTags(arn);
    return tags && new Map(Object.entries(tags));
  } catch (error) {
    throw new CustomResourceError(ErrorCode.TAGS_NOT_READ,
      `the tags of ${nameOf(arn)} could not be read: ${refusal('ListTagsForResource', error as ServiceError)}`);
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
    // The SDK may have made the call before, and have lost the answer.
    const isUntouched = !refused.ambiguous && await shows(appflow, arn, current => ![...tags].some(([key, value]) => current.get(key) === value));
    trail.trace = isUntouched ? 'unchanged' : 'started';
    throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED, `${nameOf(arn)} could not be tagged: ${refusal('TagResource', refused)}`);
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
      `tags ${keys.map(key => `'${key}'`).join(', ')} could not be removed from ${nameOf(arn)}: ${refusal('UntagResource', refused)}`);
  }
}

/** Whether the tags are as they should be, after a call of which nobody knows whether it was carried out. */
async function shows(appflow: AppFlow, arn: string, isDone: (current: Tags) => boolean): Promise<boolean> {
  const current = await read(appflow, arn).catch(() => undefined);
  return current !== undefined && isDone(current);
}

function declaredTags(properties: Properties): Tags {
  const tags = tagsIn(properties);
  refuseReserved(tags.keys());
  return tags;
}

/** Tags of the resource win over those of the stack. */
function tagsIn({ StackTags, Tags }: Properties): Tags {
  return new Map([StackTags, Tags].flatMap(tags => Object.entries(tags ?? {})).map(([key, value]) => [key, String(value)]));
}

function isConnector(arn: string): boolean {
  return arn.includes(':connector/');
}

function kindOf(arn: string): string {
  return isConnector(arn) ? 'connector' : 'flow';
}

function nameOf(arn: string): string {
  return `${kindOf(arn)} '${arn}'`;
}
