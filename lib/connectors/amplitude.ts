import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import { OBJECT_PROPERTY, TRIGGERS_WITHOUT_EVENTS } from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import { BetweenFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/amplitude.html';

/** @internal */
export const AMPLITUDE_RECORD: ConnectorRecord = {
  type: ConnectorType.AMPLITUDE.name,
  title: 'Amplitude',
  page: PAGE,
  member: 'Amplitude',
  l1Member: 'amplitude',
  profile: {
    inCloudFormation: true,
    authentication: ['API key and secret key'],
    properties: [],
    credentials: [],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1440, PAGE),
    operators: ['BETWEEN'],
    refusesMissingProjection: inferred(false, 'its operator enum in the API has no projection'),
    destinations: documented(['LookoutMetrics', 'S3', 'CustomConnector'], PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [
    { text: 'A run reads at most 25 MB.', source: PAGE },
    {
      text: 'Its operators in the API are BETWEEN alone, so that formulas, masks and validations cannot be expressed; mappings go without an operator.',
      source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html',
    },
  ],
};

/** Sign-in to Amplitude with keys. */
export interface AmplitudeApiKeyOptions {
  /** The API key. */
  readonly apiKey: SecretValue;

  /** The secret key. */
  readonly secretKey: SecretValue;
}

/**
 * How AppFlow signs in to Amplitude. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/amplitude.html
 */
export class AmplitudeConnection implements IConnection {
  /** With an API key and its secret key. */
  public static apiKey(options: AmplitudeApiKeyOptions): AmplitudeConnection {
    return new AmplitudeConnection(options);
  }

  public readonly connectorType = ConnectorType.AMPLITUDE;

  private constructor(private readonly options: AmplitudeApiKeyOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        apiKey: renderSecret(scope, 'apiKey', this.options.apiKey),
        secretKey: renderSecret(scope, 'secretKey', this.options.secretKey),
      },
      connectorProfileProperties: {},
    };
  }
}

/** Properties of an Amplitude source. */
export interface AmplitudeSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Amplitude, at most once a day.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/amplitude.html
 */
export class AmplitudeSource implements IFlowSource {
  public readonly connectorType = ConnectorType.AMPLITUDE;

  /** Filters on the object's fields. */
  public readonly filter = BetweenFilters._of(ConnectorType.AMPLITUDE);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: AmplitudeSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
