import { resolve } from 'path';
import { attachCustomSynthesis, Stack, Stage } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, type IConstruct } from 'constructs';
import { ProvidedFlow } from './custom-resources/provided-flow';
import { NAMESPACE, validationError } from './private/errors';
import { compareFlows } from './private/flow-locks';
import { asWritten, type LockedFlow, type LockedFlows, LockFile } from './private/lock-file';
import { OwnedFlow } from './private/owned-flow';
import { warn } from './private/report';
import { stableForm, surelyDiffer } from './private/stable-form';
import { literalString, quote } from './private/values';

/** The context that has lock files written. */
const UPDATE = `${NAMESPACE}:update-lock`;
const COMMAND = `cdk synth -c ${UPDATE}=true`;

/** Properties of a lock of flows. */
export interface FlowLockProps {
  /** The path of the lock file, from the working directory of the app. Commit the file with the app. */
  readonly file: string;

  /**
   * Whether the file is written instead of compared with.
   *
   * @default - when the context `appflow-constructs:update-lock` is `true`
   */
  readonly update?: boolean;
}

/**
 * Tells on synthesis what a deployment would do to the flows of an app, a stage or a stack, by a committed file that has their names, the objects of
 * their sources and destinations, and their encryption keys.
 *
 * A flow that keeps its name while one of the others changes is an error: AppFlow does not change them, so the deployment would be stopped. A flow that
 * is replaced under another name is a warning, and so are flows that the file does not have, or that are gone. Write the file with
 * `cdk synth -c appflow-constructs:update-lock=true`, with what was last deployed, and again with each change that is meant.
 *
 * A value that is known only at deploy time, such as that of a parameter, is not compared.
 *
 * @example
 * declare const app: App;
 * new FlowLock(app, 'FlowLock', { file: 'appflow.lock.json' });
 */
@propertyInjectable
export class FlowLock extends Construct {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.FlowLock';

  private readonly props: FlowLockProps;
  private readonly file: LockFile;
  private readonly compared = new Set<string>();

  /**
   * @param scope the app, stage or stack whose flows are compared. Flows that the file has of others stay in it
   */
  constructor(scope: Construct, id: string, props: FlowLockProps) {
    super(scope, id);
    this.props = props;
    this.file = new LockFile(resolve(props.file));
    compareFlows(scope, { compare: (flow) => this.compare(flow) });
    this.node.addValidation({ validate: () => this.validate() });
    // Only once nothing is wrong with the app.
    attachCustomSynthesis(this, { onSynthesize: () => this.update() });
  }

  private get isUpdate(): boolean {
    return this.props.update ?? [true, 'true'].includes(this.node.tryGetContext(UPDATE));
  }

  private get locked(): LockedFlows | undefined {
    const { content } = this.file;
    return this.isUpdate || typeof content === 'string' ? undefined : content;
  }

  private update(): void {
    if (this.isUpdate) {
      const flows: Record<string, Record<string, LockedFlow>> = {};
      for (const flow of flowsIn(this.node.scope!)) {
        (flows[Stack.of(flow).node.path] ??= {})[pathInStack(flow)] = lockedFlow(flow);
      }
      this.file.write(flows, (stack, flow) => this.isInScope(stack, flow));
    }
  }

  private validate(): string[] {
    const { content } = this.file;
    if (!this.isUpdate && content === 'missing') {
      return [validationError('flow-lock-missing', {
        what: 'the lock file of the flows does not exist',
        got: quote(this.props.file),
        allowed: 'the path of the file, from where the app is synthesized',
        remedy: `write it with ${COMMAND} while the app is as it was last deployed, and commit it`,
      })];
    }
    if (!this.isUpdate && content === 'invalid') {
      return [validationError('flow-lock-invalid', {
        what: 'the lock file of the flows is not one that this version of FlowLock has written',
        got: quote(this.props.file),
        allowed: 'the file as it was written, without marks of a merge',
        remedy: `restore it, or write it anew with ${COMMAND} while the app is as it was last deployed`,
      })];
    }
    // Stacks of other stages are written already. Those with flows were compared then.
    const stacks = this.node.scope!.node.findAll().filter((construct) => Stack.isStack(construct))
      .filter((stack) => Stage.of(stack) === Stage.of(this));
    stacks.forEach((stack) => this.compareStack(stack));
    this.reportStacksThatAreGone(stacks.at(0) ?? this);
    return [];
  }

  private compare(flow: OwnedFlow): string[] {
    const stack = Stack.of(flow);
    this.compareStack(stack);
    const before = this.locked?.[stack.node.path]?.[pathInStack(flow)];
    return before !== undefined ? this.compareFlow(flow, before, lockedFlow(flow)) : [];
  }

  private compareFlow(flow: OwnedFlow, before: LockedFlow, after: LockedFlow): string[] {
    const changes = changesBetween(before, after);
    if (surelyDiffer(before.name, after.name)) {
      warn(flow, 'flow-replaced', {
        what: `the flow has another name than in ${this.props.file}, so the deployment replaces it${after.destination.connectorType === 'S3'
          ? ', and its files in Amazon S3 are in a folder of the other name' : ''}`,
        got: `${named(after.name)}${changes.length > 0 ? ` with ${changes.map(({ got }) => got).join(', ')}` : ''}`,
        allowed: `${named(before.name)}${changes.length > 0 ? ` with ${changes.map(({ allowed }) => allowed).join(', ')}` : ''}`,
        remedy: `if that is meant, write the file with ${COMMAND}`,
      });
      return [];
    }
    return JSON.stringify(before.name) === JSON.stringify(after.name) && changes.length > 0
      ? [validationError('flow-changed-under-its-name', {
        what: 'the flow keeps its name while something changes that it keeps for life, so the deployment would be stopped',
        got: changes.map(({ got }) => got).join(', '),
        allowed: `${changes.map(({ allowed }) => allowed).join(', ')}, as in ${this.props.file}`,
        remedy: `give the flow another flowName with it, or leave flowName out; if no such flow is deployed, write the file with ${COMMAND}`,
      })]
      : [];
  }

  /** Says which flows of a stack are new, and which are gone. */
  private compareStack(stack: Stack): void {
    const { path } = stack.node;
    if (this.locked === undefined || this.compared.has(path)) {
      return;
    }
    this.compared.add(path);
    const before = Object.keys(this.locked[path] ?? {}).filter((flow) => this.isInScope(path, flow));
    const after = flowsIn(stack).filter((flow) => Stack.of(flow) === stack).map(pathInStack).filter((flow) => this.isInScope(path, flow));
    this.reportOutOfDate(stack, [
      ...after.filter((flow) => !before.includes(flow)).map((flow) => `${quote(flow)} is new`),
      ...before.filter((flow) => !after.includes(flow)).map((flow) => `${quote(flow)} is gone`),
    ]);
  }

  /** @param scope where it is said: CDK shows what is said of stacks, and of what is in them */
  private reportStacksThatAreGone(scope: Construct): void {
    const paths = flowsIn(this.node.scope!).map(({ node }) => node.path);
    const gone = Object.entries(this.locked ?? {}).filter(([stack]) => !this.compared.has(stack))
      .flatMap(([stack, flows]) => Object.keys(flows).filter((flow) => this.isInScope(stack, flow)).map((flow) => `${stack}/${flow}`));
    this.reportOutOfDate(scope, gone.filter((path) => !paths.includes(path)).map((path) => `${quote(path)} is gone`));
  }

  private reportOutOfDate(scope: Construct, differences: readonly string[]): void {
    if (differences.length > 0) {
      warn(scope, 'flow-lock-out-of-date', {
        what: 'the lock file does not have the flows that there are',
        got: differences.join(', '),
        remedy: `write ${this.props.file} with ${COMMAND}`,
      });
    }
  }

  private isInScope(stack: string, flow: string): boolean {
    const { path } = this.node.scope!.node;
    return path === '' || `${stack}/${flow}`.startsWith(`${path}/`);
  }
}

function flowsIn(scope: IConstruct): OwnedFlow[] {
  return scope.node.findAll().filter((construct) => construct instanceof OwnedFlow);
}

/** The path of a flow within its stack. */
function pathInStack(flow: OwnedFlow): string {
  return flow.node.path.slice(Stack.of(flow).node.path.length + 1);
}

function lockedFlow(flow: OwnedFlow): LockedFlow {
  const { source, destination, kmsArn } = flow._identity;
  return asWritten(stableForm(flow, {
    name: flow._plan.flowName,
    madeBy: flow._resource instanceof ProvidedFlow ? 'custom resource' : 'CloudFormation',
    source,
    destination,
    kmsArn,
  }) as LockedFlow);
}

interface Change {
  readonly got: string;
  readonly allowed: string;
}

function changesBetween(before: LockedFlow, after: LockedFlow): Change[] {
  return [
    ...memberChanges(before.source, after.source, ' of the source'),
    ...memberChanges(before.destination, after.destination, ' of the destination'),
    ...memberChanges({ 'key': before.kmsArn, 'made by': before.madeBy }, { 'key': after.kmsArn, 'made by': after.madeBy }, ''),
  ];
}

function memberChanges(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>, of: string): Change[] {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((member) => surelyDiffer(before[member], after[member])
    // A label that is left unsaid may be the same.
    && (member !== 'connectorLabel' || (before[member] !== undefined && after[member] !== undefined)));
  return (changed.includes('connectorType') ? ['connectorType'] : changed)
    .map((member) => ({ got: `${member}${of} ${named(after[member])}`, allowed: `${member}${of} ${named(before[member])}` }));
}

function named(value: unknown): string {
  return value === undefined ? 'none' : literalString(value) !== undefined ? quote(value) : JSON.stringify(value);
}
