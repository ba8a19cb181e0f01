import type { AppFlow, FlowDescription, FlowRequest } from './appflow';
import { CustomResourceEvent, Outcome, Properties, traceOf, Trail } from './cloudformation';
import type { TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode, flowNotFound } from './errors';
import { flowDescription } from './flow-description';
import { identityChanged, identityChanges, type IdentityChange } from './flow-identity';
import { canonical, clientToken, creationTags, isOfRequest, isOfResource, isOfStack, requestOfCreate, requestOfReplacement } from './ownership';
import { another, persist, persistUntilGone } from './persistence';
import { requiredStructure, requiredText } from './properties';
import { refusal } from './refusal';
import { asServiceError, type ServiceError } from './service';
import type { OwnStack } from './stack';
import { refuseReserved, refuseTooMany } from './tag-rules';

type Tags = Readonly<Record<string, string>>;

interface Retagging {
  readonly set: [string, string][];
  readonly remove: string[];
}

/** The physical id of a Create that failed, as this handler makes it: the flow's name, and the request. */
const FAILED_CREATE = /^([^/]+)\/([0-9a-f]+)\/create-failed\//;

const REMEDIES = {
  ValidationException: 'correct what AppFlow names, and deploy again',
  ConnectorAuthenticationException: 'look whether the connector profile can still sign in, and deploy again',
  ConnectorServerException: 'look whether the application answers and the objects and buckets exist, and deploy again',
  ResourceNotFoundException: 'create what AppFlow names, such as the connector profile, and deploy again',
};

/** `Custom::AppFlowFlow`: a flow that CloudFormation cannot express. Its physical id is its name. */
export async function provideFlow(event: CustomResourceEvent, appflow: AppFlow, stack: OwnStack, time: TimeLeft, trail: Trail): Promise<Outcome> {
  const flow = new ProvidedFlow(event, appflow, stack, time, trail);
  return event.RequestType === 'Delete' ? flow.delete() : flow.apply();
}

class ProvidedFlow {
  private readonly properties: Properties;
  private readonly old: Properties;

  constructor(
    private readonly event: CustomResourceEvent,
    private readonly appflow: AppFlow,
    private readonly stack: OwnStack,
    private readonly time: TimeLeft,
    private readonly trail: Trail,
  ) {
    this.properties = event.ResourceProperties;
    this.old = event.OldResourceProperties ?? {};
  }

  public async apply(): Promise<Outcome> {
    const structure = requiredStructure(this.properties, 'Flow');
    const request: FlowRequest = { ...structure, flowName: requiredText(structure, 'flowName') };
    const { RequestType, PhysicalResourceId } = this.event;
    if (RequestType === 'Create') {
      return this.outcome(request, await this.create(request, requestOfCreate(this.event)));
    }
    const arn = PhysicalResourceId === request.flowName ? await this.update(request) : await this.replace(request);
    return this.outcome(request, arn);
  }

  public async delete(): Promise<Outcome> {
    const { PhysicalResourceId: id = '' } = this.event;
    const { flowName } = (this.properties.Flow ?? {}) as Properties;
    const failed = FAILED_CREATE.exec(id);
    if (failed !== null) {
      await this.deleteIf(failed[1], tags => isOfRequest(tags, this.event, failed[2]));
    } else if (typeof flowName === 'string' && traceOf(id) === undefined) {
      // An id that is not the name was made up by CloudFormation, for a Create that never answered.
      await this.deleteIf(flowName, tags => id === flowName ? isOfStack(tags, this.event) : isOfResource(tags, this.event));
    }
    return { physicalResourceId: id };
  }

  private outcome({ flowName }: FlowRequest, arn: string | undefined): Outcome {
    return { physicalResourceId: flowName, data: arn === undefined ? {} : { FlowArn: arn } };
  }

  /** Resolves to the flow's ARN. */
  private async create(request: FlowRequest, id: string): Promise<string | undefined> {
    const { flowName: name } = request;
    this.trail.subject = `${name}/${id}`;
    const tags = { ...this.declaredTags(), ...creationTags(this.event, id) };
    refuseTooMany('flow', name, Object.keys(tags));
    for (let attempt = 0; ; attempt++) {
      let refused: ServiceError;
      try {
        this.trail.trace = 'started';
        return await this.appflow.createFlow(request, tags, clientToken(this.event));
      } catch (error) {
        refused = asServiceError(error);
      }
      if (refused.ambiguous) {
        const found = await this.describe(name);
        if (isOfRequest(found?.tags, this.event, id)) {
          return found?.arn;
        }
        if (found !== undefined) {
          this.trail.trace = 'unchanged';
          throw exists(name);
        }
      }
      if (!refused.ambiguous || !await another(attempt, this.time)) {
        // A call that was refused has done nothing, but one before it may have, which may have been the SDK's own.
        const left = refused.ambiguous ? undefined : await this.describe(name).catch(() => undefined);
        if (isOfRequest(left?.tags, this.event, id)) {
          return left?.arn;
        }
        this.trail.trace = !refused.ambiguous && attempt === 0 ? 'unchanged' : 'started';
        throw new CustomResourceError(ErrorCode.FLOW_NOT_CREATED, `flow '${name}' could not be created: ${refusal('CreateFlow', refused, REMEDIES)}`);
      }
    }
  }

  /** Another name makes another flow, unless it is there already: then this is a rollback, or a repeated delivery. */
  private async replace(request: FlowRequest): Promise<string | undefined> {
    const { flowName: name } = request;
    const id = requestOfReplacement(this.event.PhysicalResourceId, request);
    const found = await this.describe(name);
    if (found === undefined) {
      try {
        return await this.create(request, id);
      } catch (error) {
        // CloudFormation keeps the old physical id, and so sends no Delete for the new flow.
        await this.deleteIf(name, tags => isOfRequest(tags, this.event, id)).catch(() => undefined);
        throw error;
      }
    }
    // A flow that was retained when it was replaced is not the stack's any more: what a rollback returns to never was given up.
    if (!isOfResource(found.tags, this.event) || !isOfRequest(found.tags, this.event, id) && !await this.stack.isRollingBack().catch(() => true)) {
      throw exists(name);
    }
    const retagging = this.planTags(found, name, {});
    if (!isOfRequest(found.tags, this.event, id)) {
      await this.updateFlow(request);
    }
    await this.retag(found, retagging);
    return found.arn;
  }

  private async update(request: FlowRequest): Promise<string | undefined> {
    const { flowName: name } = request;
    const before = (this.old.Flow ?? {}) as Properties;
    const found = await this.describe(name);
    if (found === undefined) {
      throw flowNotFound(name);
    }
    if (!isOfStack(found.tags, this.event)) {
      throw exists(name);
    }
    this.refuseOtherKey(request, before, found);
    const wasRefused = this.refuseOtherObject(request, before, found);
    const retagging = this.planTags(found, name, before.flowName === name ? tagsIn(this.old) : {});
    if (!wasRefused && canonical(request) !== canonical(before)) {
      await this.updateFlow(request);
    }
    await this.retag(found, retagging);
    await this.abandonFailedReplacement(name, before);
    return found.arn;
  }

  /** A flow keeps its key. A rollback gives the key back that the flow still has. */
  private refuseOtherKey({ flowName, kmsArn }: FlowRequest, before: Properties, found: FlowDescription): void {
    const isOther = before.flowName === flowName && before.kmsArn !== kmsArn
      && (kmsArn === undefined ? found.kmsArn === before.kmsArn : found.kmsArn !== kmsArn);
    if (isOther) {
      throw new CustomResourceError(ErrorCode.FLOW_KEY_CHANGED,
        `the encryption key of flow '${flowName}' cannot be changed; give the flow another flowName in the same deployment, so that it is replaced`);
    }
  }

  /** A flow keeps its objects. Returns whether this is the rollback of an update that was refused: then the flow still has those that it returns to. */
  private refuseOtherObject({ flowName }: FlowRequest, before: Properties, found: FlowDescription): boolean {
    const [was, is] = [this.old.Identity, this.properties.Identity] as (Properties | undefined)[];
    if (before.flowName !== flowName || was === undefined || is === undefined) {
      return false;
    }
    const has = ({ end, member, before: value }: IdentityChange) => {
      const flowEnd = end === 'Source' ? found.source : found.destination;
      return String((member === 'connectorType' ? flowEnd?.connectorType : flowEnd?.properties[member]) ?? '') === value;
    };
    const changes = identityChanges(was, is);
    const refused = changes.filter(has);
    if (refused.length > 0) {
      throw identityChanged([[flowName, refused]]);
    }
    return changes.length > 0;
  }

  /** A replacement that failed may have left its flow. It shows in the rollback: the properties before were of another flow. */
  private async abandonFailedReplacement(name: string, before: Properties): Promise<void> {
    const { flowName: abandoned } = before;
    if (typeof abandoned === 'string' && abandoned !== name) {
      const id = requestOfReplacement(name, before);
      await this.deleteIf(abandoned, tags => isOfRequest(tags, this.event, id));
    }
  }

  private async updateFlow(request: FlowRequest): Promise<void> {
    const { kmsArn, ...changeable } = request;
    try {
      await persist(async () => this.appflow.updateFlow(changeable as unknown as FlowRequest, clientToken(this.event)), this.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.FLOW_NOT_UPDATED,
        `flow '${request.flowName}' could not be updated: ${refusal('UpdateFlow', asServiceError(error), REMEDIES)}`);
    }
  }

  /** What has to be set and removed, of which a tag that others have given another value is not. */
  private planTags({ tags = {} }: FlowDescription, name: string, before: Tags): Retagging {
    const declared = this.declaredTags();
    const remove = Object.keys(before).filter(key => !Object.hasOwn(declared, key) && Object.hasOwn(tags, key) && tags[key] === before[key]);
    const set = Object.entries(declared).filter(([key, value]) => !Object.hasOwn(tags, key) || tags[key] !== value);
    refuseTooMany('flow', name, [...Object.keys(tags), ...Object.keys(declared)].filter(key => !remove.includes(key)));
    return { set, remove };
  }

  private async retag({ arn }: FlowDescription, { set, remove }: Retagging): Promise<void> {
    const apply = async (operation: string, call: () => Promise<void>) => {
      try {
        await persist(call, this.time);
      } catch (error) {
        throw new CustomResourceError(ErrorCode.TAGS_NOT_APPLIED, `the tags of flow '${arn}' could not be changed: ${refusal(operation, error as ServiceError)}`);
      }
    };
    // Taking away comes first: it makes room under the limit.
    if (remove.length > 0) {
      await apply('UntagResource', async () => this.appflow.untag(arn!, remove));
    }
    if (set.length > 0) {
      await apply('TagResource', async () => this.appflow.tag(arn!, Object.fromEntries(set)));
    }
  }

  private async deleteIf(name: string, isOurs: (tags: Tags | undefined) => boolean): Promise<void> {
    const found = await this.describe(name);
    if (found === undefined || !isOurs(found.tags)) {
      return;
    }
    try {
      await persistUntilGone(async () => this.appflow.deleteFlow(name), this.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.FLOW_NOT_DELETED, `flow '${name}' could not be deleted: ${refusal('DeleteFlow', error as ServiceError)}`);
    }
  }

  private async describe(name: string): Promise<FlowDescription | undefined> {
    return flowDescription(this.appflow, name);
  }

  private declaredTags(): Tags {
    const tags = tagsIn(this.properties);
    refuseReserved(Object.keys(tags));
    return tags;
  }
}

/** Tags of the flow win over those of the stack. */
function tagsIn({ StackTags, Tags }: Properties): Tags {
  return { ...StackTags as Tags, ...Tags as Tags };
}

function exists(name: string): CustomResourceError {
  return new CustomResourceError(ErrorCode.FLOW_EXISTS,
    `flow '${name}' exists already, and this resource did not create it, so it was left alone; give the flow another flowName or leave flowName out. `
    + 'A flow that CloudFormation made until now, and of which it cannot express the change, needs another name too');
}
