import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow, aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { type OAuthClientOptions, renderOAuth } from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import type { ErrorHandlingOptions } from '../error-handling';
import type { ConnectionConfig, FlowDestinationConfig, FlowSourceConfig, IConnection, IFlowDestination, IFlowSource } from '../integration';
import { writing } from '../private/application-end';
import type { ConnectorRecord } from '../private/connector-record';
import {
  anyText, BUCKET_NAME, BUCKET_PREFIX, CLIENT_ID, noBlanks, OBJECT, REDIRECT_URI, URL, USERNAME, wholeNumber,
  WRITING_PROPERTIES,
} from '../private/constraints';
import { documented, inferred } from '../private/fact';
import { SAME_OBJECT } from '../private/flow-object';
import { allowWritingBucket } from '../private/permissions';
import { lacking, ownCredentials, partOf } from '../private/rules/sign-in';
import { parseRate } from '../private/schedule-rate';
import { quote } from '../private/values';
import { CONTAINS, FILTER_OPERATORS, TASK_OPERATORS, TRIGGER_TYPE } from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';
import type { WriteOperation } from '../write-operation';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html';

const PROPERTIES_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SAPODataConnectorProfileProperties.html';

const REQUIRED_PROPERTIES = ['applicationHostUrl', 'applicationServicePath', 'portNumber', 'clientNumber'];
const DAY_IN_MINUTES = 1440;

const OBJECT_MEMBERS = inferred(['objectPath'], SAME_OBJECT);

/** @internal */
export const SAP_ODATA_RECORD: ConnectorRecord = {
  type: ConnectorType.SAP_ODATA.name,
  title: 'SAP OData',
  page: PAGE,
  member: 'SAPOData',
  l1Member: 'sapoData',
  profile: {
    inCloudFormation: true,
    authentication: ['user name and password', 'OAuth 2.0'],
    properties: [
      { name: 'applicationHostUrl', title: 'application host URL', constraint: URL },
      { name: 'applicationServicePath', title: 'application service path', constraint: noBlanks(512) },
      { name: 'portNumber', title: 'port number', constraint: wholeNumber(1, 65535) },
      { name: 'clientNumber', title: 'client number', constraint: { pattern: /^\d{3}$/, patternWords: 'three digits', minLength: 3, maxLength: 3 } },
      {
        name: 'logonLanguage',
        title: 'logon language',
        constraint: { pattern: /^[a-zA-Z0-9_]*$/, patternWords: 'letters, digits and _', maxLength: 2, inCloudFormation: { pattern: 'anchored' } },
      },
      // Its pattern is a rule of its own, which warns.
      { name: 'privateLinkServiceName', title: 'name of the endpoint service', constraint: anyText(512) },
      { name: 'oAuthProperties.tokenUrl', title: 'token URL', constraint: URL },
      { name: 'oAuthProperties.authCodeUrl', title: 'authorization code URL', constraint: URL },
      { name: 'oAuthProperties.oAuthScopes.*', title: 'OAuth scope', constraint: { ...noBlanks(128), inCloudFormation: { pattern: false } } },
    ],
    credentials: [
      { name: 'basicAuthCredentials.username', title: 'user name', constraint: USERNAME },
      { name: 'oAuthCredentials.clientId', title: 'client id', constraint: CLIENT_ID },
      { name: 'oAuthCredentials.oAuthRequest.redirectUri', title: 'redirect URI', constraint: REDIRECT_URI },
    ],
    privateLink: { supported: documented(true, PAGE) },
  },
  source: {
    // No page names the triggers; event flows are described for applications that publish change events, and for Salesforce alone.
    triggers: inferred([TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED], 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html'),
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS, CONTAINS],
    refusesMissingProjection: inferred(true, 'CreateFlow was seen to refuse such flows from other applications'),
    destinations: documented(['CustomerProfiles', 'Redshift', 'S3', 'SAPOData', 'CustomConnector'], PAGE),
    properties: [
      { name: 'objectPath', title: 'object path', constraint: OBJECT },
      { name: 'paginationConfig.maxPageSize', title: 'page size', constraint: wholeNumber(1, 10_000) },
      { name: 'parallelismConfig.maxParallelism', title: 'parallelism', constraint: wholeNumber(1, 10) },
    ],
    objectMembers: OBJECT_MEMBERS,
  },
  destination: {
    inCloudFormation: true,
    writeOperations: {
      INSERT: {},
      UPDATE: { needsIdFields: inferred(true, PAGE) },
      UPSERT: { supported: inferred(false, PAGE) },
      DELETE: { supported: inferred(false, PAGE) },
    },
    properties: [
      { name: 'objectPath', title: 'object path', constraint: OBJECT },
      { name: 'successResponseHandlingConfig.bucketName', title: 'name of the bucket for success responses', constraint: BUCKET_NAME },
      { name: 'successResponseHandlingConfig.bucketPrefix', title: 'prefix for success responses', constraint: BUCKET_PREFIX },
      ...WRITING_PROPERTIES,
    ],
    objectMembers: OBJECT_MEMBERS,
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'OAuth 2.0 is for OData V2.0 alone; user name and password are for V2.0 and V4.0.', source: PAGE },
    { text: 'The client number is from 001 to 999, and the logon language has two characters.', source: PAGE },
    { text: 'A page has at most 3,000 records of OData, or 10,000 of Operational Data Provisioning (ODP).', source: PAGE },
    { text: 'Records of OData are read by up to 10 processes at a time; those of ODP by one.', source: PAGE },
    { text: 'An incremental flow names the timestamp field, except for ODP, which tells changes itself.', source: PAGE },
    { text: 'An ODP object has one scheduled incremental flow: another one ends the subscription of the first.', source: PAGE },
    { text: 'Deleting a flow does not delete its subscription in SAP.', source: PAGE },
    { text: 'ODP is not a destination.', source: PAGE },
    { text: 'A deep insert takes JSON Lines, and a Passthrough task.', source: PAGE },
    {
      text: 'For a private connection, the endpoint service allows the principal `appflow.amazonaws.com`, in more than half of the Region\'s Availability Zones.',
      source: PAGE,
    },
  ],
  rules: [
    {
      code: 'sap-odata-full-transfer-too-often',
      evidence: 'inferred',
      source: `${PAGE} says so of ODP, and the console offers no full transfer for more frequent schedules`,
      broken: (plan) => {
        const rate = parseRate(plan.trigger.scheduleExpression);
        return plan.source.connectorType === ConnectorType.SAP_ODATA.name && plan.trigger.dataPullMode === 'Complete'
          && rate !== undefined && rate.minutes < DAY_IN_MINUTES
          ? [{
            at: ['trigger', 'scheduleExpression'],
            what: 'AppFlow may not transfer all records of SAP OData more often than once a day',
            got: quote(rate.expression),
            allowed: 'an interval of 1 day or more',
            remedy: 'run less often, or use DataPull.incremental()',
          }]
          : [];
      },
    },
  ],
  profileRules: [
    {
      code: 'sap-odata-property-missing',
      evidence: 'documented',
      // CloudFormation's schema has them all as optional.
      source: PROPERTIES_API,
      broken: (profile) => [
        ...profile.propertiesOf === undefined ? lacking(profile.properties, REQUIRED_PROPERTIES) : [],
        ...partOf(ownCredentials(profile), 'oAuthCredentials') !== undefined ? lacking(profile.properties, ['oAuthProperties']) : [],
      ].map((name) => ({
        at: ['properties', name],
        evidence: name === 'oAuthProperties' ? 'inferred' : 'documented',
        what: `AppFlow needs the ${name} of the SAP system${name === 'oAuthProperties' ? ' to sign in with OAuth 2.0' : ''}`,
        got: 'none',
        allowed: name === 'oAuthProperties' ? 'oAuthProperties with tokenUrl, authCodeUrl and oAuthScopes' : REQUIRED_PROPERTIES.join(', '),
        remedy: `give ${name}`,
      })),
    },
    {
      code: 'sap-odata-sso-without-basic',
      evidence: 'inferred',
      source: PAGE,
      broken: (profile) => {
        const credentials = ownCredentials(profile) ?? {};
        return profile.properties.disableSSO === true && credentials.oAuthCredentials !== undefined && credentials.basicAuthCredentials === undefined
          ? [{
            at: ['properties', 'disableSSO'],
            what: 'going past the single sign-on takes effect only with the name and password of a user',
            got: 'disableSSO with OAuth 2.0',
            allowed: 'disableSSO with basicAuthCredentials',
            remedy: 'leave disableSSO out',
          }]
          : [];
      },
    },
  ],
};

/** What all ways to sign in to SAP OData have in common. */
export interface SapODataConnectionOptions {
  /** The URL of the SAP system, such as `https://sap.example.com`. At most 256 characters. */
  readonly applicationHostUrl: string;

  /** The path of the catalogue service, not of an object: `/sap/opu/odata/iwfnd/catalogservice;v=2`. At most 512 characters. */
  readonly applicationServicePath: string;

  /** The number of the SAP client, three digits from `001` to `999`. */
  readonly clientNumber: string;

  /**
   * The port of the SAP system, from 1 to 65535.
   *
   * @default 443
   */
  readonly portNumber?: number;

  /**
   * The logon language, two characters such as `EN`.
   *
   * @default - not sent
   */
  readonly logonLanguage?: string;

  /**
   * The name of the endpoint service in front of the SAP system, for a private connection:
   * `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0`. It must allow the principal `appflow.amazonaws.com`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html
   */
  readonly privateLinkServiceName?: string;

  /**
   * Whether AppFlow goes past the single sign-on of the SAP system, which can keep it from signing in. Has an effect only with
   * the name and password of a user.
   *
   * @default false
   */
  readonly disableSso?: boolean;
}

/** Sign-in to SAP OData with the name and password of a user. */
export interface SapODataBasicAuthOptions extends SapODataConnectionOptions, BasicAuthOptions {}

/** Sign-in to SAP OData with OAuth 2.0: give a refresh token, an access token, or an authorization code with its redirect URI. */
export interface SapODataOAuthOptions extends SapODataConnectionOptions, OAuthClientOptions {
  /** The URL at which AppFlow obtains tokens. At most 256 characters. */
  readonly tokenUrl: string;

  /** The URL at which people obtain authorization codes. At most 256 characters. */
  readonly authCodeUrl: string;

  /** The scopes, such as `ZAPI_SALES_ORDER_SRV_0001`. Each at most 128 characters, without blanks. */
  readonly oAuthScopes: string[];

  /**
   * The token with which AppFlow obtains access tokens.
   *
   * @default - none
   */
  readonly refreshToken?: SecretValue;

  /**
   * An access token.
   *
   * @default - none
   */
  readonly accessToken?: SecretValue;

  /**
   * The authorization code that a person obtained in a browser. It can be used once and for a short time.
   *
   * @default - none
   */
  readonly authCode?: SecretValue;

  /**
   * The redirect URI with which the authorization code was obtained.
   *
   * @default - none
   */
  readonly redirectUri?: string;
}

/**
 * How AppFlow signs in to SAP OData. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html
 */
export class SapODataConnection implements IConnection {
  /** With the name and password of a user: for OData V2.0 and V4.0. */
  public static basic(options: SapODataBasicAuthOptions): SapODataConnection {
    return new SapODataConnection(options, (scope) => ({ basicAuthCredentials: renderBasic(scope, options) }));
  }

  /** With OAuth 2.0: for OData V2.0 alone. */
  public static oAuth(options: SapODataOAuthOptions): SapODataConnection {
    const { tokenUrl, authCodeUrl, oAuthScopes } = options;
    return new SapODataConnection(
      options,
      (scope) => ({ oAuthCredentials: renderOAuth(scope, options) }),
      { oAuthProperties: { tokenUrl, authCodeUrl, oAuthScopes } },
    );
  }

  public readonly connectorType = ConnectorType.SAP_ODATA;

  private constructor(
    private readonly options: SapODataConnectionOptions,
    private readonly credentials: (scope: Construct) => Record<string, unknown>,
    private readonly properties: Record<string, unknown> = {},
  ) {}

  public bind(scope: Construct): ConnectionConfig {
    const { applicationHostUrl, applicationServicePath, clientNumber, portNumber = 443, ...options } = this.options;
    return {
      connectorProfileCredentials: this.credentials(scope),
      connectorProfileProperties: {
        applicationHostUrl,
        applicationServicePath,
        portNumber,
        clientNumber,
        logonLanguage: options.logonLanguage,
        privateLinkServiceName: options.privateLinkServiceName,
        disableSSO: options.disableSso,
        ...this.properties,
      },
    };
  }
}

/** Properties of an SAP OData source. */
export interface SapODataSourceProps {
  /** The path of the object to read, such as `/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder`. At most 512 characters. */
  readonly objectPath: string;

  /**
   * How many records AppFlow asks for at a time, from 1 to 10,000. SAP answers with at most 3,000 of OData, and 10,000 of Operational Data
   * Provisioning (ODP).
   *
   * @default - not sent; AppFlow decides
   */
  readonly maxPageSize?: number;

  /**
   * How many processes read at a time, from 1 to 10. Not for Operational Data Provisioning (ODP).
   *
   * @default - not sent; one process reads
   */
  readonly maxParallelism?: number;

  /**
   * The version of the API.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;
}

/**
 * Takes records from SAP OData, be it plain OData or Operational Data Provisioning (ODP).
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html
 */
export class SapODataSource implements IFlowSource {
  public readonly connectorType = ConnectorType.SAP_ODATA;

  /** Filters on the object's fields. */
  public readonly filter = AllFilters._of(ConnectorType.SAP_ODATA);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: SapODataSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    const { objectPath, maxPageSize, maxParallelism, apiVersion } = this.props;
    return {
      connectorProfile: this.connectorProfile,
      apiVersion,
      sourceConnectorProperties: { objectPath, parallelismConfig: { maxParallelism }, paginationConfig: { maxPageSize } },
    };
  }
}

/** Where the answers of SAP to records that it has taken are kept. */
export interface SapODataSuccessResponseOptions {
  /** The bucket, in the Region of the flow. Its policy is given the statement that lets AppFlow write. */
  readonly bucket: s3.IBucketRef;

  /**
   * The folder in the bucket, at most 512 characters.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;
}

/** Properties of an SAP OData destination. */
export interface SapODataDestinationProps {
  /** The path of the object to write to, such as `/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder`. At most 512 characters. */
  readonly objectPath: string;

  /**
   * What AppFlow does with each record. The guide names inserts and updates alone.
   *
   * @default WriteOperation.insert()
   */
  readonly writeOperation?: WriteOperation;

  /**
   * What AppFlow does with records that SAP refuses.
   *
   * @default - AppFlow goes on, and does not keep them
   */
  readonly errorHandling?: ErrorHandlingOptions;

  /**
   * Where the answers of SAP to records that it has inserted are kept.
   *
   * @default - they are not kept
   */
  readonly successResponse?: SapODataSuccessResponseOptions;

  /**
   * The version of the API.
   *
   * @default - AppFlow chooses
   */
  readonly apiVersion?: string;
}

/**
 * Writes records to SAP OData. Operational Data Provisioning (ODP) is a source alone.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html
 */
export class SapODataDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.SAP_ODATA;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: SapODataDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    const { objectPath, successResponse, apiVersion } = this.props;
    const { properties, dependencies } = writing(scope, this.props);
    const policy = successResponse !== undefined ? allowWritingBucket(scope, successResponse.bucket) : undefined;
    return {
      connectorProfile: this.connectorProfile,
      apiVersion,
      destinationConnectorProperties: {
        objectPath,
        successResponseHandlingConfig: { bucketName: successResponse?.bucket.bucketRef.bucketName, bucketPrefix: successResponse?.prefix },
        ...properties,
      },
      dependencies: policy !== undefined ? [...dependencies, policy] : dependencies,
    };
  }
}
