import { ParameterValue } from './parameters';
import { RemovalPolicy, Template } from './template';

/** What a resource type's handler knows of an existing resource. */
export interface ResourceModel {
  readonly physicalId: string;
  /** What `Ref` returns; the physical id unless told. */
  readonly ref?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** The attributes are withheld from outputs: `NoEcho` of a custom resource's answer. */
  readonly noEcho?: boolean;
}

export interface StackResource extends ResourceModel {
  readonly logicalId: string;
  readonly type: string;
  /** Evaluated, with the stack's tags, but with dynamic references as written: a resolved secret is never kept. */
  readonly properties: Readonly<Record<string, unknown>>;
  readonly dependencies: readonly string[];
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
  readonly metadata: unknown;
  /** An update of it failed and was not rolled back. */
  readonly incomplete?: boolean;
}

/** What a handler said of a resource, without what the template says. */
export function modelOf({ physicalId, ref, attributes, noEcho }: ResourceModel): ResourceModel {
  return { physicalId, ref, attributes, noEcho };
}

export interface ResourceStatus {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly timestamp: Date;
}

export interface StackEvent extends ResourceStatus {
  readonly eventId: string;
  readonly clientRequestToken?: string;
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What a deployment wants of a stack. */
export interface StackIntent {
  readonly templateBody: string;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StackIdentity {
  readonly name: string;
  readonly id: string;
}

/** The stacks that a nested stack is in: the one whose resource it is, and the one above all. */
export interface StackParents {
  readonly parentId: string;
  readonly rootId: string;
}

/** A stack: what was last deployed, and what exists of it. */
export class Stack implements StackIdentity {
  status = 'REVIEW_IN_PROGRESS';
  statusReason?: string;
  terminationProtection = false;
  disableRollback = false;
  lastUpdated?: Date;
  deleted?: Date;
  /** What the stack was last deployed from; none before the first deployment succeeds. */
  deployed?: StackIntent;
  /** What GetTemplate and DescribeStacks tell: the last intent, whether or not it came to be. */
  shown?: StackIntent;
  outputs: StackOutput[] = [];
  /** Names of the exports of other stacks that this one imports. */
  imports = new Set<string>();
  readonly resources = new Map<string, StackResource>();
  /** What failed operations left behind where rollback was disabled or failed; the next operation sweeps it up first. */
  readonly debris: StackResource[] = [];
  /** The last status of each logical id. */
  readonly statuses = new Map<string, ResourceStatus>();
  /** Oldest first. */
  readonly events: StackEvent[] = [];

  constructor(readonly name: string, readonly id: string, readonly created: Date, readonly parents?: StackParents) {}

  get inProgress(): boolean {
    return this.status.endsWith('_IN_PROGRESS') && this.status !== 'REVIEW_IN_PROGRESS';
  }
}
