import { AppflowClient } from '@aws-sdk/client-appflow';
import { AppFlowService } from './appflow/appflow-service';
import { like, type PolicyStatement } from './appflow/bucket-policy';
import { partnerEventSource } from './appflow/flow';
import { World } from './appflow/world';
import { Calls } from './calls';
import { CloudAssembly } from './cloud-assembly';
import { DynamicReferences } from './cloudformation/dynamic-references';
import { CloudFormationEngine } from './cloudformation/engine';
import { CloudFormationService } from './cloudformation/query-api';
import { ResourceHandlers, withRetries } from './cloudformation/resource-handlers';
import { AppFlowCall, ConnectorProfileProvider, ConnectorProvider, FlowProvider } from './cloudformation/resources/appflow';
import { CustomResourceProvider } from './cloudformation/resources/custom-resource';
import { EventBusProvider, RuleProvider } from './cloudformation/resources/events';
import { generatedName } from './cloudformation/resources/generated-name';
import { GenericProvider } from './cloudformation/resources/generic';
import { PolicyProvider, RoleProvider } from './cloudformation/resources/iam';
import { FunctionProvider, PermissionProvider } from './cloudformation/resources/lambda';
import {
  alarm, customerProfilesDomain, customerProfilesObjectType, dashboard, glueDatabase, KeyProvider, kmsAlias, logGroup, NamedProvider,
  redshiftServerless,
} from './cloudformation/resources/named';
import { NestedStackProvider } from './cloudformation/resources/nested-stack';
import { ResourceProvider } from './cloudformation/resources/provider';
import { BucketPolicyProvider, BucketProvider } from './cloudformation/resources/s3';
import { SecretPolicyProvider, SecretProvider } from './cloudformation/resources/secrets-manager';
import { StateMachineProvider } from './cloudformation/resources/step-functions';
import { ResponseMailbox } from './cloudformation/response-mailbox';
import { Stack, StackEvent, StackResource } from './cloudformation/stack';
import { EventBuses } from './event-buses';
import { Faults, InjectedError } from './faults';
import { Identities } from './iam';
import { Lambda, type MakeRunner } from './lambda';
import { LambdaService } from './lambda-api';
import { ResourcePolicies } from './resource-policies';
import { S3Service } from './s3';
import { Secrets } from './secrets';
import { SecretsManagerService } from './secrets-manager';
import { LocalServer } from './server';
import { Caller, LocalResponse } from './service';
import { SsmService } from './ssm';
import { StateMachines } from './state-machines';
import { StateTasks } from './state-tasks';
import { StepFunctionsService } from './step-functions';
import { StsService } from './sts';

export interface LocalCloudOptions {
  /** @default '111111111111' */
  readonly account?: string;
  /** @default 'eu-west-1' */
  readonly region?: string;
  /** @default - a free port */
  readonly port?: number;
  /** @default - the clock */
  readonly now?: () => Date;
  /** The Node.js binary that runs Lambda functions. @default - the one that runs this process */
  readonly nodePath?: string;
  /** Runs Lambda functions in another way. @default - in child processes */
  readonly runner?: MakeRunner;
  /** What else Amazon AppFlow can see of the world: vendors, their objects, quotas. */
  readonly world?: Partial<World>;
}

export interface DeployOptions {
  readonly stackName: string;
  /** A template, where there is no cloud assembly. */
  readonly template?: object;
  /** The directory that a CDK app synthesized the stack into. */
  readonly cdkOutDirectory?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disableRollback?: boolean;
}

/** A stack as a test looks at it. */
export interface StackDescription {
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: Readonly<Record<string, StackResource>>;
}

/** A deployment or a deletion did not come out as asked for; the message tells which resource failed first and why. */
export class StackFailure extends Error {
  constructor(readonly description: StackDescription, readonly reasons: readonly string[]) {
    super(`${description.stackName} is ${description.status}: ${reasons.join('; ') || description.statusReason}`);
    this.name = 'StackFailure';
  }
}

/** A cloud on the loopback interface that the CDK CLI and the AWS SDKs can use, and that a test can look into. */
export class LocalCloud {
  static async start(options: LocalCloudOptions = {}): Promise<LocalCloud> {
    const cloud = new LocalCloud(options);
    await cloud.server.listen(options.port ?? 0);
    return cloud;
  }

  readonly account: string;
  readonly region: string;
  readonly appflow: AppFlowService;
  readonly cloudformation: CloudFormationEngine;
  readonly s3: S3Service;
  readonly ssm = new SsmService();
  readonly secrets = new Secrets();
  readonly identities: Identities;
  readonly policies = new ResourcePolicies();
  // Whether a partner event source outlives the flows that publish to it is not known.
  readonly eventBuses = new EventBuses((name) => [...this.appflow.flows.values()].some(({ definition }) => partnerEventSource(definition) === name));
  readonly lambda: Lambda;
  readonly stateMachines: StateMachines;
  readonly calls = new Calls();
  readonly faults = new Faults();
  private readonly server: LocalServer;
  private readonly mailbox = new ResponseMailbox(() => this.endpoint);

  private constructor({ account = '111111111111', region = 'eu-west-1', now = () => new Date(), nodePath = process.execPath, runner, world }: LocalCloudOptions) {
    this.account = account;
    this.region = region;
    this.identities = new Identities(account, region, (arn) => [...this.appflow.flows.values()].find((flow) => flow.arn === arn)?.tags ?? {});
    this.s3 = new S3Service(account, region);
    this.lambda = new Lambda({ region, identities: this.identities, endpoint: () => this.endpoint, nodePath, runner });
    this.stateMachines = new StateMachines(new StateTasks(this.lambda, this.identities, (accessKeyId) => new AppflowClient({
      endpoint: this.endpoint, region, credentials: { accessKeyId, secretAccessKey: 'local' }, maxAttempts: 1,
    })), this.identities);
    this.appflow = new AppFlowService({
      account,
      region,
      now,
      bucketPolicies: (bucket) => this.policies.get('bucket', bucket),
      hasObjects: (bucket, prefix) => !this.s3.hasBucket(bucket) || this.s3.keys(bucket, prefix).length > 0,
      secretReadable: (arn) => this.secretReadable(arn),
      functionInvocable: (arn, sourceArn) => this.functionInvocable(arn, sourceArn),
      hasEventBus: (source) => this.eventBuses.has(source),
      ...world,
    });
    this.cloudformation = new CloudFormationEngine({
      account,
      region,
      partition: 'aws',
      urlSuffix: 'amazonaws.com',
      now,
      throttlingPause: world?.callsPerSecond !== undefined ? 1000 / world.callsPerSecond : undefined,
      ssm: this.ssm,
      handlers: (settings) => new ResourceHandlers({
        providers: this.providers(),
        generic: new GenericProvider((service) => this.arnPrefix(service)),
        custom: new CustomResourceProvider(this.lambda, this.stateMachines, this.mailbox, settings),
        references: new DynamicReferences(this.secrets, this.ssm),
      }),
    });
    this.server = new LocalServer({
      services: [
        this.appflow, new CloudFormationService(this.cloudformation, this.s3, now), this.s3, this.ssm,
        new SecretsManagerService(this.secrets), new StsService(account, this.identities),
        new LambdaService(this.lambda), new StepFunctionsService(this.stateMachines),
      ],
      identities: this.identities,
      mailbox: this.mailbox,
      faults: this.faults,
      calls: this.calls,
    });
  }

  get endpoint(): string {
    return this.server.endpoint;
  }

  /** What a process needs in its environment so that the CDK CLI and the SDKs in it talk to this cloud, and to nothing else. */
  get env(): Record<string, string> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DEFAULT_ACCOUNT: this.account,
      CDK_DEFAULT_REGION: this.region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      // The CLI's own SDK would announce the end of Node.js 20 in the middle of every deployment.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  /**
   * Deploys a stack in process as `cdk deploy` would: assets are published, a stack that failed to be created is deleted first, and
   * a deployment without changes does nothing. Rejects with a `StackFailure` unless the stack ends as asked for.
   */
  async deploy({ stackName, template, cdkOutDirectory, parameters, tags, disableRollback }: DeployOptions): Promise<StackDescription> {
    const assembly = cdkOutDirectory === undefined ? undefined : new CloudAssembly(cdkOutDirectory);
    assembly?.publish(this.s3, { 'AWS::AccountId': this.account, 'AWS::Region': this.region, 'AWS::Partition': 'aws' });
    const assembled = assembly?.stack(stackName);
    if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'].includes(this.cloudformation.find(stackName)?.status ?? '')) {
      await this.destroy(stackName);
    }
    const existing = this.cloudformation.find(stackName);
    const stack = existing ?? this.cloudformation.open(stackName);
    const given = Object.entries({ ...assembled?.parameters, ...parameters });
    const eventsBefore = stack.events.length;
    try {
      const intent = this.cloudformation.intentFor(stack, {
        templateBody: assembled?.templateBody ?? JSON.stringify(template),
        parameters: new Map(given.map(([name, value]) => [name, { value }])),
        tags: { ...assembled?.tags, ...tags },
      });
      if (!this.cloudformation.isChange(stack, intent)) {
        return this.describe(stackName);
      }
      await this.cloudformation.beginDeploy(stack, intent, disableRollback);
    } catch (error) {
      if (!existing && stack.events.length === 0) {
        this.cloudformation.forget(stack);
      }
      throw error;
    }
    return this.expect(stack, ['CREATE_COMPLETE', 'UPDATE_COMPLETE'], eventsBefore);
  }

  /** Deletes a stack in process. One that does not exist is deleted already. */
  async destroy(stackName: string): Promise<void> {
    const stack = this.cloudformation.find(stackName);
    if (stack) {
      const eventsBefore = stack.events.length;
      await this.cloudformation.beginDelete(stack);
      this.expect(stack, ['DELETE_COMPLETE'], eventsBefore);
    }
  }

  /** A stack by its name, or by its id also after it is deleted. */
  describe(stackName: string): StackDescription {
    return describe(this.cloudformation.get(stackName));
  }

  /** The events of a stack, oldest first, by its name, or by its id also after it is deleted. */
  events(stackName: string): readonly StackEvent[] {
    return this.cloudformation.get(stackName).events;
  }

  /** Takes the answer to a custom resource's request in process, as it is put over HTTP. */
  putAnswer(url: string, body: string): LocalResponse {
    return this.mailbox.receive('PUT', new URL(url).pathname, Buffer.from(body));
  }

  /** Ends everything: no port, process or temporary file of this cloud is left. */
  async stop(): Promise<void> {
    this.stateMachines.stop();
    this.lambda.stop();
    this.mailbox.closeAll();
    await this.cloudformation.settled();
    await this.stateMachines.settled();
    await this.server.close();
  }

  private expect(stack: Stack, statuses: string[], eventsBefore: number): StackDescription {
    if (!statuses.includes(stack.status)) {
      const begun = stack.events[eventsBefore].timestamp;
      const nested = this.cloudformation.all.filter(({ parents }) => parents?.rootId === stack.id);
      const failures = [...nested, stack].flatMap(({ id, events }) => events.filter(({ physicalId, status, timestamp }) =>
        physicalId !== id && timestamp >= begun && status.endsWith('_FAILED'))).sort((one, other) => one.timestamp.getTime() - other.timestamp.getTime());
      throw new StackFailure(describe(stack), failures.flatMap(({ logicalId, reason }) => reason === undefined ? [] : [`${logicalId}: ${reason}`]));
    }
    return describe(stack);
  }

  private arnPrefix(service: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}`;
  }

  private providers(): Map<string, ResourceProvider> {
    const caller: Caller = { accessKeyId: 'cloudformation', signingName: 'appflow' };
    const call: AppFlowCall = async (operation, input) => withRetries(this.cloudformation, async () => {
      const begun = this.calls.begin({ service: 'appflow', operation, via: 'cloudformation', accessKeyId: caller.accessKeyId, input });
      try {
        const output = await this.faults.around('appflow', operation, async () => this.appflow.invoke(operation, input as never, caller));
        begun.outcome = 'ok';
        return output;
      } catch (error) {
        begun.outcome = error instanceof InjectedError ? error.kind : error instanceof Error ? error.name : 'unknown';
        throw error;
      }
    });
    const policy = new PolicyProvider(this.identities, this.account, 'aws');
    const domains = new NamedProvider(customerProfilesDomain);
    const namespaces = new NamedProvider(redshiftServerless('Namespace', this.arnPrefix('redshift-serverless')));
    return new Map<string, ResourceProvider>([
      ['AWS::CloudFormation::Stack', new NestedStackProvider(() => this.cloudformation, this.s3)],
      ['AWS::AppFlow::Flow', new FlowProvider(call)],
      ['AWS::AppFlow::ConnectorProfile', new ConnectorProfileProvider(call)],
      ['AWS::AppFlow::Connector', new ConnectorProvider(call)],
      ['AWS::S3::Bucket', new BucketProvider(this.s3, this.region, 'aws')],
      ['AWS::S3::BucketPolicy', new BucketPolicyProvider(this.policies)],
      ['AWS::IAM::Role', new RoleProvider(this.identities, this.account, 'aws')],
      ['AWS::IAM::Policy', policy],
      ['AWS::IAM::ManagedPolicy', policy],
      ['AWS::Lambda::Function', new FunctionProvider(this.lambda, this.s3, this.arnPrefix('lambda'))],
      ['AWS::StepFunctions::StateMachine', new StateMachineProvider(this.stateMachines, this.arnPrefix('states'))],
      ['AWS::Lambda::Permission', new PermissionProvider(this.policies, this.arnPrefix('lambda'))],
      ['AWS::Logs::LogGroup', new NamedProvider(logGroup(this.arnPrefix('logs')))],
      ['AWS::KMS::Key', new KeyProvider(this.policies, this.arnPrefix('kms'))],
      ['AWS::KMS::Alias', new NamedProvider(kmsAlias)],
      ['AWS::SecretsManager::Secret', new SecretProvider(this.secrets, this.arnPrefix('secretsmanager'))],
      ['AWS::SecretsManager::ResourcePolicy', new SecretPolicyProvider(this.policies)],
      ['AWS::Events::EventBus', new EventBusProvider(this.eventBuses, this.arnPrefix('events'))],
      ['AWS::Events::Rule', new RuleProvider(this.eventBuses, this.arnPrefix('events'))],
      ['AWS::Glue::Database', new NamedProvider(glueDatabase)],
      ['AWS::CloudWatch::Alarm', new NamedProvider(alarm(this.arnPrefix('cloudwatch')))],
      ['AWS::CloudWatch::Dashboard', new NamedProvider(dashboard)],
      ['AWS::CustomerProfiles::Domain', domains],
      ['AWS::CustomerProfiles::ObjectType', new NamedProvider(customerProfilesObjectType, { provider: domains, property: 'DomainName' })],
      ['AWS::RedshiftServerless::Namespace', namespaces],
      ['AWS::RedshiftServerless::Workgroup', new NamedProvider(
        redshiftServerless('Workgroup', this.arnPrefix('redshift-serverless')), { provider: namespaces, property: 'NamespaceName' },
      )],
      ['AWS::CDK::Metadata', new NamedProvider((request) => ({ physicalId: generatedName(request) }))],
    ]);
  }

  /** A function of this cloud can be invoked where its policy lets AppFlow do so for the resource in question; of any other function nothing is known. */
  private functionInvocable(arn: string, sourceArn: string): boolean {
    if (this.lambda.configurationOf(arn) === undefined) {
      return true;
    }
    const { Statement = [] } = this.policies.get('function', arn) ?? {};
    return ([Statement].flat() as PolicyStatement[]).some(({ Principal, Action, Condition }) =>
      (Principal as { Service?: string }).Service === 'appflow.amazonaws.com' && Action === 'lambda:InvokeFunction'
      && String(Condition?.StringEquals?.['aws:SourceAccount'] ?? this.account) === this.account
      && like(String(Condition?.ArnLike?.['aws:SourceArn'] ?? '*'), sourceArn));
  }

  /** A secret of this cloud is readable where its own policy says so; of any other secret nothing is known. */
  private secretReadable(arn: string): boolean {
    if (!this.secrets.has(arn)) {
      return true;
    }
    const policy = this.policies.get('secret', arn);
    return policy !== undefined && [policy.Statement].flat().some(({ Effect, Principal }) =>
      Effect === 'Allow' && typeof Principal === 'object' && [(Principal as Record<string, string | string[]>).Service].flat().includes('appflow.amazonaws.com'));
  }
}

function describe(stack: Stack): StackDescription {
  return {
    stackName: stack.name,
    stackId: stack.id,
    status: stack.status,
    statusReason: stack.statusReason,
    outputs: Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value])),
    resources: Object.fromEntries(stack.resources),
  };
}
