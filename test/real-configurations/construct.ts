import {
  ConnectorProfile, DataPull, EventFlow, FileAggregation, FlowActivation, FlowActivationState, FlowSchedule, GlueDataCatalog, type IFlowTask, Mapping,
  OnDemandFlow, OutputFormat, type PathPrefix, type PrefixFormat, type PrefixType, RawTask, S3Destination, type S3InputFormat, S3Source,
  type SalesforceDataTransferApi, SalesforceDestination, SalesforceSource, ScheduledFlow, ScheduleTime, WriteOperation,
} from 'appflow-constructs';
import { CfnParameter, Duration, Size, type Stack, Tags, Token } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';

/** Properties of `AWS::AppFlow::Flow`, as found in the wild. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Configuration = any;

/** Writes a configuration with the library's constructs, as a user would, and returns which tasks had to be raw. */
export class ConfigurationWriter {
  public readonly rawTasks: string[] = [];
  private count = 0;

  constructor(private readonly stack: Stack) {}

  public write(configuration: Configuration) {
    const source = this.source(configuration.SourceFlowConfig);
    const props = {
      flowName: this.text(configuration.FlowName),
      description: configuration.Description,
      encryptionKey: configuration.KMSArn !== undefined ? Key.fromKeyArn(this.stack, this.id(), configuration.KMSArn) : undefined,
      destination: this.destination(configuration.DestinationFlowConfigList[0], configuration.MetadataCatalogConfig?.GlueDataCatalog),
      tasks: configuration.Tasks.flatMap((task: Configuration) => this.task(task, configuration, source)),
    };
    const activation = this.activation(configuration.FlowStatus);
    const flow = this.flow(configuration, source, props, activation);
    for (const { Key: key, Value: value } of configuration.Tags ?? []) {
      Tags.of(flow).add(key, value);
    }
    return flow;
  }

  private flow(configuration: Configuration, source: S3Source | SalesforceSource, props: Configuration, activation: FlowActivation) {
    const { TriggerType: type, TriggerProperties: trigger } = configuration.TriggerConfig;
    if (type === 'OnDemand') {
      return new OnDemandFlow(this.stack, 'Flow', { ...props, source });
    }
    if (type === 'Event') {
      return new EventFlow(this.stack, 'Flow', { ...props, source: source as SalesforceSource, activation });
    }
    return new ScheduledFlow(this.stack, 'Flow', {
      ...props,
      source,
      activation,
      schedule: FlowSchedule.expression(this.text(trigger.ScheduleExpression), {
        startTime: this.time(trigger.ScheduleStartTime),
        endTime: this.time(trigger.ScheduleEndTime),
        firstExecutionFrom: this.time(trigger.FirstExecutionFrom),
        timeZone: trigger.TimeZone,
        offset: trigger.ScheduleOffset !== undefined ? Duration.seconds(this.number(trigger.ScheduleOffset)) : undefined,
        deactivationThreshold: trigger.FlowErrorDeactivationThreshold,
      }),
      pull: this.pull(trigger.DataPullMode, configuration.SourceFlowConfig.IncrementalPullConfig?.DatetimeTypeFieldName),
    });
  }

  private source(config: Configuration): S3Source | SalesforceSource {
    const { S3: s3, Salesforce: salesforce } = config.SourceConnectorProperties;
    if (s3 !== undefined) {
      return new S3Source(this.bucket(s3.BucketName), {
        prefix: this.text(s3.BucketPrefix),
        format: s3.S3InputFormatConfig?.S3InputFileType as S3InputFormat,
      });
    }
    return new SalesforceSource(this.profile(config.ConnectorProfileName), {
      object: this.text(salesforce.Object),
      apiVersion: config.ApiVersion,
      enableDynamicFieldUpdate: salesforce.EnableDynamicFieldUpdate,
      includeDeletedRecords: salesforce.IncludeDeletedRecords,
      dataTransferApi: salesforce.DataTransferApi as SalesforceDataTransferApi,
    });
  }

  private destination(config: Configuration, catalog: Configuration) {
    const { S3: s3, Salesforce: salesforce } = config.DestinationConnectorProperties;
    if (s3 !== undefined) {
      const { PrefixConfig: prefix, AggregationConfig: aggregation } = s3.S3OutputFormatConfig ?? {};
      return new S3Destination(this.bucket(s3.BucketName), {
        prefix: s3.BucketPrefix !== undefined ? this.text(s3.BucketPrefix) : undefined,
        format: this.format(s3.S3OutputFormatConfig),
        aggregation: this.aggregation(aggregation),
        prefixConfig: {
          prefixType: prefix?.PrefixType as PrefixType,
          prefixFormat: prefix?.PrefixFormat as PrefixFormat,
          pathPrefixHierarchy: prefix?.PathPrefixHierarchy as PathPrefix[],
        },
        catalog: catalog !== undefined ? new GlueDataCatalog({
          databaseName: this.text(catalog.DatabaseName),
          tablePrefix: this.text(catalog.TablePrefix),
          role: Role.fromRoleArn(this.stack, this.id(), this.text(catalog.RoleArn)),
        }) : undefined,
      });
    }
    const { ErrorHandlingConfig: errorHandling } = salesforce;
    return new SalesforceDestination(this.profile(config.ConnectorProfileName), {
      object: this.text(salesforce.Object),
      apiVersion: config.ApiVersion,
      writeOperation: this.writeOperation(salesforce.WriteOperationType, salesforce.IdFieldNames),
      dataTransferApi: salesforce.DataTransferApi as SalesforceDataTransferApi,
      errorHandling: errorHandling !== undefined ? {
        failOnFirstDestinationError: errorHandling.FailOnFirstError,
        bucket: errorHandling.BucketName !== undefined ? this.bucket(errorHandling.BucketName) : undefined,
        prefix: errorHandling.BucketPrefix,
      } : undefined,
    });
  }

  private task(task: Configuration, configuration: Configuration, source: S3Source | SalesforceSource): IFlowTask[] {
    const properties = Object.fromEntries((task.TaskProperties ?? []).map(({ Key: key, Value: value }: Configuration) => [key, value]));
    const [operator] = Object.values(task.ConnectorOperator ?? {}) as string[];
    const fields: string[] = task.SourceFields;

    if (task.TaskType === 'Map' && fields.length === 1 && task.DestinationField !== undefined) {
      return [Mapping.field(fields[0], {
        destinationField: task.DestinationField,
        sourceDataType: properties.SOURCE_DATA_TYPE,
        destinationDataType: properties.DESTINATION_DATA_TYPE,
      })];
    }
    if (task.TaskType === 'Map_all' && fields.length === 0) {
      return [Mapping.all({ exclude: JSON.parse(properties.EXCLUDE_SOURCE_FIELDS_LIST ?? '[]') })];
    }
    if (task.TaskType === 'Filter' && operator === 'GREATER_THAN_OR_EQUAL_TO') {
      return [source.filter.greaterThanOrEqualTo(fields[0], new Date(Number(properties.VALUE)), { dataType: properties.DATA_TYPE })];
    }
    if (task.TaskType === 'Filter' && operator === 'PROJECTION' && this.projectionFollows(fields, configuration.Tasks)) {
      return [];
    }
    this.rawTasks.push(`${task.TaskType} ${operator}`);
    return [new RawTask({
      taskType: task.TaskType,
      sourceFields: fields,
      connectorOperator: task.ConnectorOperator,
      destinationField: task.DestinationField,
      taskProperties: properties,
    })];
  }

  /** Whether the library makes this very projection of the other tasks. */
  private projectionFollows(fields: string[], tasks: Configuration[]): boolean {
    const others = tasks.filter((task) => !Object.values(task.ConnectorOperator ?? {}).includes('PROJECTION'));
    const read = new Set(others.flatMap((task) => task.SourceFields));
    return others.every((task) => task.TaskType !== 'Map_all') && read.size === fields.length && fields.every((field) => read.has(field));
  }

  private pull(mode?: string, timestampField?: string): DataPull | undefined {
    return mode === undefined ? undefined : mode === 'Incremental' ? DataPull.incremental({ timestampField }) : DataPull.complete();
  }

  private format(config: Configuration): OutputFormat | undefined {
    switch (config?.FileType) {
      case 'CSV': return OutputFormat.csv();
      case 'JSON': return OutputFormat.json();
      case 'PARQUET': return OutputFormat.parquet({ preserveSourceDataTyping: config.PreserveSourceDataTyping });
      default: return undefined;
    }
  }

  private aggregation(config: Configuration): FileAggregation | undefined {
    if (config?.AggregationType === undefined) {
      return undefined;
    }
    return config.AggregationType === 'SingleFile' ? FileAggregation.singleFile() : FileAggregation.none({
      targetFileSize: config.TargetFileSize !== undefined ? Size.mebibytes(config.TargetFileSize) : undefined,
    });
  }

  private writeOperation(type: string | undefined, ids: string[] = []): WriteOperation | undefined {
    switch (type) {
      case 'UPDATE': return WriteOperation.update(ids);
      case 'UPSERT': return WriteOperation.upsert(ids);
      case 'DELETE': return WriteOperation.delete(ids);
      default: return undefined;
    }
  }

  private activation(status?: string): FlowActivation {
    switch (status) {
      case 'Active': return FlowActivation.byCloudFormation(FlowActivationState.ACTIVE);
      case 'Suspended': return FlowActivation.byCloudFormation(FlowActivationState.SUSPENDED);
      default: return FlowActivation.manual();
    }
  }

  private bucket(name: Configuration) {
    return Bucket.fromBucketName(this.stack, this.id(), this.text(name));
  }

  private profile(name: Configuration) {
    return ConnectorProfile.fromConnectorProfileName(this.stack, this.id(), this.text(name));
  }

  private time(value: Configuration): ScheduleTime | undefined {
    return value !== undefined ? ScheduleTime.epochSeconds(this.number(value)) : undefined;
  }

  private text(value: Configuration): string {
    return typeof value === 'string' ? value : this.parameter(value.Ref, 'String').valueAsString;
  }

  private number(value: Configuration): number {
    return typeof value === 'number' ? value : Token.asNumber(this.parameter(value.Ref, 'Number').valueAsNumber);
  }

  private parameter(name: string, type: string): CfnParameter {
    return this.stack.node.tryFindChild(name) as CfnParameter | undefined ?? new CfnParameter(this.stack, name, { type });
  }

  private id(): string {
    return `Import${this.count++}`;
  }
}
