import { type Declaration, FOREIGN, flowsIn, type FlowDeclaration, type Place, PROFILE, STACK } from './declaration';
import { type Deliveries, type Fault, ONCE, type Surroundings } from './surroundings';
import type { Flow } from '../../local-cloud/appflow/flow';
import type { Run } from '../../local-cloud/appflow/run';
import { salesforceFlow, salesforceProfile } from '../../local-cloud/appflow/samples';
import type { StackEvent } from '../../local-cloud/cloudformation/stack';
import type { LocalCloud, StackFailure } from '../../local-cloud/local-cloud';

const HOUR = 3_600_000;
/** How long a run takes at most. */
export const RUN = 120_000;
const STACK_TAG = 'appflow-constructs:stack';
const HANDOVER_TAG = 'appflow-constructs:stopped-for';
const FLOW_TYPES = ['AWS::AppFlow::Flow', 'Custom::AppFlowFlow'];

/** What somebody does to a flow by hand. */
export type Operation = 'suspend' | 'start' | 'fail' | 'delete' | 'tag' | 'retag';

type Snapshot = Pick<Flow, 'definition' | 'status' | 'tags'> & { readonly runs: number };

interface Moment {
  readonly flows: ReadonlyMap<string, Snapshot>;
  readonly placed: ReadonlyMap<Place, string>;
  readonly declared?: Declaration;
  /** What had happened by then. */
  readonly events: readonly StackEvent[];
}

/** An account in which one stack lives, beside things of others, and what has been promised of it. */
export class Account {
  /** The declaration of the last good deployment. */
  private declared?: Declaration;
  /** Flows that outlived their resources, as they were then. */
  private readonly retained = new Map<string, Snapshot>();
  /** Flows of the stack that somebody has deleted. */
  private readonly deletedByHand = new Set<Place>();
  /** The incremental runs of a place that have to follow one another without a gap. */
  private readonly runs = new Map<Place, Run[]>();

  constructor(private readonly surroundings: Surroundings) {
    const { appflow } = this.cloud;
    appflow.invoke('CreateConnectorProfile', salesforceProfile({ connectorProfileName: PROFILE }));
    appflow.invoke('CreateFlow', salesforceFlow({
      flowName: FOREIGN,
      triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } } },
      tags: { owner: 'them' },
    }));
    appflow.invoke('StartFlow', { flowName: FOREIGN });
  }

  private get cloud(): LocalCloud {
    return this.surroundings.cloud;
  }

  async deploy(next: Declaration, faults: readonly Fault[], deliveries: Deliveries): Promise<void> {
    if (this.stack?.status === 'UPDATE_ROLLBACK_FAILED') {
      // Of a flow that somebody has deleted. Nothing but the end of the stack is left.
      await this.destroy([], ONCE);
    }
    const before = this.moment;
    const { mustFail, mayFail } = this.prospects(next, before);
    const strikes = this.surroundings.strikes;
    const failure = await this.suffering(faults, deliveries, async () => this.surroundings.deploy(next));
    const isExcused = this.surroundings.strikes > strikes || this.deletedByHand.size > 0;
    this.cleanUp(before, failure === undefined ? next : this.declared);
    this.keepRetained(before);
    if (failure === undefined) {
      expect(mustFail).toEqual([]);
      this.declared = next;
      if (this.eventsSince(before).length > 0) {
        this.followRuns(before, next);
        this.expectDeclared(before, next);
      }
    } else {
      if (!isExcused && !mayFail && mustFail.length === 0) {
        throw failure;
      }
      this.expectRolledBack(before, next, failure);
    }
    this.expectAlways();
  }

  async destroy(faults: readonly Fault[], deliveries: Deliveries): Promise<void> {
    const before = this.moment;
    const strikes = this.surroundings.strikes;
    let failure = await this.suffering(faults, deliveries, async () => this.surroundings.destroy());
    if (failure !== undefined) {
      expect(this.surroundings.strikes).toBeGreaterThan(strikes);
      failure = await this.suffering([], ONCE, async () => this.surroundings.destroy());
    }
    if (failure !== undefined) {
      throw failure;
    }
    this.declared = undefined;
    this.keepRetained(before);
    this.deletedByHand.clear();
    this.runs.clear();
    this.expectAlways();
    const { identities, lambda, appflow } = this.cloud;
    expect([identities.roleNames, lambda.functionNames, [...appflow.profiles.keys()]]).toEqual([[], [], [PROFILE]]);
  }

  operate(place: Place, operation: Operation): void {
    const flow = this.flowAt(place);
    if (flow === undefined) {
      return;
    }
    const { appflow } = this.cloud;
    const { definition: { flowName, triggerConfig: { triggerType } }, arn: resourceArn } = flow;
    switch (operation) {
      case 'suspend':
        return triggerType === 'OnDemand' ? undefined : void appflow.invoke('StopFlow', { flowName });
      case 'start':
        return void appflow.invoke('StartFlow', { flowName });
      case 'fail':
        flow.status = triggerType === 'OnDemand' ? flow.status : 'Errored';
        return;
      case 'delete':
        appflow.invoke('DeleteFlow', { flowName, forceDelete: true });
        this.deletedByHand.add(place);
        this.runs.delete(place);
        return;
      case 'tag':
        return void appflow.invoke('TagResource', { resourceArn, tags: { operator: 'they' } });
      case 'retag':
        return void appflow.invoke('TagResource', { resourceArn, tags: { team: 'they' } });
    }
  }

  /** Hours pass in which active flows run on their schedules. */
  spend(hours: number, fails: boolean, inTheMiddle: boolean): void {
    for (let hour = 1; hour <= hours; hour += 1) {
      this.surroundings.pass(HOUR);
      this.placed.forEach((flowName, place) => {
        const flow = this.flow(flowName);
        if (flow?.status !== 'Active' || flow.definition.triggerConfig.triggerType !== 'Scheduled') {
          return;
        }
        if (fails) {
          this.cloud.appflow.setNextRun(flowName, { status: 'Error', message: 'The application did not answer' });
        }
        const run = this.cloud.appflow.trigger(flowName);
        if (run.pull !== undefined && this.isContinued(place, this.declared)) {
          this.runs.set(place, [...this.runs.get(place) ?? [], run]);
        }
      });
      if (hour < hours || !inTheMiddle) {
        this.surroundings.pass(RUN);
        [...this.cloud.appflow.flows.keys()].forEach((flowName) => this.cloud.appflow.invoke('DescribeFlow', { flowName }));
      }
    }
    this.expectAlways();
  }

  private get stack() {
    return this.cloud.cloudformation.find(STACK);
  }

  /** What has happened to the stacks of that name, those that are deleted among them. */
  private eventsSince({ events }: Moment): StackEvent[] {
    const known = new Set(events.map(({ eventId }) => eventId));
    return this.cloud.cloudformation.all.flatMap((stack) => stack.events).filter(({ eventId }) => !known.has(eventId));
  }

  private get placed(): Map<Place, string> {
    const flows = [...this.stack?.resources.values() ?? []].filter(({ type }) => FLOW_TYPES.includes(type));
    return new Map(flows.map(({ logicalId, physicalId }) => [/^(Main|Beside)/.exec(logicalId)![1] as Place, physicalId]));
  }

  private get moment(): Moment {
    const events = this.cloud.cloudformation.all.flatMap((stack) => stack.events);
    return { flows: this.snapshots, placed: this.placed, declared: this.declared, events };
  }

  private get snapshots(): Map<string, Snapshot> {
    const { flows } = this.cloud.appflow;
    return new Map([...flows].map(([name, { definition, status, tags, runs }]) => [name, { definition, status, tags, runs: runs.length }]));
  }

  private flow(name: string): Flow | undefined {
    return this.cloud.appflow.flows.get(name);
  }

  private flowAt(place: Place): Flow | undefined {
    return this.flow(this.placed.get(place) ?? '');
  }

  private async suffering(
    faults: readonly Fault[], deliveries: Deliveries, work: () => Promise<StackFailure | undefined>,
  ): Promise<StackFailure | undefined> {
    this.surroundings.suffer(faults, deliveries);
    try {
      return await work();
    } finally {
      this.surroundings.suffer([], ONCE);
    }
  }

  /** What speaks against a deployment. */
  private prospects(next: Declaration, { placed, declared }: Moment): { mustFail: string[]; mayFail: boolean } {
    const before = declared === undefined ? new Map<Place, FlowDeclaration>() : flowsIn(declared);
    const refused = [...flowsIn(next)].filter(([place, { name, object, byApi }]) => {
      const old = before.get(place);
      return name !== undefined && name === placed.get(place) && !this.deletedByHand.has(place) && (old?.object !== object || old?.byApi !== byApi);
    });
    const isTaken = (place: Place, name: string | undefined) => [...placed].some(([other, taker]) => other !== place && taker === name);
    const taken = [...flowsIn(next)].some(([place, { name }]) => isTaken(place, name));
    return {
      mustFail: [...next.fails ? ['it fails by itself'] : [], ...refused.map(([place]) => `${place} keeps its name, and cannot be changed so`)],
      mayFail: this.retained.size > 0 || taken || this.deletedByHand.size > 0,
    };
  }

  /** CloudFormation does not insist on cleaning up; somebody does so later, who has read of it. */
  private cleanUp(before: Moment, declared: Declaration | undefined): void {
    for (const { status, type, physicalId } of this.eventsSince(before)) {
      if (status === 'DELETE_FAILED' && FLOW_TYPES.includes(type) && ![...this.placed.values()].includes(physicalId)) {
        const name = physicalId.split('/')[0];
        if (this.flow(name) !== undefined) {
          this.cloud.appflow.invoke('DeleteFlow', { flowName: name, forceDelete: true });
        }
      }
      if (status === 'DELETE_FAILED' && type === 'Custom::AppFlowTags') {
        const { arn: resourceArn } = this.flow(FOREIGN)!;
        this.cloud.appflow.invoke('UntagResource', { resourceArn, tagKeys: ['team', 'cost'] });
        this.cloud.appflow.invoke('TagResource', { resourceArn, tags: declared?.foreignTags ?? {} });
      }
    }
  }

  /** A flow that went from the stack without its deletion belongs to nobody. One that was not replaced goes on as it was. */
  private keepRetained(before: Moment): void {
    const { flows, placed } = before;
    const skipped = this.eventsSince(before).filter(({ status, type }) => status === 'DELETE_SKIPPED' && FLOW_TYPES.includes(type));
    for (const name of skipped.map(({ physicalId }) => physicalId).filter((id) => this.flow(id) !== undefined)) {
      const place = [...placed].find(([, one]) => one === name)?.[0];
      if (place !== undefined && !this.placed.has(place)) {
        expect({ name, status: this.flow(name)?.status }).toEqual({ name, status: flows.get(name)!.status });
      }
      this.retained.set(name, this.snapshots.get(name)!);
    }
  }

  private isContinued(place: Place, declaration: Declaration | undefined): boolean {
    const flow = declaration && flowsIn(declaration).get(place);
    return flow?.trigger === 'Scheduled' && flow.pull === 'goes on';
  }

  private followRuns({ declared, placed }: Moment, next: Declaration): void {
    for (const place of placed.keys()) {
      if (!this.isContinued(place, declared) || !this.isContinued(place, next)) {
        this.runs.delete(place);
      }
    }
  }

  private expectDeclared(before: Moment, next: Declaration): void {
    const { placed } = this;
    expect([...placed.keys()].sort()).toEqual([...flowsIn(next).keys()].sort());
    for (const [place, declared] of flowsIn(next)) {
      const old = before.declared && flowsIn(before.declared).get(place);
      const predecessor = before.flows.get(before.placed.get(place) ?? '');
      const flow = this.flowAt(place);
      if (flow === undefined && this.deletedByHand.has(place)) {
        continue;
      }
      expect({ place, flow }).toEqual({ place, flow: expect.anything() });
      if (before.placed.get(place) !== placed.get(place)) {
        this.deletedByHand.delete(place);
      }
      const found = before.flows.get(placed.get(place)!);
      expect({ place, ...visible(flow!) }).toEqual({
        place,
        ...expected(declared),
        status: expect.stringMatching(statusAfter(declared, found, predecessor, old)),
        tags: expect.objectContaining(tagsAfter(declared, found)),
      });
      this.expectRuns(flow!, declared, found, old);
    }
    this.expectOnly(this.deletedByHand);
  }

  private expectRuns(flow: Flow, declared: FlowDeclaration, found: Snapshot | undefined, old: FlowDeclaration | undefined): void {
    if (declared.trigger !== 'OnDemand') {
      return;
    }
    const { flowName } = flow.definition;
    const begun = flow.runs.length - (found?.runs ?? 0);
    const isNew = found === undefined || old?.run === undefined || old.trigger !== 'OnDemand';
    const isChanged = JSON.stringify(flow.definition) !== JSON.stringify(found?.definition);
    const [least, most] = declared.run === undefined ? [0, 0]
      : isNew || declared.run === 'every deployment' ? [1, 1]
        : declared.run === 'on create' ? [0, 0]
          : isChanged ? [1, 1] : [0, JSON.stringify(declared) === JSON.stringify(old) ? 0 : 1];
    const runs = { flowName, run: declared.run, begun };
    expect({ ...runs, isFit: begun >= least && begun <= most }).toEqual({ ...runs, isFit: true });
  }

  /** The deployment has failed, and the last good state stands. */
  private expectRolledBack(before: Moment, next: Declaration, { description: { status } }: StackFailure): void {
    if (this.deletedByHand.size > 0 && status === 'UPDATE_ROLLBACK_FAILED') {
      return;
    }
    expect(status).toBe(before.declared === undefined ? 'ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_COMPLETE');
    expect(this.placed).toEqual(before.placed);
    for (const [place, declared] of before.declared === undefined ? [] : flowsIn(before.declared)) {
      const found = before.flows.get(before.placed.get(place)!);
      const flow = this.flowAt(place);
      if (found === undefined || flow === undefined) {
        expect(this.deletedByHand).toContain(place);
        continue;
      }
      const tried = flowsIn(next).get(place);
      // Where the declaration says nothing of the state, a rollback keeps to what it finds, and that is what the deployment has made of the flow.
      // So does one to the custom resource's care, which CloudFormation does not call where a deployment that has failed was to take that away.
      const isOpen = !isManaged(declared) || tried !== undefined && !isManaged(tried);
      const isTurned = tried !== undefined && (tried.trigger !== declared.trigger || isOpen && tried.activation !== declared.activation);
      expect({ place, definition: flow.definition, status: flow.status, tags: flow.tags }).toEqual({
        place,
        definition: found.definition,
        status: expect.stringMatching(new RegExp(`^(${found.status}|${statusOf(declared).join('|')}${isTurned ? '|Draft|Suspended|Active' : ''})$`)),
        tags: expect.objectContaining(withoutOthers(found.tags)),
      });
    }
    this.expectOnly(this.deletedByHand);
  }

  /** No flow is there that does not belong there. */
  private expectOnly(missing: ReadonlySet<Place>): void {
    const ours = [...this.placed].filter(([place]) => !missing.has(place)).map(([, name]) => name);
    expect([...this.cloud.appflow.flows.keys()].filter((name) => ![...missing].some((place) => this.placed.get(place) === name)).sort())
      .toEqual([...new Set([FOREIGN, ...ours, ...this.retained.keys()])].sort());
  }

  private expectAlways(): void {
    const { definition, status, tags, runs } = this.snapshots.get(FOREIGN)!;
    const isSettled = this.stack === undefined || !this.stack.status.endsWith('_FAILED');
    expect({ flowName: definition.flowName, status, runs, tags }).toEqual({
      flowName: FOREIGN, status: 'Active', runs: 0, tags: isSettled ? { owner: 'them', ...this.declared?.foreignTags } : expect.objectContaining({ owner: 'them' }),
    });
    this.retained.forEach((then, name) => {
      const now = this.snapshots.get(name);
      expect({ name, status: now?.status, definition: now?.definition }).toEqual({ name, status: then.status, definition: then.definition });
    });
    if (isSettled) {
      const handedOver = [...this.placed.values()].filter((name) => HANDOVER_TAG in (this.flow(name)?.tags ?? {}));
      expect(handedOver).toEqual([]);
    }
    this.runs.forEach((runs_) => expectNoGap(runs_.filter((run) => run.status === 'Successful')));
    expect(this.surroundings.secretsTold()).toEqual([]);
  }
}

function visible({ definition: { description, triggerConfig, tasks, sourceFlowConfig }, status, tags }: Flow) {
  const schedule = triggerConfig.triggerProperties?.Scheduled;
  return {
    description,
    trigger: triggerConfig.triggerType,
    rate: schedule?.scheduleExpression,
    pull: schedule?.dataPullMode,
    tasks: tasks.map(({ taskType }) => taskType),
    object: sourceFlowConfig.sourceConnectorProperties?.Salesforce?.object,
    status,
    tags,
  };
}

function expected({ description, trigger, hours, pull, isMasked, object }: FlowDeclaration) {
  const isScheduled = trigger === 'Scheduled';
  return {
    description,
    trigger,
    rate: isScheduled ? `rate(${hours}hours)` : undefined,
    pull: isScheduled ? pull === 'complete' ? 'Complete' : 'Incremental' : undefined,
    tasks: isMasked ? ['Map_all', 'Mask'] : ['Map_all'],
    object,
  };
}

/** Whether the custom resource sees to a state that the declaration says. */
function isManaged({ activation }: FlowDeclaration): boolean {
  return activation === 'active' || activation === 'suspended';
}

/** The states that a declaration asks for. */
function statusOf({ trigger, activation }: FlowDeclaration): string[] {
  return trigger === 'OnDemand' || activation === 'active' || activation === 'by CloudFormation' ? ['Active'] : ['Draft', 'Suspended'];
}

/**
 * The states that a flow may be in after a good deployment.
 *
 * @param found the flow of that name before the deployment
 * @param predecessor the flow of that place before the deployment
 */
function statusAfter(
  declared: FlowDeclaration, found: Snapshot | undefined, predecessor: Snapshot | undefined, old: FlowDeclaration | undefined,
): RegExp {
  const { trigger, activation } = declared;
  const any = (...statuses: string[]) => new RegExp(`^(${statuses.join('|')})$`);
  const resting = ['Draft', 'Suspended'];
  const isTurned = found !== undefined && found.definition.triggerConfig.triggerType !== trigger;
  if (trigger === 'OnDemand') {
    return any('Active');
  }
  switch (activation) {
    case 'active': return any('Active');
    case 'suspended': return any(...resting, ...found === undefined || isTurned ? [] : [found.status === 'Active' ? 'Suspended' : found.status]);
    case 'as found':
    case 'as found, at first suspended': {
      const initial = activation === 'as found' ? ['Active'] : resting;
      if (predecessor === undefined || predecessor.definition.triggerConfig.triggerType !== trigger || predecessor.status === 'Draft') {
        return any(...initial);
      }
      if (found !== undefined) {
        return any(found.status);
      }
      if (old?.byApi !== declared.byApi) {
        // One resource goes, and another comes: nothing says that it is the successor.
        return any(predecessor.status, ...initial);
      }
      return predecessor.status === 'Active' ? any('Active') : any(...resting);
    }
    case 'by CloudFormation':
      return found === undefined || isTurned || declared.byApi ? any('Active') : any('Active', found.status);
    case 'suspended by CloudFormation':
      return found === undefined || isTurned || declared.byApi ? any(...resting, 'Errored') : any(...resting, found.status);
    case 'manual':
      return found === undefined || isTurned ? any('Draft') : any(found.status);
  }
}

/** The tags that a flow has after a good deployment at least. What others have put on a flow of CloudFormation is CloudFormation's matter. */
function tagsAfter({ tags, byApi }: FlowDeclaration, found: Snapshot | undefined): Record<string, unknown> {
  return {
    ...tags,
    ...found?.tags.team === 'they' && 'team' in tags ? { team: expect.stringMatching(`^(they|${tags.team})$`) } : {},
    ...byApi && found !== undefined && 'operator' in found.tags ? { operator: 'they' } : {},
  };
}

/** CloudFormation takes tags of others from its flows: inferred. */
function withoutOthers(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key, value]) => value !== 'they' && key !== STACK_TAG));
}

function expectNoGap(runs: readonly Run[]): void {
  let end: Date | undefined;
  for (const { pull } of [...runs].sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime())) {
    const { from, to } = pull!;
    const gap = end !== undefined && from > end ? { end, from } : undefined;
    expect(gap).toBeUndefined();
    end = end === undefined || to > end ? to : end;
  }
}
