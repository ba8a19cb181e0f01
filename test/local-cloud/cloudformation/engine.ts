import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '../service';
import { SsmService } from '../ssm';
import { DeploymentPlan, PlannedChange } from './deployment-plan';
import { GivenParameter, resolveParameters } from './parameters';
import { ResourceHandlers } from './resource-handlers';
import { CustomResourceSettings } from './resources/custom-resource';
import { ResourceStatus, Stack, StackIntent } from './stack';
import { StackOperation } from './stack-operation';
import { Environment } from './stack-scope';
import { invalid, parseTemplate } from './template';

export interface EngineOptions {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  readonly now: () => Date;
  /** Where a service takes so many calls a second, the milliseconds after which a resource handler makes a throttled call again, for as long as it takes. */
  readonly throttlingPause?: number;
  readonly ssm: SsmService;
  readonly handlers: (settings: EngineSettings) => ResourceHandlers;
}

/** What a test may turn while the engine runs. */
export interface EngineSettings extends CustomResourceSettings {
  /** How often a resource handler makes a call that is throttled, fails in the service, or is not answered. */
  handlerAttempts: number;
  readonly throttlingPause?: number;
}

/** What somebody wants deployed. */
export interface StackRequest {
  readonly templateBody: string;
  readonly parameters?: ReadonlyMap<string, GivenParameter>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Statuses from which a stack can be updated: user guide, "Stack status codes". */
const UPDATABLE = ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'IMPORT_COMPLETE', 'CREATE_FAILED', 'UPDATE_FAILED'];

/** CloudFormation: stacks, and the operations on them. */
export class CloudFormationEngine implements EngineSettings {
  duplicateDelivery = false;
  customResourceTimeoutSeconds = 3600;
  handlerAttempts = 3;
  readonly throttlingPause?: number;
  private readonly stacks = new Map<string, Stack>();
  private readonly operations = new Set<Promise<void>>();
  /** Updates of nested stacks that have not cleaned up yet, since that of the root stack goes on; by the id of the stack. */
  private readonly unfinished = new Map<string, StackOperation>();
  private readonly handlers: ResourceHandlers;
  private readonly environment: Environment;
  private lastTimestamp = 0;

  constructor(private readonly options: EngineOptions) {
    const { account, region, partition, urlSuffix } = options;
    this.throttlingPause = options.throttlingPause;
    this.handlers = options.handlers(this);
    this.environment = { account, region, partition, urlSuffix, exported: (name) => this.exports().get(name)?.value };
  }

  /** Every stack that was ever made, oldest first. */
  get all(): readonly Stack[] {
    return [...this.stacks.values()];
  }

  /** A stack by its name, or by its id, which still finds it after it is deleted. */
  find(nameOrId: string): Stack | undefined {
    return this.stacks.get(nameOrId) ?? this.all.find(({ name, status }) => name === nameOrId && status !== 'DELETE_COMPLETE');
  }

  get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (!stack) {
      throw invalid(`Stack with id ${nameOrId} does not exist`);
    }
    return stack;
  }

  /** A stack that is to be: it has a name and an id, and nothing else yet. */
  open(name: string, parent?: Stack): Stack {
    if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
      throw invalid(`1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`);
    }
    const { partition, region, account } = this.environment;
    const id = `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/${randomUUID()}`;
    const stack = new Stack(name, id, this.timestamp(), parent && { parentId: parent.id, rootId: parent.parents?.rootId ?? parent.id });
    this.stacks.set(id, stack);
    return stack;
  }

  forget(stack: Stack): void {
    this.stacks.delete(stack.id);
  }

  intentFor(stack: Stack, { templateBody, parameters = new Map(), tags = {} }: StackRequest): StackIntent {
    const template = parseTemplate(templateBody);
    const previous = stack.deployed?.parameters ?? new Map();
    return { templateBody, template, parameters: resolveParameters(template, parameters, previous, this.options.ssm), tags };
  }

  /** Whether an intent would change anything. */
  isChange(stack: Stack, intent: StackIntent): boolean {
    const { deployed } = stack;
    return !deployed || stack.status.endsWith('_FAILED') || !isDeepStrictEqual(effective(deployed), effective(intent));
  }

  preview(stack: Stack, intent: StackIntent): PlannedChange[] {
    return this.plan(stack, intent).preview();
  }

  /** Begins to create or update a stack; the status tells that before this returns. */
  beginDeploy(stack: Stack, intent: StackIntent, disableRollback = false): Promise<void> {
    const creating = stack.status === 'REVIEW_IN_PROGRESS';
    if (!creating && !UPDATABLE.includes(stack.status)) {
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    }
    // Refuses what can be seen to be wrong before anything is touched.
    this.preview(stack, intent);
    stack.shown = intent;
    stack.disableRollback = disableRollback;
    if (!creating) {
      stack.lastUpdated = this.timestamp();
    }
    this.announce(stack, creating ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS');
    const operation = new StackOperation(stack, this.context());
    return this.track(creating ? operation.create(intent) : operation.update(intent));
  }

  /** Begins to delete a stack; the status tells that before this returns. */
  beginDelete(stack: Stack): Promise<void> {
    if (stack.terminationProtection) {
      throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (stack.inProgress) {
      throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be deleted.`);
    }
    this.checkExports(stack, []);
    this.announce(stack, 'DELETE_IN_PROGRESS');
    return this.track(new StackOperation(stack, this.context()).delete().then(() => {
      stack.deleted = this.timestamp();
    }));
  }

  /** Creates a stack that is a resource of another. Resolves to why that failed, if it did. */
  async createNested(stack: Stack, request: StackRequest): Promise<string | undefined> {
    const intent = this.intentFor(stack, request);
    this.preview(stack, intent);
    stack.shown = intent;
    stack.disableRollback = this.get(stack.parents!.parentId).disableRollback;
    this.announce(stack, 'CREATE_IN_PROGRESS');
    const operation = new StackOperation(stack, this.context());
    await operation.create(intent);
    return stack.status === 'CREATE_COMPLETE' ? undefined : operation.failureReason;
  }

  /**
   * Updates a nested stack up to the cleaning up, which waits for the end of the root stack's update. An update of a stack that still has one to clean
   * up after comes of the parent's rollback, and undoes that. Resolves to why it failed, if it did.
   *
   * "Because of potential resource dependencies between nested stacks, CloudFormation doesn't start cleaning up nested stack resources until all nested
   * stacks have been updated or have rolled back":
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html#troubleshooting-errors-nested-stacks-are-stuck
   */
  async updateNested(stack: Stack, request: StackRequest): Promise<string | undefined> {
    const unfinished = this.unfinished.get(stack.id);
    if (unfinished) {
      return await unfinished.revert() ? undefined : unfinished.failureReason;
    }
    const intent = this.intentFor(stack, request);
    if (!this.isChange(stack, intent)) {
      return undefined;
    }
    this.preview(stack, intent);
    stack.shown = intent;
    stack.disableRollback = this.get(stack.parents!.parentId).disableRollback;
    stack.lastUpdated = this.timestamp();
    this.announce(stack, 'UPDATE_IN_PROGRESS');
    const operation = new StackOperation(stack, this.context());
    this.unfinished.set(stack.id, operation);
    return await operation.apply(intent) ? undefined : operation.failureReason;
  }

  /** Deletes a nested stack. Resolves to why that failed, if it did. */
  async deleteNested(stack: Stack): Promise<string | undefined> {
    this.checkExports(stack, []);
    this.unfinished.delete(stack.id);
    this.announce(stack, 'DELETE_IN_PROGRESS');
    await new StackOperation(stack, this.context()).delete();
    if (stack.status === 'DELETE_COMPLETE') {
      stack.deleted = this.timestamp();
      return undefined;
    }
    return stack.statusReason;
  }

  /** Resolves when no operation is under way. */
  async settled(): Promise<void> {
    while (this.operations.size > 0) {
      await Promise.allSettled([...this.operations]);
    }
  }

  exports(): Map<string, { readonly value: string; readonly stack: Stack }> {
    return new Map(this.all.filter(({ status }) => status !== 'DELETE_COMPLETE').flatMap((stack) => stack.outputs.flatMap(
      ({ exportName, value }) => exportName === undefined ? [] : [[exportName, { value, stack }] as const],
    )));
  }

  private context() {
    return {
      handlers: this.handlers,
      plan: (stack: Stack, intent: StackIntent) => this.plan(stack, intent),
      record: (stack: Stack, status: Omit<ResourceStatus, 'timestamp'>) => this.record(stack, status),
      checkExports: (stack: Stack, names: string[]) => this.checkExports(stack, names),
      finishNested: async (stackId: string) => {
        const operation = this.unfinished.get(stackId);
        this.unfinished.delete(stackId);
        await operation?.finish();
      },
    };
  }

  private plan(stack: Stack, intent: StackIntent): DeploymentPlan {
    return new DeploymentPlan(stack, intent, this.environment, this.handlers);
  }

  private checkExports(stack: Stack, names: string[]): void {
    for (const name of names) {
      const other = this.exports().get(name)?.stack;
      if (other && other !== stack) {
        throw invalid(`Export with name ${name} is already exported by stack ${other.name}.`);
      }
    }
    for (const { exportName } of stack.outputs) {
      const importer = exportName !== undefined && !names.includes(exportName)
        && this.all.find(({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.has(exportName));
      if (importer) {
        throw new ServiceError('ValidationError', `Export ${exportName} cannot be deleted as it is in use by ${importer.name}`);
      }
    }
  }

  private announce(stack: Stack, status: string): void {
    stack.status = status;
    stack.statusReason = 'User Initiated';
    this.record(stack, { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason: 'User Initiated' });
  }

  private record(stack: Stack, status: Omit<ResourceStatus, 'timestamp'>): void {
    const event = { ...status, timestamp: this.timestamp(), eventId: randomUUID() };
    stack.events.push(event);
    // The end of a physical resource that another one has replaced says nothing of the resource.
    const superseded = status.status.startsWith('DELETE_') && (stack.resources.get(status.logicalId)?.physicalId ?? status.physicalId) !== status.physicalId;
    if (status.physicalId !== stack.id && !superseded) {
      stack.statuses.set(status.logicalId, event);
    }
  }

  /** The time, never the same twice: the CDK CLI takes an event that is not newer than the last one it saw for an old one. */
  private timestamp(): Date {
    this.lastTimestamp = Math.max(this.options.now().getTime(), this.lastTimestamp + 1);
    return new Date(this.lastTimestamp);
  }

  private track(operation: Promise<void>): Promise<void> {
    this.operations.add(operation);
    const done = () => this.operations.delete(operation);
    operation.then(done, done);
    return operation;
  }
}

/** What makes a difference when it differs: everything of a template but its description and its rules. */
function effective({ template, parameters, tags }: StackIntent): unknown {
  const { Description: description, Rules: rules, ...rest } = template;
  return { rest, tags, parameters: Object.fromEntries([...parameters].map(([name, { value }]) => [name, value])) };
}
