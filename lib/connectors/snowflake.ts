import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import type { aws_appflow as appflow, aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import type { StagedDestinationOptions } from '../application';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowDestinationConfig, IConnection, IFlowDestination } from '../integration';
import { stagedDestination } from '../private/application-end';
import type { ConnectorRecord } from '../private/connector-record';
import {
  anyText, BUCKET_NAME, BUCKET_PREFIX, noBlanks, STAGED_DESTINATION_PROPERTIES, USERNAME,
} from '../private/constraints';
import { documented } from '../private/fact';
import { allowLoading, allowStaging } from '../private/permissions';
import { literalString, quote } from '../private/values';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/snowflake.html';

/** @internal */
export const SNOWFLAKE_RECORD: ConnectorRecord = {
  type: ConnectorType.SNOWFLAKE.name,
  title: 'Snowflake',
  page: PAGE,
  member: 'Snowflake',
  l1Member: 'snowflake',
  profile: {
    inCloudFormation: true,
    authentication: ['user name and password'],
    properties: [
      {
        name: 'warehouse',
        title: 'warehouse',
        constraint: { pattern: /^[\s\w/!@#+=.-]*$/, patternWords: 'letters, digits, blanks and _ / ! @ # + = . -', maxLength: 512 },
      },
      { name: 'stage', title: 'stage', constraint: noBlanks(512) },
      { name: 'bucketName', title: 'name of the stage\'s bucket', constraint: BUCKET_NAME },
      { name: 'bucketPrefix', title: 'prefix in the stage\'s bucket', constraint: BUCKET_PREFIX },
      { name: 'privateLinkServiceName', title: 'name of the endpoint service', constraint: anyText(512) },
      { name: 'accountName', title: 'account name', constraint: noBlanks(512) },
      { name: 'region', title: 'Region', constraint: noBlanks(64) },
    ],
    credentials: [{ name: 'username', title: 'user name', constraint: USERNAME }],
    privateLink: { supported: documented(true, 'https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html') },
  },
  destination: {
    inCloudFormation: true,
    properties: STAGED_DESTINATION_PROPERTIES,
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'The stage is an external stage on the bucket; it is written as its database, its schema and its name.', source: PAGE },
    {
      text: 'The API has no choice of write operation for it.',
      source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SnowflakeDestinationProperties.html',
    },
  ],
  profileRules: [
    {
      code: 'snowflake-stage-unusual',
      evidence: 'observed',
      source: PAGE,
      broken: ({ properties }) => {
        const stage = literalString(properties.stage);
        // A name in quotation marks may have full stops in it.
        return stage !== undefined && !/^("[^"]*"|[^".]+)(\.("[^"]*"|[^".]+)){2}$/.test(stage)
          ? [{
            at: ['properties', 'stage'],
            what: 'the stage does not look like the full name of a Snowflake stage',
            got: quote(stage),
            allowed: 'database, schema and stage: SALES.PUBLIC.APPFLOW',
            remedy: 'name all three, or use SnowflakeStage.of',
          }]
          : [];
      },
    },
  ],
};

/**
 * The Snowflake stage through which records are loaded: an external stage on the bucket of the connection.
 *
 * @see https://docs.snowflake.com/en/sql-reference/sql/create-stage
 */
export class SnowflakeStage {
  /** A stage by its database, its schema and its own name. */
  public static of(database: string, schema: string, stage: string): SnowflakeStage {
    return new SnowflakeStage(`${database}.${schema}.${stage}`);
  }

  /** A stage by its full name, sent as it is: `SALES.PUBLIC.APPFLOW`. At most 512 characters, without blanks. */
  public static fromName(name: string): SnowflakeStage {
    return new SnowflakeStage(name);
  }

  /** The full name, as AppFlow takes it: `SALES.PUBLIC.APPFLOW`. */
  public get name(): string {
    return this._name;
  }

  private constructor(private readonly _name: string) {}
}

/** Sign-in to Snowflake with the name and password of a user. */
export interface SnowflakeBasicAuthOptions extends BasicAuthOptions {
  /** The name of the warehouse. */
  readonly warehouse: string;

  /** The stage through which records are loaded. */
  readonly stage: SnowflakeStage;

  /** The bucket of the stage. Its policy is given the statements that let AppFlow use it. */
  readonly bucket: s3.IBucketRef;

  /**
   * The folder in the bucket, at most 512 characters.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;

  /**
   * The name of the Snowflake account.
   *
   * @default - not sent
   */
  readonly accountName?: string;

  /**
   * The AWS Region of the Snowflake account, such as `us-east-1`.
   *
   * @default - not sent
   */
  readonly region?: string;

  /**
   * The name of Snowflake's endpoint service, as `SYSTEM$GET_PRIVATELINK_CONFIG` tells it, for a private connection:
   * `com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/appflow/latest/userguide/private-flows.html
   */
  readonly privateLinkServiceName?: string;
}

/**
 * How AppFlow signs in to Snowflake. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/snowflake.html
 */
export class SnowflakeConnection implements IConnection {
  /** With the name and password of a user. */
  public static basic(options: SnowflakeBasicAuthOptions): SnowflakeConnection {
    return new SnowflakeConnection(options);
  }

  public readonly connectorType = ConnectorType.SNOWFLAKE;

  private constructor(private readonly options: SnowflakeBasicAuthOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    const { bucket, prefix, stage, warehouse, accountName, region, privateLinkServiceName } = this.options;
    return {
      connectorProfileCredentials: renderBasic(scope, this.options),
      connectorProfileProperties: {
        warehouse,
        stage: stage.name,
        bucketName: bucket.bucketRef.bucketName,
        bucketPrefix: prefix,
        privateLinkServiceName,
        accountName,
        region,
      },
      dependencies: allowStaging(scope, bucket),
    };
  }
}

/** Properties of a Snowflake destination. The object is a table. */
export interface SnowflakeDestinationProps extends StagedDestinationOptions {}

/**
 * Inserts records into a table of Snowflake.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/snowflake.html
 */
export class SnowflakeDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.SNOWFLAKE;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: SnowflakeDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    return stagedDestination(scope, this.connectorProfile, this.props);
  }
}

/** Properties of the role of a Snowflake storage integration. */
export interface SnowflakeStorageIntegrationRoleProps {
  /** The bucket of the stage. */
  readonly bucket: s3.IBucketRef;

  /**
   * The folder in the bucket to which the role is limited.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /** The ARN of Snowflake's IAM user: `STORAGE_AWS_IAM_USER_ARN` in the answer to `DESC INTEGRATION`. */
  readonly iamUserArn: string;

  /** The external id: `STORAGE_AWS_EXTERNAL_ID` in the answer to `DESC INTEGRATION`, or one that the integration was created with. */
  readonly externalId: string;

  /**
   * The name of the role. Give one to know the role's ARN, which `CREATE STORAGE INTEGRATION` needs, before the role exists.
   *
   * @default - CloudFormation makes a name
   */
  readonly roleName?: string;
}

/**
 * The role with which Snowflake's storage integration loads files from the bucket of a stage: it may read the bucket below the prefix, and
 * decrypt with the bucket's key.
 *
 * Snowflake can also be told to delete files that it has loaded (`PURGE`), or to write files (`COPY INTO` a stage): add `s3:DeleteObject` or
 * `s3:PutObject` to `role` then.
 *
 * @see https://docs.snowflake.com/en/user-guide/data-load-s3-config-storage-integration
 */
@propertyInjectable
export class SnowflakeStorageIntegrationRole extends Construct {
  /** By what the property injectors of the AWS CDK know the class. */
  public static readonly PROPERTY_INJECTION_ID: string = 'appflow-constructs.SnowflakeStorageIntegrationRole';

  /** The role. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: SnowflakeStorageIntegrationRoleProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      roleName: props.roleName,
      description: 'Lets Snowflake load what Amazon AppFlow has put into a bucket',
      assumedBy: new iam.ArnPrincipal(props.iamUserArn),
      externalIds: [props.externalId],
    });
    allowLoading(this.role, props.bucket, props.prefix, ['s3:GetObject', 's3:GetObjectVersion']);
  }
}
