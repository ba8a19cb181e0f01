import {
  CustomConnectorDestination, CustomerProfilesDestination, EventBridgeDestination, FileAggregation, GlueDataCatalog, HoneycodeDestination,
  type IConnectorProfile, type IFlowDestination, LookoutMetricsDestination, MarketoDestination, OutputFormat, PartnerEventSource, RedshiftDestination,
  S3Destination, SalesforceDestination, SapODataDestination, SnowflakeDestination, UpsolverDestination, ZendeskDestination,
} from 'appflow-constructs';
import { Size } from 'aws-cdk-lib';
import type { Configuration, Material } from './material';

/** What a destination is made of: the connector's properties, the version of its API, and the catalogue of the flow. */
interface Given {
  readonly properties: Configuration;
  readonly apiVersion?: string;
  readonly catalog: Configuration;
  readonly profile: () => IConnectorProfile;
  readonly material: Material;
}

/** How the destination of each connector is written, by the connector's member in the properties. */
const DESTINATIONS: Readonly<Record<string, (given: Given) => IFlowDestination>> = {
  CustomConnector: (given) => new CustomConnectorDestination(given.profile(), {
    ...application(given),
    entityName: given.material.text(given.properties.EntityName),
    customProperties: given.material.map(given.properties.CustomProperties),
  }),
  CustomerProfiles: ({ properties, material }) => new CustomerProfilesDestination(material.members(properties)),
  EventBridge: ({ properties, material }) => {
    const { failOnFirstDestinationError, bucket, prefix } = material.errorHandling(properties.ErrorHandlingConfig) ?? {};
    return new EventBridgeDestination(PartnerEventSource.fromName(material.text(properties.Object)), {
      failOnFirstDestinationError,
      largeEventHandling: bucket && { bucket, prefix },
    });
  },
  Honeycode: (given) => new HoneycodeDestination(given.profile(), application(given)),
  LookoutMetrics: () => new LookoutMetricsDestination(),
  Marketo: (given) => new MarketoDestination(given.profile(), application(given)),
  Redshift: (given) => new RedshiftDestination(given.profile(), { ...application(given), ...staging(given) }),
  S3: ({ properties, catalog, material }) => {
    const { FileType: fileType, PrefixConfig: prefixConfig, AggregationConfig: aggregation } = properties.S3OutputFormatConfig ?? {};
    return new S3Destination(material.bucket(properties.BucketName), {
      prefix: material.optionalText(properties.BucketPrefix),
      format: outputFormat(fileType, material.members(properties.S3OutputFormatConfig).preserveSourceDataTyping),
      aggregation: fileAggregation(aggregation, material),
      prefixConfig: prefixConfig && material.members(prefixConfig),
      catalog: catalog && new GlueDataCatalog({
        databaseName: material.text(catalog.DatabaseName),
        tablePrefix: material.text(catalog.TablePrefix),
        role: material.role(catalog.RoleArn),
      }),
    });
  },
  Salesforce: (given) => new SalesforceDestination(given.profile(), { ...application(given), dataTransferApi: given.properties.DataTransferApi }),
  SAPOData: (given) => new SapODataDestination(given.profile(), {
    ...application(given),
    objectPath: given.material.text(given.properties.ObjectPath),
    successResponse: given.material.errorHandling(given.properties.SuccessResponseHandlingConfig),
  }),
  Snowflake: (given) => new SnowflakeDestination(given.profile(), { ...application(given), ...staging(given) }),
  Upsolver: ({ properties, material }) => {
    const { FileType: fileType, PrefixConfig: prefixConfig, AggregationConfig: aggregation } = properties.S3OutputFormatConfig ?? {};
    return new UpsolverDestination(material.bucket(properties.BucketName), {
      prefix: material.optionalText(properties.BucketPrefix),
      format: outputFormat(fileType)!,
      aggregation: fileAggregation(aggregation, material),
      prefixConfig: prefixConfig && material.members(prefixConfig),
    });
  },
  Zendesk: (given) => new ZendeskDestination(given.profile(), application(given)),
};

/** Writes the destination of a flow. */
export function writeDestination(config: Configuration, catalog: Configuration, material: Material): IFlowDestination {
  const [[member, properties]] = Object.entries(config.DestinationConnectorProperties ?? { [config.ConnectorType]: {} });
  return DESTINATIONS[member]({
    properties, catalog, material, apiVersion: material.optionalText(config.ApiVersion), profile: () => material.profile(config.ConnectorProfileName),
  });
}

/** What the destinations that are applications have in common. */
function application({ properties, apiVersion, material }: Given) {
  return {
    object: material.text(properties.Object),
    apiVersion,
    writeOperation: material.writeOperation(properties.WriteOperationType, properties.IdFieldNames),
    errorHandling: material.errorHandling(properties.ErrorHandlingConfig),
  };
}

function staging({ properties, material }: Given) {
  return {
    intermediateBucket: material.bucket(properties.IntermediateBucketName),
    intermediatePrefix: material.optionalText(properties.BucketPrefix),
  };
}

function outputFormat(fileType?: string, preserveSourceDataTyping?: boolean): OutputFormat | undefined {
  switch (fileType) {
    case 'CSV': return OutputFormat.csv();
    case 'JSON': return OutputFormat.json();
    case 'PARQUET': return OutputFormat.parquet({ preserveSourceDataTyping });
    default: return undefined;
  }
}

function fileAggregation(config: Configuration, material: Material): FileAggregation | undefined {
  const size = material.optionalNumber(config?.TargetFileSize);
  const options = { targetFileSize: size !== undefined ? Size.mebibytes(size) : undefined };
  switch (config?.AggregationType) {
    case 'None': return FileAggregation.none(options);
    case 'SingleFile': return FileAggregation.singleFile(options);
    default: return undefined;
  }
}
