import { randomUUID } from 'node:crypto';
import { ServiceError } from '../service';
import { PlannedChange } from './deployment-plan';
import { CloudFormationEngine, StackRequest } from './engine';
import { Stack, StackIntent } from './stack';
import { invalid } from './template';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stack: Stack;
  readonly type: string;
  readonly created: Date;
  readonly intent: StackIntent;
  readonly changes: readonly PlannedChange[];
  status: 'CREATE_COMPLETE' | 'FAILED';
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE' | 'OBSOLETE';
  statusReason?: string;
}

/** The words by which the CDK CLI knows a change set without changes. */
const NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** Change sets, which are worked out when they are created and carried out when they are executed. */
export class ChangeSets {
  private readonly sets = new Map<string, ChangeSet>();

  constructor(private readonly engine: CloudFormationEngine, private readonly now: () => Date) {}

  create(stackName: string, name: string, type: string, request: StackRequest): ChangeSet {
    if (type !== 'CREATE' && type !== 'UPDATE') {
      throw invalid(`the local cloud makes no change sets of type ${type}`);
    }
    const existing = this.engine.find(stackName);
    if (type === 'CREATE' && existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw new ServiceError('AlreadyExistsException', `Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`);
    }
    if (type === 'UPDATE' && existing?.status === 'REVIEW_IN_PROGRESS') {
      throw invalid(`Stack [${stackName}] does not exist`);
    }
    const stack = type === 'CREATE' ? existing ?? this.engine.open(stackName) : this.engine.get(stackName);
    if (this.of(stack).some((set) => set.name === name)) {
      throw new ServiceError('AlreadyExistsException', `ChangeSet ${name} cannot be created due to a mismatch with existing attribute Template`);
    }
    try {
      return this.add(stack, name, type, request);
    } catch (error) {
      // A stack that was opened for this change set goes with it.
      if (!existing) {
        this.engine.forget(stack);
      }
      throw error;
    }
  }

  /** A change set by its id, or by its name and its stack. The sets of a deleted stack are not found by name. */
  find(nameOrId: string, stackName?: string): ChangeSet | undefined {
    const stack = stackName === undefined ? undefined : this.engine.find(stackName);
    return this.sets.get(nameOrId) ?? (stack && this.of(stack).find(({ name }) => name === nameOrId));
  }

  get(nameOrId: string, stackName?: string): ChangeSet {
    const set = this.find(nameOrId, stackName);
    if (!set) {
      throw new ServiceError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
    }
    return set;
  }

  execute(set: ChangeSet, disableRollback: boolean): void {
    if (set.executionStatus !== 'AVAILABLE') {
      throw new ServiceError('InvalidChangeSetStatus', `ChangeSet [${set.id}] cannot be executed in its current status of [${set.status}]`);
    }
    const operation = this.engine.beginDeploy(set.stack, set.intent, disableRollback);
    set.executionStatus = 'EXECUTE_IN_PROGRESS';
    this.of(set.stack).filter((other) => other !== set).forEach((other) => { other.executionStatus = 'OBSOLETE'; });
    // An executed change set is gone once its stack operation has ended.
    const done = () => {
      set.executionStatus = 'EXECUTE_COMPLETE';
    };
    operation.then(done, done);
  }

  delete(set: ChangeSet): void {
    this.sets.delete(set.id);
  }

  private add(stack: Stack, name: string, type: string, request: StackRequest): ChangeSet {
    const intent = this.engine.intentFor(stack, request);
    const { changes, refusal } = this.changes(stack, intent);
    const created: ChangeSet = {
      id: `${stack.id.replace(':stack/', ':changeSet/').replace(/[^/]+\/[^/]+$/, name)}/${randomUUID()}`,
      name,
      stack,
      type,
      created: this.now(),
      intent,
      changes,
      status: refusal === undefined ? 'CREATE_COMPLETE' : 'FAILED',
      executionStatus: refusal === undefined ? 'AVAILABLE' : 'UNAVAILABLE',
      statusReason: refusal,
    };
    this.sets.set(created.id, created);
    return created;
  }

  private of(stack: Stack): ChangeSet[] {
    return [...this.sets.values()].filter((set) => set.stack === stack);
  }

  private changes(stack: Stack, intent: StackIntent): { changes: PlannedChange[]; refusal?: string } {
    if (!this.engine.isChange(stack, intent)) {
      return { changes: [], refusal: NO_CHANGES };
    }
    return { changes: this.engine.preview(stack, intent) };
  }
}
