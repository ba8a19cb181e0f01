import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import { OBJECT_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS, USUAL_DESTINATIONS } from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented } from '../private/fact';
import { TASK_OPERATORS } from '../private/vocabulary';
import { EqualToFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/trend-micro.html';

/** @internal */
export const TREND_MICRO_RECORD: ConnectorRecord = {
  type: ConnectorType.TREND_MICRO.name,
  title: 'Trend Micro',
  page: PAGE,
  member: 'Trendmicro',
  l1Member: 'trendmicro',
  profile: {
    inCloudFormation: true,
    authentication: ['API secret key'],
    properties: [],
    credentials: [],
    privateLink: { supported: documented(true, PAGE) },
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(60, PAGE),
    operators: [...TASK_OPERATORS, 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
};

/** Sign-in to Trend Micro with a key. */
export interface TrendMicroApiSecretKeyOptions {
  /** The API secret key. */
  readonly apiSecretKey: SecretValue;
}

/**
 * How AppFlow signs in to Trend Micro. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/trend-micro.html
 */
export class TrendMicroConnection implements IConnection {
  /** With an API secret key. */
  public static apiSecretKey(options: TrendMicroApiSecretKeyOptions): TrendMicroConnection {
    return new TrendMicroConnection(options);
  }

  public readonly connectorType = ConnectorType.TREND_MICRO;

  private constructor(private readonly options: TrendMicroApiSecretKeyOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        apiSecretKey: renderSecret(scope, 'apiSecretKey', this.options.apiSecretKey),
      },
      connectorProfileProperties: {},
    };
  }
}

/** Properties of a Trend Micro source. */
export interface TrendMicroSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Trend Micro, at most once an hour.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/trend-micro.html
 */
export class TrendMicroSource implements IFlowSource {
  public readonly connectorType = ConnectorType.TREND_MICRO;

  /** Filters on the object's fields. */
  public readonly filter = EqualToFilters._of(ConnectorType.TREND_MICRO);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: TrendMicroSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
