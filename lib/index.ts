export * from './integration';
export * from './connector-type';
export * from './application';

export * from './flow';
export * from './flow-grants';
export * from './flow-metrics';
export * from './flow-events';
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
export * from './connector-profile-grants';
export * from './provisioning';
export * from './connector';
export * from './connector-grants';
export * from './connector-tags';
export * from './write-operation';
export { type ErrorHandlingOptions } from './error-handling';

export {
  AllFilters, BetweenAndEqualToFilters, BetweenFilters, ComparisonFilters, EqualToFilters, Filter, type FilterOptions, GreaterThanFilters,
  OrderingFilters, RangeFilters,
} from './tasks/filter';
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

export { type BasicAuthOptions } from './authentication/basic';
export {
  type ConnectedAppAccessTokenOptions, type ConnectedAppAuthorizationCodeOptions, type ConnectedAppRefreshTokenOptions,
} from './authentication/connected-app';
export { type DatabaseUserOptions } from './authentication/database-user';
export { type GoogleOAuth2Options } from './authentication/google';
export {
  type OAuthAccessTokenOptions, type OAuthAuthorizationCodeOptions, type OAuthClientOptions, type OAuthRefreshTokenOptions,
} from './authentication/oauth';

export { type AmplitudeApiKeyOptions, AmplitudeConnection, AmplitudeSource, type AmplitudeSourceProps } from './connectors/amplitude';
export { AsanaConnection, type AsanaOAuth2Options, type AsanaPersonalAccessTokenOptions, AsanaSource, type AsanaSourceProps } from './connectors/asana';
export {
  type ConnectorOAuth2Options, type CustomConnectionOptions, type CustomConnectorApiKeyOptions, type CustomConnectorBasicAuthOptions,
  CustomConnectorConnection,
  type CustomConnectorConnectionOptions, type CustomConnectorCustomAuthOptions, CustomConnectorDestination,
  type CustomConnectorDestinationOptions, type CustomConnectorDestinationProps, type CustomConnectorEntityOptions,
  type CustomConnectorOAuth2Options, CustomConnectorSource, type CustomConnectorSourceOptions, type CustomConnectorSourceProps,
  type DataTransferApi, DataTransferApiType, type OAuth2CredentialsOptions, OAuth2GrantType, type OAuth2Properties,
} from './connectors/custom-connector';
export { CustomerProfilesDestination, type CustomerProfilesDestinationProps } from './connectors/customer-profiles';
export { type DatadogApiKeyOptions, DatadogConnection, DatadogSource, type DatadogSourceProps } from './connectors/datadog';
export { type DynatraceApiTokenOptions, DynatraceConnection, DynatraceSource, type DynatraceSourceProps } from './connectors/dynatrace';
export {
  EventBridgeDestination, type EventBridgeDestinationOptions, type EventBridgeDestinationProps, type LargeEventHandlingOptions, PartnerEventSource,
} from './connectors/event-bridge';
export {
  GitHubConnection, type GitHubOAuth2Options, type GitHubPersonalAccessTokenOptions, GitHubSource, type GitHubSourceProps,
} from './connectors/github';
export { GoogleAdsConnection, type GoogleAdsOAuth2Options, GoogleAdsSource, type GoogleAdsSourceProps } from './connectors/google-ads';
export { GoogleAnalyticsConnection, GoogleAnalyticsSource, type GoogleAnalyticsSourceProps } from './connectors/google-analytics';
export { GoogleAnalytics4Connection, GoogleAnalytics4Source, type GoogleAnalytics4SourceProps } from './connectors/google-analytics-4';
export { GoogleBigQueryConnection, GoogleBigQuerySource, type GoogleBigQuerySourceProps } from './connectors/google-bigquery';
export {
  type HoneycodeAccessTokenOptions, type HoneycodeAuthorizationCodeOptions, HoneycodeConnection, HoneycodeDestination,
  type HoneycodeDestinationProps, type HoneycodeRefreshTokenOptions,
} from './connectors/honeycode';
export {
  HubSpotConnection, HubSpotDestination, type HubSpotDestinationProps, type HubSpotOAuth2Options, HubSpotSource, type HubSpotSourceProps,
} from './connectors/hubspot';
export { type InforNexusAccessKeyOptions, InforNexusConnection, InforNexusSource, type InforNexusSourceProps } from './connectors/infor-nexus';
export {
  JdbcConnection, type JdbcDatabaseUserOptions, JdbcDestination, type JdbcDestinationProps, JdbcDriver, JdbcSource, type JdbcSourceProps,
} from './connectors/jdbc';
export { LookoutMetricsDestination } from './connectors/lookout-metrics';
export { type MailchimpApiKeyOptions, MailchimpConnection, MailchimpSource, type MailchimpSourceProps } from './connectors/mailchimp';
export {
  type MarketoAuthorizationCodeOptions, type MarketoClientCredentialsOptions, MarketoConnection, type MarketoConnectionOptions, MarketoDestination,
  type MarketoDestinationProps, MarketoSource, type MarketoSourceProps,
} from './connectors/marketo';
export {
  MicrosoftDynamics365Connection, type MicrosoftDynamics365OAuth2Options, MicrosoftDynamics365Source, type MicrosoftDynamics365SourceProps,
} from './connectors/microsoft-dynamics-365';
export {
  MicrosoftSharePointOnlineConnection, type MicrosoftSharePointOnlineOAuth2Options, MicrosoftSharePointOnlineSource,
  type MicrosoftSharePointOnlineSourceProps,
} from './connectors/microsoft-sharepoint-online';
export {
  type PardotAccessTokenOptions, type PardotAuthorizationCodeOptions, PardotConnection, type PardotConnectionOptions, type PardotRefreshTokenOptions,
  PardotSource, type PardotSourceProps,
} from './connectors/pardot';
export { RdsPostgreSqlConnection, RdsPostgreSqlDestination, type RdsPostgreSqlDestinationProps } from './connectors/rds-postgresql';
export {
  RedshiftConnection, type RedshiftConnectionOptions, type RedshiftDataApiOptions, type RedshiftDatabaseOptions, RedshiftDestination,
  type RedshiftDestinationProps, type RedshiftJdbcOptions, type RedshiftServerlessOptions,
} from './connectors/redshift';
export { S3Destination, type S3DestinationProps, S3InputFormat, S3Source, type S3SourceProps } from './connectors/s3';
export {
  type SalesforceAccessTokenOptions, type SalesforceAuthorizationCodeOptions, type SalesforceClientCredentialsOptions, SalesforceConnection,
  type SalesforceConnectionOptions, SalesforceDataTransferApi, SalesforceDestination, type SalesforceDestinationProps,
  type SalesforceJwtBearerOptions, type SalesforceRefreshTokenOptions, SalesforceSource, type SalesforceSourceProps,
} from './connectors/salesforce';
export {
  type SalesforceMarketingCloudClientCredentialsOptions, SalesforceMarketingCloudConnection, SalesforceMarketingCloudSource,
  type SalesforceMarketingCloudSourceProps,
} from './connectors/salesforce-marketing-cloud';
export {
  type SapODataBasicAuthOptions, SapODataConnection, type SapODataConnectionOptions, SapODataDestination, type SapODataDestinationProps,
  type SapODataOAuthOptions, SapODataSource, type SapODataSourceProps, type SapODataSuccessResponseOptions,
} from './connectors/sap-odata';
export {
  type ServiceNowBasicAuthOptions, ServiceNowConnection, type ServiceNowConnectionOptions, type ServiceNowOAuth2Options, ServiceNowSource,
  type ServiceNowSourceProps,
} from './connectors/service-now';
export { type SingularApiKeyOptions, SingularConnection, SingularSource, type SingularSourceProps } from './connectors/singular';
export {
  type SlackAccessTokenOptions, type SlackAuthorizationCodeOptions, SlackConnection, type SlackConnectionOptions, SlackSource, type SlackSourceProps,
} from './connectors/slack';
export {
  type SnowflakeBasicAuthOptions, SnowflakeConnection, SnowflakeDestination, type SnowflakeDestinationProps, SnowflakeStage,
  SnowflakeStorageIntegrationRole, type SnowflakeStorageIntegrationRoleProps,
} from './connectors/snowflake';
export { type TrendMicroApiSecretKeyOptions, TrendMicroConnection, TrendMicroSource, type TrendMicroSourceProps } from './connectors/trend-micro';
export { UpsolverDestination, type UpsolverDestinationProps } from './connectors/upsolver';
export {
  type VeevaBasicAuthOptions, VeevaConnection, type VeevaDocumentOptions, VeevaSource, type VeevaSourceProps,
} from './connectors/veeva';
export {
  type ZendeskAccessTokenOptions, type ZendeskAuthorizationCodeOptions, ZendeskConnection, type ZendeskConnectionOptions, ZendeskDestination,
  type ZendeskDestinationProps, ZendeskSource, type ZendeskSourceProps,
} from './connectors/zendesk';

export { AppFlowValidationPlugin, type AppFlowValidationPluginProps } from './appflow-validation-plugin';
export { AppFlowCheck, type AppFlowFinding, type DocumentCheckOptions, FindingSeverity } from './appflow-check';

export * from './flow-lock';
export { BackfilledFlow, type BackfilledFlowProps, type BackfillOptions } from './backfilled-flow';

export {
  type DeactivatedAlarmOptions, type FailedAlarmOptions, FlowAlarmKind, FlowAlarms, type FlowAlarmsOptions, type FlowAlarmsProps,
  type NoRecordsAlarmOptions, type SlowAlarmOptions, type StaleAlarmOptions,
} from './flow-alarms';
export { FlowDashboard, type FlowDashboardProps } from './flow-dashboard';

export { type FleetCallOptions, type FleetCalls, type FleetFlowOptions, FlowFleet, type FlowFleetProps } from './flow-fleet';
export { SalesforceReplication, type SalesforceReplicationProps } from './salesforce-replication';
export { FlowEventType } from './flow-event-type';
export { EventFlowReportEvent, FlowDeactivatedEvent, FlowEvent, FlowRunEndedEvent, FlowRunStartedEvent } from './flow-event-fields';
export { FlowRuleTarget } from './flow-rule-target';
export { FlowScheduleTarget, type FlowScheduleTargetOptions } from './flow-schedule-target';
export { CustomResourceHandler, type CustomResourceHandlerOptions } from './custom-resource-handler';

export { FlowRun, FlowRunError, type FlowRunOptions, type FlowRunProps } from './flow-run';
export { FlowRuns, type FlowRunsProps } from './flow-runs';
export { AppFlowDeploymentPolicy, type AppFlowDeploymentPolicyProps } from './appflow-deployment-policy';
