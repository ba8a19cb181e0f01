import {
  AmplitudeSource, CustomConnectorSource, DatadogSource, DynatraceSource, GoogleAnalyticsSource, type IConnectorProfile, type IFlowSource,
  InforNexusSource, MarketoSource, PardotSource, S3Source, SalesforceSource, SapODataSource, ServiceNowSource, SingularSource, SlackSource,
  TrendMicroSource, VeevaSource, ZendeskSource,
} from 'appflow-constructs';
import type { Configuration, Material } from './material';

/** What a source is made of: the connector's properties, and the version of its API. */
interface Given {
  readonly properties: Configuration;
  readonly apiVersion?: string;
  readonly profile: () => IConnectorProfile;
  readonly material: Material;
}

/** A source as flows have it, with whichever filters its connector has. */
export type WrittenSource = IFlowSource & { readonly filter: Configuration };

type ApplicationSource = new (profile: IConnectorProfile, props: { object: string; apiVersion?: string }) => WrittenSource;

/** How the source of each connector is written, by the connector's member in the properties. */
const SOURCES: Readonly<Record<string, (given: Given) => WrittenSource>> = {
  Amplitude: application(AmplitudeSource),
  CustomConnector: ({ properties, apiVersion, profile, material }) => new CustomConnectorSource(profile(), {
    entityName: material.text(properties.EntityName),
    apiVersion,
    customProperties: material.map(properties.CustomProperties),
    dataTransferApi: properties.DataTransferApi && { name: properties.DataTransferApi.Name, type: properties.DataTransferApi.Type },
  }),
  Datadog: application(DatadogSource),
  Dynatrace: application(DynatraceSource),
  GoogleAnalytics: application(GoogleAnalyticsSource),
  InforNexus: application(InforNexusSource),
  Marketo: application(MarketoSource),
  Pardot: application(PardotSource),
  S3: ({ properties, material }) => new S3Source(material.bucket(properties.BucketName), {
    prefix: material.text(properties.BucketPrefix),
    format: properties.S3InputFormatConfig?.S3InputFileType,
  }),
  SAPOData: ({ properties, apiVersion, profile, material }) => {
    const { objectPath, parallelismConfig, paginationConfig } = material.members(properties);
    return new SapODataSource(profile(), { objectPath, apiVersion, ...parallelismConfig, ...paginationConfig });
  },
  // What Salesforce and applications alike are told is called as in CloudFormation.
  Salesforce: application(SalesforceSource),
  ServiceNow: application(ServiceNowSource),
  Singular: application(SingularSource),
  Slack: application(SlackSource),
  Trendmicro: application(TrendMicroSource),
  Veeva: ({ properties, apiVersion, profile, material }) => {
    const { object, ...documents } = material.members(properties);
    return new VeevaSource(profile(), { object, documents, apiVersion });
  },
  Zendesk: application(ZendeskSource),
};

/** Writes the source of a flow. */
export function writeSource(config: Configuration, material: Material): WrittenSource {
  const [[member, properties]] = Object.entries(config.SourceConnectorProperties);
  return SOURCES[member]({
    properties, apiVersion: material.optionalText(config.ApiVersion), profile: () => material.profile(config.ConnectorProfileName), material,
  });
}

function application(source: ApplicationSource): (given: Given) => WrittenSource {
  return ({ properties, apiVersion, profile, material }) => new source(profile(), { ...material.members(properties), apiVersion });
}
