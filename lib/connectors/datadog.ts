import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import { INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS } from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import { TASK_OPERATORS } from '../private/vocabulary';
import { BetweenAndEqualToFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/datadog.html';

/** @internal */
export const DATADOG_RECORD: ConnectorRecord = {
  type: ConnectorType.DATADOG.name,
  title: 'Datadog',
  page: PAGE,
  member: 'Datadog',
  l1Member: 'datadog',
  profile: {
    inCloudFormation: true,
    authentication: ['API key and application key'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, 'BETWEEN', 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented([
      'CustomerProfiles', 'Honeycode', 'Redshift', 'S3', 'Marketo', 'Salesforce', 'Snowflake', 'Upsolver', 'Zendesk', 'CustomConnector',
    ], PAGE),
    // The page names the filters; which operators they have follows from those that the connector has.
    mandatoryFilters: inferred([{ operator: 'BETWEEN', title: 'a range of dates' }, { operator: 'EQUAL_TO', title: 'a query' }], PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [{ text: 'The flow needs a filter on a range of dates, and one on a query.', source: PAGE }],
};

/** Sign-in to Datadog with keys. */
export interface DatadogApiKeyOptions {
  /** The URL of the Datadog instance, such as `https://api.datadoghq.com`. At most 256 characters. */
  readonly instanceUrl: string;

  /** The API key of the organisation. */
  readonly apiKey: SecretValue;

  /** The application key of a user. */
  readonly applicationKey: SecretValue;
}

/**
 * How AppFlow signs in to Datadog. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/datadog.html
 */
export class DatadogConnection implements IConnection {
  /** With an API key and an application key. */
  public static apiKey(options: DatadogApiKeyOptions): DatadogConnection {
    return new DatadogConnection(options);
  }

  public readonly connectorType = ConnectorType.DATADOG;

  private constructor(private readonly options: DatadogApiKeyOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        apiKey: renderSecret(scope, 'apiKey', this.options.apiKey),
        applicationKey: renderSecret(scope, 'applicationKey', this.options.applicationKey),
      },
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a Datadog source. */
export interface DatadogSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Datadog.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/datadog.html
 */
export class DatadogSource implements IFlowSource {
  public readonly connectorType = ConnectorType.DATADOG;

  /** Filters on the object's fields. AppFlow needs one on a range of dates, and one on a query. */
  public readonly filter = BetweenAndEqualToFilters._of(ConnectorType.DATADOG);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: DatadogSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
