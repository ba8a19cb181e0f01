import type { ConnectorRecord } from './connector-record';

/**
 * Every connector that the library knows, a line each. A record is loaded when a flow or a connector profile needs it, with the
 * classes that stand beside it, so that connectors that are not used cost nothing.
 */
const RECORDS: Readonly<Record<string, () => ConnectorRecord>> = {
  Amplitude: () => require('../connectors/amplitude').AMPLITUDE_RECORD,
  CustomConnector: () => require('../connectors/custom-connector').CUSTOM_CONNECTOR_RECORD,
  CustomerProfiles: () => require('../connectors/customer-profiles').CUSTOMER_PROFILES_RECORD,
  Datadog: () => require('../connectors/datadog').DATADOG_RECORD,
  Dynatrace: () => require('../connectors/dynatrace').DYNATRACE_RECORD,
  EventBridge: () => require('../connectors/event-bridge').EVENT_BRIDGE_RECORD,
  Googleanalytics: () => require('../connectors/google-analytics').GOOGLE_ANALYTICS_RECORD,
  Honeycode: () => require('../connectors/honeycode').HONEYCODE_RECORD,
  Infornexus: () => require('../connectors/infor-nexus').INFOR_NEXUS_RECORD,
  LookoutMetrics: () => require('../connectors/lookout-metrics').LOOKOUT_METRICS_RECORD,
  Marketo: () => require('../connectors/marketo').MARKETO_RECORD,
  Pardot: () => require('../connectors/pardot').PARDOT_RECORD,
  Redshift: () => require('../connectors/redshift').REDSHIFT_RECORD,
  S3: () => require('../connectors/s3').S3_RECORD,
  Salesforce: () => require('../connectors/salesforce').SALESFORCE_RECORD,
  SAPOData: () => require('../connectors/sap-odata').SAP_ODATA_RECORD,
  Servicenow: () => require('../connectors/service-now').SERVICE_NOW_RECORD,
  Singular: () => require('../connectors/singular').SINGULAR_RECORD,
  Slack: () => require('../connectors/slack').SLACK_RECORD,
  Snowflake: () => require('../connectors/snowflake').SNOWFLAKE_RECORD,
  Trendmicro: () => require('../connectors/trend-micro').TREND_MICRO_RECORD,
  Upsolver: () => require('../connectors/upsolver').UPSOLVER_RECORD,
  Veeva: () => require('../connectors/veeva').VEEVA_RECORD,
  Zendesk: () => require('../connectors/zendesk').ZENDESK_RECORD,
};

/** Members of the API's unions that are spelled otherwise than the connector type that they stand for. */
const TYPE_OF_MEMBER: ReadonlyMap<string, string> = new Map([
  ['GoogleAnalytics', 'Googleanalytics'],
  ['InforNexus', 'Infornexus'],
  ['ServiceNow', 'Servicenow'],
]);

/** The types of all connectors that the library knows. */
export const CONNECTOR_TYPES: readonly string[] = Object.keys(RECORDS);

/** Node.js remembers modules, too, but looks for the file each time: that took a third of the time of all rules. */
const LOADED = new Map<string, ConnectorRecord>();

/** The record of a connector, or undefined for one that the library does not know. */
export function connectorRecord(connectorType: string): ConnectorRecord | undefined {
  const loaded = LOADED.get(connectorType);
  if (loaded !== undefined || !Object.hasOwn(RECORDS, connectorType)) {
    return loaded;
  }
  const record = RECORDS[connectorType]();
  LOADED.set(connectorType, record);
  return record;
}

/** The record of the connector that a member of the API's unions stands for. */
export function connectorRecordByMember(member: string): ConnectorRecord | undefined {
  const record = connectorRecord(TYPE_OF_MEMBER.get(member) ?? member);
  return record?.member === member ? record : undefined;
}
