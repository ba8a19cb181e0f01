import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import {
  type OAuthAuthorizationCodeOptions, type OAuthCredentials, type OAuthRefreshTokenOptions, renderOAuth,
} from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  CLIENT_ID_PROPERTY, OBJECT_PROPERTY, REDIRECT_URI_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import type { FlowPlan } from '../private/flow-plan';
import { isProjection } from '../private/task-list';
import { isPlainObject, literalLength, literalString, quote } from '../private/values';
import { PROJECTION } from '../private/vocabulary';
import { BetweenFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/google-analytics.html';
const MAX_DIMENSIONS = 9;
const MAX_METRICS = 10;

/** @internal */
export const GOOGLE_ANALYTICS_RECORD: ConnectorRecord = {
  type: ConnectorType.GOOGLE_ANALYTICS.name,
  title: 'Google Analytics',
  page: PAGE,
  member: 'GoogleAnalytics',
  l1Member: 'googleAnalytics',
  profile: {
    inCloudFormation: true,
    authentication: ['OAuth 2.0 refresh token', 'OAuth 2.0 authorization code'],
    properties: [],
    credentials: [CLIENT_ID_PROPERTY, REDIRECT_URI_PROPERTY],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1440, PAGE),
    operators: [PROJECTION, 'BETWEEN'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(['LookoutMetrics', 'S3', 'Upsolver', 'CustomConnector'], PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [
    { text: `A run reads at most ${MAX_DIMENSIONS} dimensions and ${MAX_METRICS} metrics.`, source: PAGE },
    { text: 'Custom dimensions are named ga:dimensionXX|DIMENSION, and custom metrics ga:metricXX.', source: PAGE },
    {
      text: 'Its operators in the API are PROJECTION and BETWEEN, so that formulas, masks and validations cannot be expressed; mappings go without an operator.',
      source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html',
    },
  ],
  discontinued: inferred(
    'it reads Universal Analytics properties alone, whose support Google ends, and the Google Analytics 4 connector reads the newer ones',
    PAGE,
  ),
  rules: [
    {
      code: 'google-analytics-without-json',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => {
        const fileType = plan.source.connectorType === ConnectorType.GOOGLE_ANALYTICS.name && plan.destination.connectorType === ConnectorType.S3.name
          ? fileTypeOf(plan)
          : undefined;
        return fileType !== undefined && fileType !== 'JSON'
          ? [{
            at: ['destination', 'properties', 's3OutputFormatConfig', 'fileType'],
            what: 'records from Google Analytics are written to Amazon S3 as JSON alone',
            got: quote(fileType),
            allowed: quote('JSON'),
            remedy: 'use OutputFormat.json(), or leave the format out',
          }]
          : [];
      },
    },
    {
      code: 'google-analytics-too-many-fields',
      // The quota is of runs; when it is enforced is not said.
      evidence: 'inferred',
      source: PAGE,
      broken: (plan) => plan.source.connectorType !== ConnectorType.GOOGLE_ANALYTICS.name ? [] : plan.tasks.flatMap((task, index) => {
        const count = isProjection(task) ? literalLength(task.sourceFields) ?? 0 : 0;
        return count > MAX_DIMENSIONS + MAX_METRICS
          ? [{
            at: ['tasks', index, 'sourceFields'],
            what: 'the flow reads more fields from Google Analytics than a run can',
            got: `${count} fields`,
            allowed: `at most ${MAX_DIMENSIONS} dimensions and ${MAX_METRICS} metrics`,
            remedy: 'make several flows, each with some of the fields',
          }]
          : [];
      }),
    },
  ],
};

/** The type of the files that are written, where it is given: without, AppFlow writes JSON. */
function fileTypeOf(plan: FlowPlan): string | undefined {
  const format = plan.destination.properties.s3OutputFormatConfig;
  return isPlainObject(format) ? literalString(format.fileType) : undefined;
}

/**
 * How AppFlow signs in to Google Analytics. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is
 * deployed.
 *
 * @deprecated It reads Universal Analytics alone; use the Google Analytics 4 connector (`GoogleAnalytics4Connection`).
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/google-analytics.html
 */
export class GoogleAnalyticsConnection implements IConnection {
  /** With a refresh token, which AppFlow renews its access with. */
  public static refreshToken(options: OAuthRefreshTokenOptions): GoogleAnalyticsConnection {
    return new GoogleAnalyticsConnection(options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: OAuthAuthorizationCodeOptions): GoogleAnalyticsConnection {
    return new GoogleAnalyticsConnection(options);
  }

  public readonly connectorType = ConnectorType.GOOGLE_ANALYTICS;

  private constructor(private readonly credentials: OAuthCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return { connectorProfileCredentials: renderOAuth(scope, this.credentials), connectorProfileProperties: {} };
  }
}

/**
 * Properties of a Google Analytics source.
 *
 * @deprecated It reads Universal Analytics alone; use the Google Analytics 4 connector (`GoogleAnalytics4SourceProps`).
 */
export interface GoogleAnalyticsSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Google Analytics, at most once a day.
 *
 * @deprecated It reads Universal Analytics alone; use the Google Analytics 4 connector (`GoogleAnalytics4Source`).
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/google-analytics.html
 */
export class GoogleAnalyticsSource implements IFlowSource {
  public readonly connectorType = ConnectorType.GOOGLE_ANALYTICS;

  /** Filters on the object's fields. */
  public readonly filter = BetweenFilters._of(ConnectorType.GOOGLE_ANALYTICS);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: GoogleAnalyticsSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
