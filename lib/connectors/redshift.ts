import { ArnFormat, type SecretValue, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_appflow as appflow, aws_iam as iamRefs, aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { StagedDestinationOptions } from '../application';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowDestinationConfig, IConnection, IFlowDestination } from '../integration';
import { stagedDestination } from '../private/application-end';
import type { ConnectorRecord, TextConstraint } from '../private/connector-record';
import { anyText, BUCKET_NAME, BUCKET_PREFIX, noBlanks, STAGED_DESTINATION_PROPERTIES } from '../private/constraints';
import { because, justifyWildcards, NO_RESOURCES } from '../private/justification';
import { allowLoading, allowStaging, appFlowPrincipal } from '../private/permissions';
import { lacking } from '../private/rules/sign-in';
import { isPlainObject, literalString } from '../private/values';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/redshift.html';

/** The pattern of the model fixes the partition. */
const ROLE_ARN: TextConstraint = { pattern: /^arn:[\w-]+:iam:.*:\d+:/, patternWords: 'the ARN of a role', maxLength: 512 };

/** @internal */
export const REDSHIFT_RECORD: ConnectorRecord = {
  type: ConnectorType.REDSHIFT.name,
  title: 'Amazon Redshift',
  page: PAGE,
  member: 'Redshift',
  l1Member: 'redshift',
  profile: {
    inCloudFormation: true,
    authentication: ['Data API of a cluster', 'Data API of Redshift Serverless', 'JDBC with user name and password'],
    properties: [
      { name: 'databaseUrl', title: 'database URL', constraint: noBlanks(512) },
      { name: 'bucketName', title: 'name of the intermediate bucket', constraint: BUCKET_NAME },
      { name: 'bucketPrefix', title: 'prefix in the intermediate bucket', constraint: BUCKET_PREFIX },
      { name: 'roleArn', title: 'role ARN', constraint: ROLE_ARN },
      { name: 'dataApiRoleArn', title: 'ARN of the role for the Data API', constraint: ROLE_ARN },
      { name: 'clusterIdentifier', title: 'cluster identifier', constraint: noBlanks(512) },
      { name: 'workgroupName', title: 'workgroup name', constraint: noBlanks(512) },
      { name: 'databaseName', title: 'database name', constraint: noBlanks(512) },
    ],
    credentials: [{ name: 'username', title: 'user name', constraint: anyText(2048) }],
  },
  destination: {
    inCloudFormation: true,
    properties: STAGED_DESTINATION_PROPERTIES,
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'Records are inserted; they are neither updated nor upserted.', source: PAGE },
    { text: 'JDBC does not reach clusters that are not publicly accessible.', source: PAGE },
  ],
  profileRules: [
    {
      code: 'redshift-jdbc',
      evidence: 'inferred',
      source: `${PAGE}; CreateConnectorProfile was seen to answer: dataApiRoleArn cannot be null or empty`,
      broken: (profile) => literalString(profile.properties.databaseUrl) !== undefined && profile.properties.dataApiRoleArn === undefined
        ? [{
          at: ['properties', 'databaseUrl'],
          what: 'AppFlow discourages JDBC connections to Amazon Redshift, and was seen to refuse them for want of a role for the Data API',
          got: 'a database URL and no dataApiRoleArn',
          allowed: 'the Data API',
          remedy: 'use RedshiftConnection.dataApi or serverless, or acknowledge this if it works for you',
        }]
        : [],
    },
    {
      code: 'redshift-data-api-role-missing',
      evidence: 'documented',
      source: `${PAGE}; CreateConnectorProfile answers: dataApiRoleArn cannot be null or empty`,
      broken: ({ properties }) => isPlainObject(properties) && Object.keys(properties).length > 0 && properties.dataApiRoleArn === undefined
        && (properties.databaseUrl === undefined || properties.isRedshiftServerless === true)
        ? [{
          at: ['properties', 'dataApiRoleArn'],
          what: 'AppFlow reaches Amazon Redshift through the Data API, for which it assumes a role',
          got: 'no dataApiRoleArn',
          allowed: 'the ARN of a role that trusts appflow.amazonaws.com',
          remedy: 'give dataApiRoleArn, or use RedshiftConnection.dataApi or serverless, which make the role',
        }]
        : [],
    },
    {
      code: 'redshift-connection-incomplete',
      // The guide says so; the model has them all as optional.
      evidence: 'inferred',
      source: PAGE,
      broken: (profile) => {
        const { properties } = profile;
        if (!isPlainObject(properties) || properties.dataApiRoleArn === undefined) {
          return [];
        }
        const { isRedshiftServerless = false, workgroupName, clusterIdentifier, databaseUrl } = properties;
        const isCluster = clusterIdentifier !== undefined || databaseUrl !== undefined;
        const isServerless = isRedshiftServerless === true || (workgroupName !== undefined && !isCluster);
        const members = isServerless ? ['workgroupName', 'databaseName'] : ['clusterIdentifier', 'databaseName'];
        const isSaid = isServerless || (isRedshiftServerless === false && databaseUrl === undefined);
        return [
          ...isServerless && isRedshiftServerless === false ? ['isRedshiftServerless'] : [],
          ...isSaid ? lacking(properties, members) : [],
        ].map((name) => ({
          at: ['properties', name],
          what: `the Data API of ${isServerless ? 'Amazon Redshift Serverless' : 'a cluster'} needs more to reach a database`,
          got: `no ${name}`,
          allowed: `${isServerless ? 'isRedshiftServerless, ' : ''}${members.join(' and ')}`,
          remedy: `give ${name}`,
        }));
      },
    },
  ],
};

/** What all ways to sign in to Amazon Redshift have in common. */
export interface RedshiftConnectionOptions {
  /**
   * The bucket from which Amazon Redshift loads what AppFlow has put there. Its policy is given the statements that let AppFlow use it.
   */
  readonly bucket: s3.IBucketRef;

  /**
   * The folder in the bucket, at most 512 characters. The role that is made may read this folder alone, so the flows must put their records
   * below it, too.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /**
   * The role with which Amazon Redshift reads the bucket. It must trust `redshift.amazonaws.com`, and is left as it is.
   *
   * @default - a role that may read the bucket below the prefix; associate it with the cluster or namespace
   */
  readonly role?: iamRefs.IRoleRef;
}

/** What connections through the Amazon Redshift Data API have in common. */
export interface RedshiftDatabaseOptions extends RedshiftConnectionOptions {
  /** The name of the database. */
  readonly databaseName: string;

  /**
   * The role with which AppFlow uses the Amazon Redshift Data API. It must trust `appflow.amazonaws.com`, and is left as it is.
   *
   * @default - a role that may run statements on this cluster, as the user of this database, or on the workgroup
   */
  readonly dataApiRole?: iamRefs.IRoleRef;

  /**
   * A JDBC URL, to be sent along. AppFlow uses the Data API all the same.
   *
   * @default - not sent
   */
  readonly databaseUrl?: string;
}

/** Sign-in to a provisioned cluster through the Amazon Redshift Data API. */
export interface RedshiftDataApiOptions extends RedshiftDatabaseOptions {
  /** The identifier of the cluster, in the account and Region of the connector profile. */
  readonly clusterIdentifier: string;

  /** The name of the database user. It must exist. */
  readonly username: string;

  /**
   * The password of the database user, to be sent along. The Data API needs none.
   *
   * @default - not sent
   */
  readonly password?: SecretValue;
}

/** Sign-in to Amazon Redshift Serverless through the Amazon Redshift Data API. */
export interface RedshiftServerlessOptions extends RedshiftDatabaseOptions {
  /** The name of the workgroup, in the account and Region of the connector profile. */
  readonly workgroupName: string;

  /**
   * The ARN of the workgroup, to which the role that is made is limited.
   *
   * @default - the role is for all workgroups of the account and Region, since ARNs of workgroups hold their ids, not their names
   */
  readonly workgroupArn?: string;
}

/** Sign-in to a publicly accessible cluster through JDBC. */
export interface RedshiftJdbcOptions extends RedshiftConnectionOptions, BasicAuthOptions {
  /** The JDBC URL of the cluster, such as `jdbc:redshift://acme.abc.us-east-1.redshift.amazonaws.com:5439/dev`. */
  readonly databaseUrl: string;
}

/** One way to reach a database. */
interface Access {
  /** Who assumes the role that reads the bucket. */
  readonly loaders: readonly string[];
  readonly properties: Record<string, unknown>;
  readonly credentials?: (scope: Construct) => Record<string, unknown>;
  readonly dataApi?: DataApiAccess;
}

interface DataApiAccess {
  readonly role?: iamRefs.IRoleRef;
  /** The ARN of the cluster or workgroup. */
  readonly target: (stack: Stack) => string;
  /** What the role needs to sign in. */
  readonly signIn: (stack: Stack) => iam.PolicyStatement[];
}

/**
 * How AppFlow signs in to Amazon Redshift, and how Amazon Redshift reads what AppFlow has put into a bucket.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/redshift.html
 */
export class RedshiftConnection implements IConnection {
  /** To a provisioned cluster, through the Amazon Redshift Data API. */
  public static dataApi(options: RedshiftDataApiOptions): RedshiftConnection {
    const { clusterIdentifier, databaseName, databaseUrl, username, password } = options;
    return new RedshiftConnection(options, {
      loaders: ['redshift.amazonaws.com'],
      properties: { clusterIdentifier, databaseName, databaseUrl },
      credentials: (scope) => ({ username, password: renderSecret(scope, 'password', password) }),
      dataApi: {
        role: options.dataApiRole,
        target: (stack) => redshiftArn(stack, 'cluster', clusterIdentifier),
        signIn: (stack) => [
          new iam.PolicyStatement({
            actions: ['redshift:GetClusterCredentials'],
            resources: [
              redshiftArn(stack, 'dbname', `${clusterIdentifier}/${databaseName}`),
              redshiftArn(stack, 'dbuser', `${clusterIdentifier}/${username}`),
            ],
          }),
          new iam.PolicyStatement({
            effect: iam.Effect.DENY,
            actions: ['redshift:CreateClusterUser'],
            resources: [redshiftArn(stack, 'dbuser', `${clusterIdentifier}/*`)],
          }),
        ],
      },
    });
  }

  /**
   * To Amazon Redshift Serverless, through the Amazon Redshift Data API. AppFlow is the database user `IAMR:` followed by the name of
   * `dataApiRole`, to which the database must grant what flows need.
   */
  public static serverless(options: RedshiftServerlessOptions): RedshiftConnection {
    const { databaseName, databaseUrl, workgroupName } = options;
    const target = (stack: Stack) => options.workgroupArn
      ?? stack.formatArn({ service: 'redshift-serverless', resource: 'workgroup', resourceName: '*' });
    return new RedshiftConnection(options, {
      loaders: ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'],
      properties: { isRedshiftServerless: true, workgroupName, databaseName, databaseUrl },
      dataApi: {
        role: options.dataApiRole,
        target,
        signIn: (stack) => [new iam.PolicyStatement({ actions: ['redshift-serverless:GetCredentials'], resources: [target(stack)] })],
      },
    });
  }

  /**
   * To a publicly accessible cluster, through JDBC. AppFlow discourages it, and will discontinue it: a warning says so
   * (`appflow-constructs:redshift-jdbc`). CreateConnectorProfile was seen to refuse it, and to ask for the role for the Data API.
   */
  public static jdbc(options: RedshiftJdbcOptions): RedshiftConnection {
    return new RedshiftConnection(options, {
      loaders: ['redshift.amazonaws.com'],
      properties: { databaseUrl: options.databaseUrl },
      credentials: (scope) => renderBasic(scope, options),
    });
  }

  public readonly connectorType = ConnectorType.REDSHIFT;

  /**
   * The role with which Amazon Redshift reads the bucket, to be associated with the cluster or namespace. It is made with the first connector profile
   * that uses the connection; others that use the connection share it.
   *
   * @default - no connector profile uses the connection yet, or the role was given
   */
  public get role(): iam.IRole | undefined {
    return this.madeRole;
  }

  /**
   * The role with which AppFlow uses the Amazon Redshift Data API, shared like `role`. In Amazon Redshift Serverless, grant what flows need to
   * `"IAMR:name"`.
   *
   * @default - no connector profile uses the connection yet, the role was given, or the connection goes through JDBC
   */
  public get dataApiRole(): iam.IRole | undefined {
    return this.madeDataApiRole;
  }

  private madeRole?: iam.Role;
  private madeDataApiRole?: iam.Role;

  private constructor(private readonly options: RedshiftConnectionOptions, private readonly access: Access) {}

  public bind(scope: Construct): ConnectionConfig {
    const { bucket, prefix } = this.options;
    const { dataApi } = this.access;
    const role = this.options.role ?? (this.madeRole ??= this.createRole(scope));
    const dataApiRole = dataApi !== undefined ? dataApi.role ?? (this.madeDataApiRole ??= createDataApiRole(scope, dataApi)) : undefined;
    // The roles that are made are referred to, and so are waited for; their policies are not.
    const policies = [this.madeRole, this.madeDataApiRole].map((made) => made?.node.tryFindChild('DefaultPolicy')).filter((policy) => policy !== undefined);
    return {
      connectorProfileCredentials: this.access.credentials?.(scope),
      connectorProfileProperties: {
        ...this.access.properties,
        bucketName: bucket.bucketRef.bucketName,
        bucketPrefix: prefix,
        roleArn: role.roleRef.roleArn,
        dataApiRoleArn: dataApiRole?.roleRef.roleArn,
      },
      dependencies: [...allowStaging(scope, bucket), ...policies],
    };
  }

  private createRole(scope: Construct): iam.Role {
    const role = new iam.Role(scope, 'RedshiftRole', {
      description: 'Lets Amazon Redshift load what Amazon AppFlow has put into a bucket',
      assumedBy: new iam.CompositePrincipal(...this.access.loaders.map((service) => new iam.ServicePrincipal(service))),
    });
    allowLoading(role, this.options.bucket, this.options.prefix, ['s3:GetObject']);
    return role;
  }
}

/**
 * What AppFlow's guide gives to the role, on the cluster or workgroup alone, and on the role's own statements.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_service-role-policies.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftdataapi.html
 */
function createDataApiRole(scope: Construct, access: DataApiAccess): iam.Role {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'DataApiRole', {
    description: 'Lets Amazon AppFlow use the Amazon Redshift Data API',
    assumedBy: appFlowPrincipal(scope),
  });
  const statements = [
    new iam.PolicyStatement({ actions: ['redshift-data:ExecuteStatement'], resources: [access.target(stack)] }),
    because(NO_RESOURCES, new iam.PolicyStatement({
      actions: ['redshift-data:GetStatementResult', 'redshift-data:DescribeStatement'],
      resources: ['*'],
      // By the role, not by ${aws:userid}: AppFlow may ask for a result in another session than the one that ran the statement.
      conditions: { StringLike: { 'redshift-data:statement-owner-iam-userid': `${role.roleId}:*` } },
    })),
    ...access.signIn(stack),
    new iam.PolicyStatement({
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [stack.formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: 'aws-service-role/redshift-data.amazonaws.com/AWSServiceRoleForRedshift',
      })],
      conditions: { StringLike: { 'iam:AWSServiceName': 'redshift-data.amazonaws.com' } },
    }),
  ];
  statements.forEach((statement) => role.addToPolicy(statement));
  justifyWildcards(role, statements);
  return role;
}

function redshiftArn(stack: Stack, resource: string, resourceName: string): string {
  return stack.formatArn({ service: 'redshift', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** Properties of an Amazon Redshift destination. The object is a table, such as `public.customers`. */
export interface RedshiftDestinationProps extends StagedDestinationOptions {}

/**
 * Inserts records into a table of Amazon Redshift. AppFlow neither updates nor upserts there.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/redshift.html
 */
export class RedshiftDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.REDSHIFT;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: RedshiftDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    return stagedDestination(scope, this.connectorProfile, this.props);
  }
}
