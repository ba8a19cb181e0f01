import { inOrder } from './dependencies';
import { DeploymentPlan, WantedResource } from './deployment-plan';
import { ResourceHandlers } from './resource-handlers';
import { modelOf, ResourceModel, ResourceStatus, Stack, StackIntent, StackResource } from './stack';
import { invalid } from './template';

/** What an operation needs of the engine. */
export interface OperationContext {
  readonly handlers: ResourceHandlers;
  plan(stack: Stack, intent: StackIntent): DeploymentPlan;
  record(stack: Stack, status: Omit<ResourceStatus, 'timestamp'>): void;
  /** Refuses outputs whose exports clash with those of other stacks, or that take away what other stacks import. */
  checkExports(stack: Stack, exportNames: string[]): void;
  /** Cleans up after the update, or the rollback, of a nested stack; a resource of another kind, or that was not updated, has nothing to clean up. */
  finishNested(physicalId: string): Promise<void>;
}

/** An entry of the journal that a rollback undoes from its end. */
type Change =
  | { readonly kind: 'created'; readonly resource: StackResource; readonly complete: boolean }
  | { readonly kind: 'updated'; readonly before: StackResource; readonly wanted: WantedResource }
  | { readonly kind: 'replaced'; readonly before: StackResource; readonly after: StackResource; readonly complete: boolean };

/** A resource to delete, and whether its policy keeps it; or one that stays, of which only what is within it is cleaned up. */
interface Removal {
  readonly resource: StackResource;
  readonly retained: boolean;
  readonly stays?: boolean;
}

/**
 * One operation on one stack. Resources are handled one at a time, in the order of their dependencies: AWS handles independent
 * ones side by side, but one after another makes runs repeatable.
 *
 * The sequence of an update and of its rollback:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html (stack status codes)
 */
export class StackOperation {
  private readonly journal: Change[] = [];
  private readonly superseded: StackResource[] = [];
  private readonly before: ReadonlyMap<string, StackResource>;
  private readonly previous: Pick<Stack, 'deployed' | 'outputs' | 'imports'>;
  private failure?: { readonly logicalId?: string; readonly reason: string };
  private leftOver?: { readonly removals: readonly Removal[]; readonly status: string };

  constructor(private readonly stack: Stack, private readonly context: OperationContext) {
    this.before = new Map(stack.resources);
    this.previous = { deployed: stack.deployed, outputs: stack.outputs, imports: stack.imports };
  }

  get failureReason(): string {
    const { logicalId, reason } = this.failure!;
    return logicalId === undefined ? reason
      : `The following resource(s) failed to ${this.previous.deployed ? 'create or update' : 'create'}: [${logicalId}]. `;
  }

  async create(intent: StackIntent): Promise<void> {
    if (await this.provision(intent)) {
      this.succeed(intent);
      this.stackStatus('CREATE_COMPLETE');
    } else if (this.stack.disableRollback) {
      await this.keepDebris();
      this.stackStatus('CREATE_FAILED', this.failureReason);
    } else {
      await this.rollBackCreate();
    }
  }

  async update(intent: StackIntent): Promise<void> {
    await this.apply(intent);
    await this.finish();
  }

  /** Updates, or rolls back, as far as nothing is deleted yet. Resolves to whether the update went through. */
  async apply(intent: StackIntent): Promise<boolean> {
    if (await this.provision(intent)) {
      const removed = this.context.plan(this.stack, intent).removed;
      this.succeed(intent);
      this.leave('UPDATE_COMPLETE', inDeletionOrder([...this.before.values()]).flatMap((resource): Removal[] => [
        ...removed.includes(resource) ? [{ resource, retained: keeps(resource.deletionPolicy) }] : [],
        ...this.superseded.includes(resource) ? [{ resource, retained: keeps(resource.updateReplacePolicy) }] : [],
        ...removed.includes(resource) ? [] : [{ resource, retained: false, stays: true }],
      ]));
      return true;
    }
    if (this.stack.disableRollback) {
      await this.keepDebris();
      this.stackStatus('UPDATE_FAILED', this.failureReason);
    } else {
      await this.rollBackUpdate();
    }
    return false;
  }

  /** Undoes an update that has gone through, as long as it has not cleaned up; one that was rolled back stays so. Resolves to whether that succeeded. */
  async revert(): Promise<boolean> {
    if (this.leftOver?.status === 'UPDATE_COMPLETE') {
      this.leftOver = undefined;
      this.failure = { reason: 'The update of the parent stack is rolled back.' };
      Object.assign(this.stack, this.previous);
      await this.rollBackUpdate();
    }
    return this.leftOver !== undefined;
  }

  /** Deletes what an update or its rollback has left behind. */
  async finish(): Promise<void> {
    if (this.leftOver) {
      await this.cleanUp(this.leftOver.removals);
      await this.sweep();
      this.stackStatus(this.leftOver.status);
    }
  }

  async delete(): Promise<void> {
    await this.sweep();
    const failed: string[] = [];
    const blocked = new Set<string>();
    for (const resource of inDeletionOrder([...this.stack.resources.values()])) {
      if (blocked.has(resource.logicalId)) {
        resource.dependencies.forEach((dependency) => blocked.add(dependency));
      } else if (await this.remove({ resource, retained: keeps(resource.deletionPolicy) })) {
        this.stack.resources.delete(resource.logicalId);
      } else {
        failed.push(resource.logicalId);
        resource.dependencies.forEach((dependency) => blocked.add(dependency));
      }
    }
    if (failed.length > 0) {
      this.stackStatus('DELETE_FAILED', `The following resource(s) failed to delete: [${failed.join(', ')}]. `);
    } else {
      this.stackStatus('DELETE_COMPLETE');
    }
  }

  private async provision(intent: StackIntent): Promise<boolean> {
    try {
      await this.sweep();
      const plan = this.context.plan(this.stack, intent);
      for (const logicalId of plan.order) {
        await this.bring(plan, logicalId);
      }
      const outputs = plan.outputs();
      this.context.checkExports(this.stack, outputs.flatMap(({ exportName }) => exportName ?? []));
      this.stack.outputs = outputs;
      this.stack.imports = plan.imports;
      return true;
    } catch (error) {
      this.failure ??= { reason: this.context.handlers.redact(error instanceof Error ? error.message : String(error)) };
      return false;
    }
  }

  /** Brings one resource to what the template wants. */
  private async bring(plan: DeploymentPlan, logicalId: string): Promise<void> {
    const existing = this.stack.resources.get(logicalId);
    let wanted: WantedResource;
    try {
      wanted = plan.wanted(logicalId);
      this.context.handlers.check({ stack: this.stack, ...wanted });
    } catch (error) {
      const { Type: type } = (this.stack.shown ?? this.stack.deployed)!.template.Resources[logicalId];
      throw this.failed(error, existing ? 'UPDATE_FAILED' : 'CREATE_FAILED', { logicalId, type }, existing?.physicalId);
    }
    switch (plan.actionFor(wanted).action) {
      case 'keep':
        this.stack.resources.set(logicalId, { ...wanted, ...modelOf(existing!) });
        return;
      case 'create':
        return this.createNew(wanted);
      case 'replace':
        return this.replace(existing!, wanted);
      case 'update':
        return this.updateInPlace(existing!, wanted);
    }
  }

  private async createNew(wanted: WantedResource): Promise<void> {
    const resource = await this.make(wanted, 'CREATE', undefined, (partial) => {
      this.journal.push({ kind: 'created', resource: partial, complete: false });
    });
    this.journal.push({ kind: 'created', resource, complete: true });
  }

  private async replace(before: StackResource, wanted: WantedResource): Promise<void> {
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
    const after = await this.make(wanted, 'UPDATE', reason, (partial) => {
      this.journal.push({ kind: 'replaced', before, after: partial, complete: false });
    });
    this.journal.push({ kind: 'replaced', before, after, complete: true });
    this.superseded.push(before);
  }

  private async make(
    wanted: WantedResource, verb: 'CREATE' | 'UPDATE', reason: string | undefined, partial: (resource: StackResource) => void,
  ): Promise<StackResource> {
    let physicalId = '';
    this.resourceStatus(wanted, '', `${verb}_IN_PROGRESS`, reason);
    try {
      const model = await this.context.handlers.create({ stack: this.stack, ...wanted }, (id) => { physicalId = id; });
      const resource = { ...wanted, ...modelOf(model) };
      this.stack.resources.set(wanted.logicalId, resource);
      this.resourceStatus(wanted, model.physicalId, `${verb}_COMPLETE`);
      return resource;
    } catch (error) {
      if (physicalId !== '') {
        partial({ ...wanted, physicalId });
      }
      throw this.failed(error, `${verb}_FAILED`, wanted, physicalId);
    }
  }

  private async updateInPlace(before: StackResource, wanted: WantedResource): Promise<void> {
    // An update that fails may have had effects, so it is undone like one that succeeded.
    this.journal.push({ kind: 'updated', before, wanted });
    this.resourceStatus(wanted, before.physicalId, 'UPDATE_IN_PROGRESS');
    try {
      const model = await this.context.handlers.update({ stack: this.stack, ...wanted }, before, before.properties);
      this.stack.resources.set(wanted.logicalId, { ...wanted, ...modelOf(model) });
      if (model.physicalId !== before.physicalId) {
        this.superseded.push(before);
      }
      this.resourceStatus(wanted, model.physicalId, 'UPDATE_COMPLETE');
    } catch (error) {
      throw this.failed(error, 'UPDATE_FAILED', wanted, before.physicalId);
    }
  }

  private async rollBackCreate(): Promise<void> {
    this.stackStatus('ROLLBACK_IN_PROGRESS', `${this.failureReason.trim()} Rollback requested by user.`);
    const undeleted: string[] = [];
    for (const change of [...this.journal].reverse()) {
      if (change.kind === 'created' && !await this.remove({ resource: change.resource, retained: change.complete && change.resource.deletionPolicy === 'Retain' })) {
        undeleted.push(change.resource.logicalId);
        this.stack.resources.set(change.resource.logicalId, change.resource);
      } else if (change.kind === 'created') {
        this.stack.resources.delete(change.resource.logicalId);
      }
    }
    if (undeleted.length > 0) {
      this.stackStatus('ROLLBACK_FAILED', `The following resource(s) failed to delete: [${undeleted.join(', ')}]. `);
    } else {
      this.stackStatus('ROLLBACK_COMPLETE');
    }
  }

  private async rollBackUpdate(): Promise<void> {
    this.stackStatus('UPDATE_ROLLBACK_IN_PROGRESS', this.failureReason);
    const removals: Removal[] = [];
    for (const change of [...this.journal].reverse()) {
      switch (change.kind) {
        case 'created':
          this.stack.resources.delete(change.resource.logicalId);
          removals.push({ resource: change.resource, retained: change.complete && change.resource.deletionPolicy === 'Retain' });
          break;
        case 'replaced':
          this.stack.resources.set(change.before.logicalId, change.before);
          this.resourceStatus(change.before, change.before.physicalId, 'UPDATE_COMPLETE');
          removals.push({ resource: change.after, retained: change.complete && change.after.deletionPolicy === 'Retain' });
          break;
        case 'updated': {
          const stale = await this.restore(change.before, change.wanted);
          if (stale === 'failed') {
            this.stack.debris.push(...removals.flatMap(({ resource, retained, stays }) => retained || stays ? [] : resource));
            this.stackStatus('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${change.before.logicalId}]. `);
            return;
          }
          removals.push(...stale.map((resource) => ({ resource, retained: false })), { resource: change.before, retained: false, stays: true });
        }
      }
    }
    // Resources that the update left alone took over policies and dependencies of the failed template; those of the deployed one count again.
    for (const [logicalId, resource] of this.before) {
      this.stack.resources.set(logicalId, { ...resource, ...modelOf(this.stack.resources.get(logicalId)!) });
    }
    this.stack.shown = this.stack.deployed;
    this.leave('UPDATE_ROLLBACK_COMPLETE', removals);
  }

  /** What is left to do is to clean up. */
  private leave(status: string, removals: readonly Removal[]): void {
    this.leftOver = { status, removals };
    this.stackStatus(`${status}_CLEANUP_IN_PROGRESS`);
  }

  /** Updates a resource back to what it was, and tells which physical resources are left over by that. */
  private async restore(before: StackResource, wanted: WantedResource): Promise<StackResource[] | 'failed'> {
    const current = this.stack.resources.get(before.logicalId) ?? before;
    this.resourceStatus(before, current.physicalId, 'UPDATE_IN_PROGRESS');
    try {
      const model: ResourceModel = await this.context.handlers.update({ stack: this.stack, ...before }, current, wanted.properties);
      this.stack.resources.set(before.logicalId, { ...before, ...modelOf(model) });
      this.resourceStatus(before, model.physicalId, 'UPDATE_COMPLETE');
      const known = new Map([[before.physicalId, before], [current.physicalId, current]]);
      return [...known.values()].filter(({ physicalId }) => physicalId !== model.physicalId);
    } catch (error) {
      this.failed(error, 'UPDATE_FAILED', before, current.physicalId);
      return 'failed';
    }
  }

  /** Deletes what an update left behind. A resource that does not go is left: the stack is what it should be without it. */
  private async cleanUp(removals: readonly Removal[]): Promise<void> {
    for (const removal of removals) {
      const { logicalId, physicalId } = removal.resource;
      if (removal.stays) {
        await this.context.finishNested(physicalId);
        continue;
      }
      await this.remove(removal);
      if (this.stack.resources.get(logicalId)?.physicalId === physicalId) {
        this.stack.resources.delete(logicalId);
      }
    }
  }

  private async remove({ resource, retained }: Removal): Promise<boolean> {
    if (retained) {
      this.resourceStatus(resource, resource.physicalId, 'DELETE_SKIPPED');
      return true;
    }
    this.resourceStatus(resource, resource.physicalId, 'DELETE_IN_PROGRESS');
    try {
      await this.context.handlers.delete({ stack: this.stack, ...resource }, resource);
      this.resourceStatus(resource, resource.physicalId, 'DELETE_COMPLETE');
      return true;
    } catch (error) {
      this.resourceStatus(resource, resource.physicalId, 'DELETE_FAILED', error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** Without rollback, what was half done stays for the next operation to sweep up or to complete. */
  private async keepDebris(): Promise<void> {
    for (const change of this.journal) {
      if (change.kind === 'updated') {
        await this.context.finishNested(change.before.physicalId);
      }
      if (change.kind === 'updated' && this.stack.resources.get(change.before.logicalId) === change.before) {
        this.stack.resources.set(change.before.logicalId, { ...change.before, incomplete: true });
      } else if (change.kind !== 'updated' && !change.complete) {
        this.stack.debris.push(change.kind === 'created' ? change.resource : change.after);
      }
    }
    this.stack.debris.push(...this.superseded);
  }

  private async sweep(): Promise<void> {
    for (const resource of this.stack.debris.splice(0).reverse()) {
      await this.remove({ resource, retained: false });
    }
  }

  private succeed(intent: StackIntent): void {
    this.stack.deployed = intent;
  }

  private failed(error: unknown, status: string, { logicalId, type }: { logicalId: string; type: string }, physicalId = ''): Error {
    const reason = this.context.handlers.redact(error instanceof Error ? error.message : String(error));
    this.failure ??= { logicalId, reason };
    this.resourceStatus({ logicalId, type }, physicalId, status, reason);
    return invalid(reason);
  }

  private stackStatus(status: string, reason?: string): void {
    this.stack.status = status;
    this.stack.statusReason = reason;
    this.context.record(this.stack, {
      logicalId: this.stack.name, physicalId: this.stack.id, type: 'AWS::CloudFormation::Stack', status, reason,
    });
  }

  private resourceStatus({ logicalId, type }: { logicalId: string; type: string }, physicalId: string, status: string, reason?: string): void {
    this.context.record(this.stack, { logicalId, physicalId, type, status, reason });
  }
}

function keeps(policy: StackResource['deletionPolicy']): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/** Resources so that each comes before those that it needs. */
function inDeletionOrder(resources: StackResource[]): StackResource[] {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  return inOrder([...byId.keys()], (logicalId) => byId.get(logicalId)?.dependencies ?? []).reverse().map((logicalId) => byId.get(logicalId)!);
}
