import {
  ConnectionMode, ConnectorProfile, DataPull, EventFlow, FlowActivation, FlowActivationState, FlowSchedule, type IEventFlowSource, OnDemandFlow,
  ScheduledFlow, ScheduleTime,
} from 'appflow-constructs';
import { Duration, type Stack, Tags } from 'aws-cdk-lib';
import { writeConnection } from './connections';
import { writeDestination } from './destinations';
import { type Configuration, Material } from './material';
import { writeSource } from './sources';
import { writeTasks } from './tasks';

/** Writes configurations with the library's constructs, as a user would, and tells which tasks had to be raw. */
export class ConfigurationWriter {
  public readonly rawTasks: string[] = [];
  private readonly material: Material;

  constructor(private readonly stack: Stack) {
    this.material = new Material(stack);
  }

  /** Writes the properties of an `AWS::AppFlow::ConnectorProfile`. */
  public writeProfile(configuration: Configuration) {
    new ConnectorProfile(this.stack, 'Profile', {
      connection: writeConnection(configuration, this.material),
      connectorProfileName: this.material.text(configuration.ConnectorProfileName),
      connectionMode: configuration.ConnectionMode as ConnectionMode,
      encryptionKey: this.material.key(configuration.KMSArn),
    });
  }

  /** Writes the properties of an `AWS::AppFlow::Flow`. */
  public writeFlow(configuration: Configuration) {
    const source = writeSource(configuration.SourceFlowConfig, this.material);
    const [member] = Object.keys(configuration.SourceFlowConfig.SourceConnectorProperties);
    const { tasks, raw } = writeTasks(configuration.Tasks, member, source, this.material);
    this.rawTasks.push(...raw);
    const props = {
      source,
      destination: writeDestination(configuration.DestinationFlowConfigList[0], configuration.MetadataCatalogConfig?.GlueDataCatalog, this.material),
      tasks,
      flowName: this.material.text(configuration.FlowName),
      description: this.material.optionalText(configuration.Description),
      encryptionKey: this.material.key(configuration.KMSArn),
    };
    const flow = this.flow(configuration, props);
    for (const { Key: key, Value: value } of configuration.Tags ?? []) {
      Tags.of(flow).add(this.material.text(key), this.material.text(value));
    }
  }

  private flow(configuration: Configuration, props: Configuration) {
    const { TriggerType: type, TriggerProperties: trigger } = configuration.TriggerConfig;
    const activation = activationOf(configuration.FlowStatus);
    switch (type) {
      case 'OnDemand': return new OnDemandFlow(this.stack, 'Flow', props);
      case 'Event': return new EventFlow(this.stack, 'Flow', { ...props, source: props.source as IEventFlowSource, activation });
      default: return new ScheduledFlow(this.stack, 'Flow', {
        ...props,
        activation,
        schedule: FlowSchedule.expression(this.material.text(trigger.ScheduleExpression), {
          startTime: this.time(trigger.ScheduleStartTime),
          endTime: this.time(trigger.ScheduleEndTime),
          firstExecutionFrom: this.time(trigger.FirstExecutionFrom),
          timeZone: this.material.optionalText(trigger.TimeZone),
          offset: trigger.ScheduleOffset !== undefined ? Duration.seconds(this.material.number(trigger.ScheduleOffset)) : undefined,
          deactivationThreshold: this.material.optionalNumber(trigger.FlowErrorDeactivationThreshold),
        }),
        pull: this.pull(trigger.DataPullMode, configuration.SourceFlowConfig.IncrementalPullConfig?.DatetimeTypeFieldName),
      });
    }
  }

  private pull(mode: Configuration, timestampField: Configuration): DataPull | undefined {
    const options = { timestampField: this.material.optionalText(timestampField) };
    switch (mode) {
      case 'Complete': return DataPull.complete(options);
      case 'Incremental': return DataPull.incremental({ ...options, continueOnReplacement: false });
      default: return undefined;
    }
  }

  private time(value: Configuration): ScheduleTime | undefined {
    return value !== undefined ? ScheduleTime.epochSeconds(this.material.number(value)) : undefined;
  }
}

function activationOf(status?: string): FlowActivation {
  switch (status) {
    case 'Active': return FlowActivation.byCloudFormation(FlowActivationState.ACTIVE);
    case 'Suspended': return FlowActivation.byCloudFormation(FlowActivationState.SUSPENDED);
    default: return FlowActivation.manual();
  }
}
