export * from './integration';
export * from './connector-type';

export * from './flow';
export * from './on-demand-flow';
export * from './scheduled-flow';
export * from './event-flow';
export * from './flow-schedule';
export * from './schedule-time';
export * from './data-pull';
export * from './flow-activation';
export * from './run-on-deploy';
export * from './flow-tags';

export * from './connector-profile';
export * from './write-operation';
export { type ErrorHandlingOptions } from './error-handling';

export * from './tasks/filter';
export { type DataTypeOptions, type MapAllOptions, Mapping, type MappingOptions } from './tasks/mapping';
export * from './tasks/arithmetic';
export * from './tasks/merge';
export * from './tasks/mask';
export * from './tasks/truncate';
export * from './tasks/validation';
export * from './tasks/partition';
export * from './tasks/passthrough';
export * from './tasks/raw-task';

export * from './formats/output-format';
export * from './formats/file-aggregation';
export * from './formats/prefix-config';
export * from './formats/glue-data-catalog';

export { S3Destination, type S3DestinationProps, S3InputFormat, S3Source, type S3SourceProps } from './connectors/s3';
export {
  type SalesforceAccessTokenOptions, type SalesforceAuthorizationCodeOptions, type SalesforceClientCredentialsOptions, SalesforceConnection,
  type SalesforceConnectionOptions, SalesforceDataTransferApi, SalesforceDestination, type SalesforceDestinationProps,
  type SalesforceJwtBearerOptions, type SalesforceRefreshTokenOptions, SalesforceSource, type SalesforceSourceProps,
} from './connectors/salesforce';
