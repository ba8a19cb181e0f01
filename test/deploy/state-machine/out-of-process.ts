import type { Assemblies } from './assemblies';
import { type Declaration, STACK } from './declaration';
import { type Fault, failureOf, type Misfortune, type Surroundings } from './surroundings';
import { CdkCli, type CdkResult } from '../../local-cloud/cdk-cli';
import type { FaultKind, InjectedFault } from '../../local-cloud/faults';
import { LocalCloud, StackFailure } from '../../local-cloud/local-cloud';

const KINDS: Record<Misfortune, FaultKind> = {
  'throttled': 'throttle', 'failing': 'internal-error', 'denied': 'access-denied', 'silent': 'timeout', 'answer lost': 'lost-response',
};
const SECRETS = /SESSION_TOKEN|AWS4-HMAC|X-Amz-Signature|custom-resource-responses/;

/** A way to deploy to a cloud in which time passes by itself, and functions run in processes of their own. */
abstract class OutOfProcess implements Surroundings {
  private faults: InjectedFault[] = [];
  private struck = 0;

  constructor(readonly cloud: LocalCloud, private readonly clock: { ahead: number }) {}

  abstract deploy(declaration: Declaration): Promise<StackFailure | undefined>;

  abstract destroy(): Promise<StackFailure | undefined>;

  get strikes(): number {
    return this.faults.reduce((sum, { hits }) => sum + hits, this.struck);
  }

  suffer(faults: readonly Fault[]): void {
    this.struck = this.strikes;
    this.cloud.faults.clear();
    this.faults = faults.map(({ misfortune, nth, times }) => this.cloud.faults.inject({ service: 'appflow', nth, times, kind: KINDS[misfortune] }));
  }

  pass(milliseconds: number): void {
    this.clock.ahead += milliseconds;
  }

  secretsTold(): string[] {
    const { lambda, cloudformation } = this.cloud;
    const events = cloudformation.all.flatMap((stack) => stack.events).map((event) => JSON.stringify(event));
    return [...lambda.logs.map(({ text }) => text), ...events].filter((text) => SECRETS.test(text));
  }

  async close(): Promise<void> {
    await this.cloud.stop();
  }
}

/** Runs end when they are looked at again: nobody waits for them. */
async function startCloud(clock: { ahead: number }): Promise<LocalCloud> {
  return LocalCloud.start({ now: () => new Date(Date.now() + clock.ahead), world: { bucketPolicies: undefined, runsSettleAfter: { looks: 1 } } });
}

/** The handler as it is delivered, in child processes, over HTTP. */
export class ChildProcesses extends OutOfProcess {
  static async start(assemblies: Assemblies): Promise<ChildProcesses> {
    const clock = { ahead: 0 };
    return new ChildProcesses(await startCloud(clock), clock, assemblies);
  }

  private constructor(cloud: LocalCloud, clock: { ahead: number }, private readonly assemblies: Assemblies) {
    super(cloud, clock);
  }

  async deploy(declaration: Declaration): Promise<StackFailure | undefined> {
    return failureOf(this.cloud.deploy({ stackName: STACK, cdkOutDirectory: this.assemblies.of(declaration).directory }));
  }

  async destroy(): Promise<StackFailure | undefined> {
    return failureOf(this.cloud.destroy(STACK));
  }
}

/** The same, and the real CDK CLI. */
export class Cli extends OutOfProcess {
  static async start(assemblies: Assemblies): Promise<Cli> {
    const clock = { ahead: 0 };
    return new Cli(await startCloud(clock), clock, assemblies);
  }

  private readonly cli: CdkCli;

  private constructor(cloud: LocalCloud, clock: { ahead: number }, private readonly assemblies: Assemblies) {
    super(cloud, clock);
    this.cli = new CdkCli({ cloud });
  }

  async deploy(declaration: Declaration): Promise<StackFailure | undefined> {
    return this.failure(await this.cli.deploy(STACK, '--app', this.assemblies.of(declaration).directory));
  }

  async destroy(): Promise<StackFailure | undefined> {
    return this.failure(await this.cli.destroy(STACK, '--app', this.assemblies.of({ fails: false }).directory));
  }

  override async close(): Promise<void> {
    this.cli.dispose();
    await super.close();
  }

  private failure({ status, output }: CdkResult): StackFailure | undefined {
    return status === 0 ? undefined : new StackFailure(this.cloud.describe(STACK), [output]);
  }
}
