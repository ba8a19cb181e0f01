/**
 * A flow in CreateFlow's own vocabulary: what props become, what rules read and what renderers write out.
 *
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html
 */
export interface FlowPlan {
  readonly flowName: string;
  readonly description?: string;
  readonly kmsArn?: string;
  readonly environment?: EnvironmentPlan;
  readonly trigger: TriggerPlan;
  readonly source: SourcePlan;
  readonly destination: DestinationPlan;
  readonly tasks: readonly TaskPlan[];
  readonly catalog?: CatalogPlan;
  /** How many destinations are given, where that is not one. */
  readonly destinationCount?: number;
  /** Whether CloudFormation's own resource makes it. */
  readonly byCloudFormation?: boolean;
  /** The status that CloudFormation is told to give it. */
  readonly flowStatus?: string;
  /** Whether nothing in the template that makes the flow activates it. */
  readonly leftAsDraft?: boolean;
}

/** A flow before it has a name. */
export type UnnamedFlowPlan = Omit<FlowPlan, 'flowName'>;

/** Where a resource is, as far as that is known before the deployment. */
export interface EnvironmentPlan {
  readonly account: string;
  readonly region: string;
}

export interface TriggerPlan {
  readonly type: string;
  readonly scheduleExpression?: string;
  readonly dataPullMode?: string;
  /** Epoch seconds, like the other times. */
  readonly scheduleStartTime?: number;
  readonly scheduleEndTime?: number;
  readonly firstExecutionFrom?: number;
  readonly timezone?: string;
  /** Seconds. */
  readonly scheduleOffset?: number;
  readonly flowErrorDeactivationThreshold?: number;
}

/** What source and destination have in common. */
export interface EndPlan {
  readonly connectorType: string;
  /** The label of a custom connector, where the source or destination is for one in particular. */
  readonly connectorLabel?: string;
  readonly apiVersion?: string;
  readonly connectorProfileName?: string;
  /** The connector that the profile is for, where that is known. */
  readonly profileConnectorType?: string;
  readonly profileConnectorLabel?: string;
  /** The properties of the profile, where they are known. */
  readonly profileProperties?: Readonly<Record<string, unknown>>;
  /** Where the profile is. */
  readonly profileEnvironment?: EnvironmentPlan;
  /** The members of the connector's properties structure. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The members of the API's union of properties that are given, where that is not the connector's own. */
  readonly propertiesOf?: readonly string[];
}

export interface SourcePlan extends EndPlan {
  readonly timestampField?: string;
}

export type DestinationPlan = EndPlan;

export interface TaskPlan {
  readonly taskType: string;
  readonly sourceFields: readonly string[];
  /** Union of one member, that of the source connector. */
  readonly connectorOperator?: Readonly<Record<string, string>>;
  readonly destinationField?: string;
  readonly taskProperties?: Readonly<Record<string, string>>;
  /** The connector that the task was made for, where it was made from a source. */
  readonly madeFor?: string;
}

export interface CatalogPlan {
  readonly roleArn: string;
  readonly databaseName: string;
  readonly tablePrefix: string;
}

/** What a deployment does with a flow beyond creating, updating and deleting it. */
export interface DeploymentPlan {
  /** The status that CloudFormation brings the flow to. */
  readonly flowStatus?: string;
  /** The state that the custom resource brings the flow to. */
  readonly activation?: ActivationPlan;
  /** When an on-demand flow is run. */
  readonly run?: RunPlan;
  /** When a schedule starts, where that is worked out on deployment. */
  readonly start?: StartPlan;
  /** How a flow goes on where the one that it replaces has stopped; it does not where this is left out. */
  readonly continuation?: ContinuationPlan;
}

export interface ActivationPlan {
  readonly status: 'Active' | 'Suspended' | 'AsFound';
  /** The state of a flow that nobody has activated yet, where the status is `AsFound`. */
  readonly initialStatus?: 'Active' | 'Suspended';
}

export interface RunPlan {
  readonly when: 'OnCreate' | 'OnChange' | 'Always';
  /** What the deployment waits for; it waits for nothing where this is left out. */
  readonly wait?: RunWaitPlan;
  /** Whether a run in progress is cancelled before the flow is deleted. */
  readonly cancelOnDelete?: boolean;
}

export interface RunWaitPlan {
  readonly timeoutSeconds: number;
  readonly minimumRecords?: number;
  readonly allowFailedRecords?: boolean;
}

export interface StartPlan {
  /** The next full period of the schedule, or the next time of day. */
  readonly at: 'NextPeriod' | 'NextTimeOfDay';
  /** Seconds since midnight UTC. */
  readonly timeOfDay?: number;
  /** How many seconds ahead the start has to lie when it is worked out. */
  readonly marginSeconds: number;
  /** How many seconds after the start of a period, or after the time of day, the start is. */
  readonly phaseSeconds?: number;
}

export interface ContinuationPlan {
  /** How many seconds of what the predecessor has read are read again. */
  readonly overlapSeconds: number;
}
