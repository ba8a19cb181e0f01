import { QueryInput, QueryProtocol } from '../query-protocol';
import { S3Service } from '../s3';
import { LocalRequest, LocalResponse, LocalService, ServiceError } from '../service';
import { XmlValue } from '../xml';
import { ChangeSet, ChangeSets } from './change-sets';
import { PlannedChange } from './deployment-plan';
import { CloudFormationEngine, StackRequest } from './engine';
import { GivenParameter } from './parameters';
import { ResourceStatus, Stack, StackIntent } from './stack';
import { invalid } from './template';
import { templateAt } from './template-url';

type Operation = (input: QueryInput) => XmlValue;

/** The stack that the CDK CLI looks up to find where assets go. It is not one of the stacks of the engine. */
const TOOLKIT_STACK = 'CDKToolkit';

/** The front of CloudFormation that the CDK CLI talks to: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/ */
export class CloudFormationService implements LocalService {
  readonly signingName = 'cloudformation';
  private readonly protocol = new QueryProtocol('http://cloudformation.amazonaws.com/doc/2010-05-15/');
  private readonly changeSets: ChangeSets;

  private readonly operations: Record<string, Operation> = {
    DescribeStacks: ({ StackName: name }) => this.describeStacks(name as string | undefined),
    DescribeStackEvents: ({ StackName: name }) => ({ StackEvents: eventsOf(this.engine.get(name as string)) }),
    DescribeStackResources: ({ StackName: name }) => ({ StackResources: this.resources(name as string) }),
    ListStackResources: ({ StackName: name }) => ({
      StackResourceSummaries: this.resources(name as string).map(({ Timestamp: timestamp, StackName: _, StackId: __, ...summary }) =>
        ({ ...summary, LastUpdatedTimestamp: timestamp })),
    }),
    GetTemplate: ({ StackName: name }) => {
      const shown = this.engine.get(name as string).shown;
      return { TemplateBody: shown?.templateBody ?? '', StagesAvailable: ['Original', 'Processed'] };
    },
    CreateChangeSet: (input) => {
      const set = this.changeSets.create(input.StackName as string, input.ChangeSetName as string, String(input.ChangeSetType ?? 'UPDATE'), this.request(input));
      return { Id: set.id, StackId: set.stack.id };
    },
    DescribeChangeSet: ({ ChangeSetName: name, StackName: stack }) =>
      changeSetXml(this.changeSets.get(name as string, stack as string | undefined)),
    ExecuteChangeSet: ({ ChangeSetName: name, StackName: stack, DisableRollback: disableRollback }) => {
      this.changeSets.execute(this.changeSets.get(name as string, stack as string | undefined), disableRollback === 'true');
      return {};
    },
    DeleteChangeSet: ({ ChangeSetName: name, StackName: stack }) => {
      // Deleting a change set that is not there succeeds.
      const set = this.changeSets.find(name as string, stack as string | undefined);
      if (set) {
        this.changeSets.delete(set);
      }
      return {};
    },
    DeleteStack: (input) => {
      refuse(input, ['RetainResources', 'DeletionMode']);
      const stack = this.engine.find(input.StackName as string);
      // The outcome is read from the stack, also by those who did not wait for it.
      if (stack) {
        this.engine.beginDelete(stack).catch(() => undefined);
      }
      return {};
    },
    UpdateTerminationProtection: ({ StackName: name, EnableTerminationProtection: enable }) => {
      const stack = this.engine.get(name as string);
      stack.terminationProtection = enable === 'true';
      return { StackId: stack.id };
    },
  };

  constructor(private readonly engine: CloudFormationEngine, private readonly s3: S3Service, now: () => Date) {
    this.changeSets = new ChangeSets(engine, now);
  }

  operationOf(request: LocalRequest): string | undefined {
    return this.protocol.operationOf(request);
  }

  renderError(error: ServiceError): LocalResponse {
    return this.protocol.error(error);
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const name = this.operationOf(request) ?? '';
    if (!(name in this.operations)) {
      throw new ServiceError('InvalidAction', `the local cloud does not know cloudformation:${name}`);
    }
    const input = this.protocol.inputOf(request);
    this.authorize(request, name, input);
    return this.protocol.answer(name, this.operations[name](input));
  }

  /** Lambda functions may look at stacks, where their role lets them, and do nothing else. */
  private authorize({ caller: { mayDo } }: LocalRequest, operation: string, { StackName: name }: QueryInput): void {
    const stack = this.engine.find(String(name))?.id ?? '*';
    if (mayDo && !(operation === 'DescribeStacks' && mayDo('cloudformation:DescribeStacks', stack))) {
      throw new ServiceError('AccessDenied', `not authorized to perform: cloudformation:${operation} on resource: ${stack}`, 403);
    }
  }

  private describeStacks(name: string | undefined): XmlValue {
    if (name === TOOLKIT_STACK) {
      const outputs = [{ OutputKey: 'BucketName', OutputValue: this.s3.assetsBucket }, { OutputKey: 'BootstrapVersion', OutputValue: '30' }];
      return { Stacks: [{ StackName: TOOLKIT_STACK, StackId: TOOLKIT_STACK, StackStatus: 'CREATE_COMPLETE', CreationTime: new Date(0), Outputs: outputs }] };
    }
    const stacks = name === undefined ? this.engine.all.filter(({ status }) => status !== 'DELETE_COMPLETE') : [this.engine.get(name)];
    return { Stacks: stacks.map(stackXml) };
  }

  private resources(name: string) {
    const stack = this.engine.get(name);
    return [...stack.statuses.values()].map((status) => ({ StackName: stack.name, StackId: stack.id, ...statusXml(status) }));
  }

  private request(input: QueryInput): StackRequest {
    refuse(input, ['ResourcesToImport', 'RollbackConfiguration', 'NotificationARNs', 'ImportExistingResources', 'DeploymentMode']);
    const parameters = listOf<Record<string, string>>(input.Parameters);
    const tags = listOf<{ Key: string; Value: string }>(input.Tags);
    return {
      templateBody: this.templateBody(input),
      parameters: new Map(parameters.map(({ ParameterKey: key, ParameterValue: value, UsePreviousValue: previous }): [string, GivenParameter] =>
        [key, previous === 'true' ? { usePrevious: true } : { value: value ?? '' }])),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    };
  }

  private templateBody(input: QueryInput): string {
    if (typeof input.TemplateBody === 'string') {
      return input.TemplateBody;
    }
    if (input.UsePreviousTemplate === 'true') {
      return this.engine.get(input.StackName as string).deployed!.templateBody;
    }
    return templateAt(String(input.TemplateURL), this.s3);
  }
}

/** A list; the query protocol writes an empty one as empty text. */
function listOf<T>(value: unknown): T[] {
  return Array.isArray(value) ? value : [];
}

/** Members that would change the outcome and that the local cloud does not act upon. */
function refuse(input: QueryInput, members: string[]): void {
  const given = members.find((member) => {
    const value = input[member];
    return value !== undefined && value !== 'false' && value !== '' && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  });
  if (given !== undefined) {
    throw invalid(`the local cloud does not support ${given}`);
  }
}

function stackXml(stack: Stack): Record<string, XmlValue> {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ParentId: stack.parents?.parentId,
    RootId: stack.parents?.rootId,
    Description: stack.shown?.template.Description,
    Parameters: parametersXml(stack.shown),
    CreationTime: stack.created,
    LastUpdatedTime: stack.lastUpdated,
    DeletionTime: stack.deleted,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) =>
      ({ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName })),
    Tags: tagsXml(stack.shown),
  };
}

function changeSetXml(set: ChangeSet): XmlValue {
  return {
    ChangeSetId: set.id,
    ChangeSetName: set.name,
    StackId: set.stack.id,
    StackName: set.stack.name,
    CreationTime: set.created,
    Status: set.status,
    StatusReason: set.statusReason,
    ExecutionStatus: set.executionStatus,
    Parameters: parametersXml(set.intent),
    Tags: tagsXml(set.intent),
    Changes: set.changes.map((change) => ({ Type: 'Resource', ResourceChange: resourceChangeXml(change) })),
  };
}

function resourceChangeXml({ action, logicalId, physicalId, type, replacement, properties }: PlannedChange): XmlValue {
  return {
    Action: action,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Replacement: action === 'Modify' ? (replacement ? 'True' : 'False') : undefined,
    Scope: action === 'Modify' ? ['Properties'] : [],
    Details: properties.map((name) => ({
      Target: { Attribute: 'Properties', Name: name, RequiresRecreation: replacement ? 'Always' : 'Never' }, Evaluation: 'Static', ChangeSource: 'DirectModification',
    })),
  };
}

function parametersXml(intent: StackIntent | undefined): XmlValue {
  return [...intent?.parameters ?? []].map(([name, { given, noEcho, value }]) => ({
    ParameterKey: name,
    ParameterValue: noEcho ? '****' : given,
    ResolvedValue: !noEcho && typeof value === 'string' && value !== given ? value : undefined,
  }));
}

function tagsXml(intent: StackIntent | undefined): XmlValue {
  return Object.entries(intent?.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

function eventsOf(stack: Stack): XmlValue {
  return [...stack.events].reverse().map((event) => ({ EventId: event.eventId, StackName: stack.name, StackId: stack.id, ...statusXml(event) }));
}

function statusXml({ logicalId, physicalId, type, status, reason, timestamp }: ResourceStatus) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: timestamp,
    ResourceStatus: status,
    ResourceStatusReason: reason,
  };
}
