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

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/singular.html';
const PRIVATE_LINK_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html';

/** @internal */
export const SINGULAR_RECORD: ConnectorRecord = {
  type: ConnectorType.SINGULAR.name,
  title: 'Singular',
  page: PAGE,
  member: 'Singular',
  l1Member: 'singular',
  profile: {
    inCloudFormation: true,
    authentication: ['API key'],
    properties: [],
    credentials: [],
    privateLink: { supported: documented(true, PRIVATE_LINK_PAGE) },
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(60, PAGE),
    operators: [...TASK_OPERATORS, 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [
    { text: 'A flow reads a range of dates of at most 30 days.', source: PAGE },
    { text: 'A flow reads at most 100,000 records.', source: PAGE },
  ],
};

/** Sign-in to Singular with a key. */
export interface SingularApiKeyOptions {
  /** The API key. */
  readonly apiKey: SecretValue;
}

/**
 * How AppFlow signs in to Singular. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/singular.html
 */
export class SingularConnection implements IConnection {
  /** With an API key. */
  public static apiKey(options: SingularApiKeyOptions): SingularConnection {
    return new SingularConnection(options);
  }

  public readonly connectorType = ConnectorType.SINGULAR;

  private constructor(private readonly options: SingularApiKeyOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        apiKey: renderSecret(scope, 'apiKey', this.options.apiKey),
      },
      connectorProfileProperties: {},
    };
  }
}

/** Properties of a Singular source. */
export interface SingularSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Singular, at most once an hour.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/singular.html
 */
export class SingularSource implements IFlowSource {
  public readonly connectorType = ConnectorType.SINGULAR;

  /** Filters on the object's fields. */
  public readonly filter = EqualToFilters._of(ConnectorType.SINGULAR);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: SingularSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
