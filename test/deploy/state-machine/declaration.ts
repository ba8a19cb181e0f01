import {
  ConnectorProfile, CustomerProfilesDestination, DataPull, Flow, FlowActivation, FlowActivationState, FlowSchedule, FlowTags, Mapping, Mask,
  OnDemandFlow, RunOnDeploy, RunWait, S3Destination, SalesforceSource, ScheduledFlow,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, type Stack, Tags } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket } from 'aws-cdk-lib/aws-s3';

export const STACK = 'Stack';
/** A flow of somebody else, and what is in the account besides. */
export const FOREIGN = 'theirs';
export const PROFILE = 'crm';
export const BUCKET = 'lake';

const { SUSPENDED } = FlowActivationState;
const ACTIVATIONS = {
  'active': FlowActivation.byCustomResource(),
  'suspended': FlowActivation.byCustomResource(SUSPENDED),
  'as found': FlowActivation.leaveAsFound(),
  'as found, at first suspended': FlowActivation.leaveAsFound(SUSPENDED),
  'by CloudFormation': FlowActivation.byCloudFormation(),
  'suspended by CloudFormation': FlowActivation.byCloudFormation(SUSPENDED),
  'manual': FlowActivation.manual(),
};
const RUNS = {
  'on create': RunOnDeploy.onCreate(),
  'on change': RunOnDeploy.onChange(),
  'every deployment': RunOnDeploy.everyDeployment(),
  'on change, awaited': RunOnDeploy.onChange({ wait: RunWait.untilSuccessful() }),
};
const PULLS = {
  'complete': DataPull.complete(),
  'goes on': DataPull.incremental({ timestampField: 'LastModifiedDate' }),
  'begins anew': DataPull.incremental({ timestampField: 'LastModifiedDate', continueOnReplacement: false }),
};

/** A flow as it is declared, and what else makes a difference for its life. */
export interface FlowDeclaration {
  readonly trigger: 'Scheduled' | 'OnDemand';
  readonly activation: keyof typeof ACTIVATIONS;
  readonly run?: keyof typeof RUNS;
  readonly pull: keyof typeof PULLS;
  /** What AppFlow and the handler do not change of a flow. */
  readonly object: 'Account' | 'Contact';
  readonly isMasked: boolean;
  readonly hours: number;
  readonly description?: string;
  readonly name?: string;
  readonly isRetained: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether CloudFormation cannot express it. */
  readonly byApi: boolean;
}

/** A stack as it is declared. */
export interface Declaration {
  readonly main?: FlowDeclaration;
  readonly beside?: FlowDeclaration;
  /** Tags on the flow of somebody else. */
  readonly foreignTags?: Readonly<Record<string, string>>;
  /** Whether the last resource of the stack fails. */
  readonly fails: boolean;
}

export const PLAIN_FLOW: FlowDeclaration = {
  trigger: 'Scheduled', activation: 'active', pull: 'complete', object: 'Account', isMasked: false, hours: 1, isRetained: false, tags: {}, byApi: false,
};

/** The ids of the flows' constructs. */
export type Place = 'Main' | 'Beside';

export function flowsIn({ main, beside }: Declaration): Map<Place, FlowDeclaration> {
  return new Map(([['Main', main], ['Beside', beside]] as const).flatMap(([place, flow]) => flow === undefined ? [] : [[place, flow]]));
}

/** Puts what is declared into a stack. */
export function define(stack: Stack, declaration: Declaration): void {
  // So that a stack without flows has a resource.
  new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY });
  flowsIn(declaration).forEach((flow, place) => defineFlow(stack, place, flow));
  if (declaration.foreignTags !== undefined) {
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Foreign', FOREIGN), tags: declaration.foreignTags });
  }
  if (declaration.fails) {
    const others = stack.node.children.slice();
    // AppFlow finds no such profile.
    const refused = new CfnFlow(stack, 'Refused', {
      flowName: 'refused',
      triggerConfig: { triggerType: 'OnDemand' },
      sourceFlowConfig: {
        connectorType: 'Salesforce', connectorProfileName: 'nobody-made-it', sourceConnectorProperties: { salesforce: { object: 'Account' } },
      },
      destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: BUCKET } } }],
      tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { salesforce: 'NO_OP' } }],
    });
    refused.node.addDependency(...others);
  }
}

function defineFlow(stack: Stack, id: Place, { trigger, activation, run, pull, object, isMasked, hours, ...declared }: FlowDeclaration): void {
  const { node } = stack;
  const profile = node.tryFindChild('Profile') as ConnectorProfile | undefined ?? ConnectorProfile.fromConnectorProfileName(stack, 'Profile', PROFILE);
  const bucket = node.tryFindChild('Lake') as Bucket | undefined ?? Bucket.fromBucketName(stack, 'Lake', BUCKET);
  const props = {
    flowName: declared.name,
    description: declared.description,
    source: new SalesforceSource(profile as ConnectorProfile, { object }),
    destination: declared.byApi ? new CustomerProfilesDestination({ domainName: 'domain' }) : new S3Destination(bucket as Bucket, { prefix: object }),
    tasks: isMasked ? [Mapping.all(), Mask.all('Name')] : [Mapping.all()],
  };
  const flow = trigger === 'OnDemand'
    ? new OnDemandFlow(stack, id, { ...props, runOnDeploy: run && RUNS[run] })
    : new ScheduledFlow(stack, id, {
      ...props, schedule: FlowSchedule.every(Duration.hours(hours)), pull: PULLS[pull], activation: ACTIVATIONS[activation],
    });
  flow.applyRemovalPolicy(declared.isRetained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
  Object.entries(declared.tags).forEach(([key, value]) => Tags.of(flow).add(key, value));
}
