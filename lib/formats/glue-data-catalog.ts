import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { aws_iam as iamRefs } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { CatalogConfig } from '../integration';
import { because, justifyWildcards } from '../private/justification';
import { appFlowPrincipal } from '../private/permissions';

/**
 * What AppFlow needs to describe data in the catalogue.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_service-role-policies.html
 */
const CATALOG_ACTIONS = [
  'BatchCreatePartition', 'BatchDeletePartition', 'BatchDeleteTable', 'BatchDeleteTableVersion', 'BatchGetPartition',
  'BatchUpdatePartition', 'CreateDatabase', 'CreatePartition', 'CreatePartitionIndex', 'CreateTable', 'DeleteDatabase',
  'DeletePartition', 'DeletePartitionIndex', 'DeleteTable', 'DeleteTableVersion', 'GetDatabase', 'GetDatabases', 'GetPartition',
  'GetPartitionIndexes', 'GetPartitions', 'GetTable', 'GetTables', 'GetTableVersion', 'GetTableVersions', 'TagResource',
  'UntagResource', 'UpdateDatabase', 'UpdatePartition', 'UpdateTable',
].map((action) => `glue:${action}`);

/** Properties of a catalogue. */
export interface GlueDataCatalogProps {
  /** The name of the AWS Glue database. It must exist when a flow runs. */
  readonly databaseName: string;

  /** What the names of the tables start with: `{tablePrefix}_appflow_{flow}_…`. */
  readonly tablePrefix: string;

  /**
   * The role with which AppFlow creates tables and partitions. It must trust `appflow.amazonaws.com`.
   *
   * @default - a role that may do what AppFlow documents, in this database alone
   */
  readonly role?: iamRefs.IRoleRef;
}

/**
 * Describes the data that a flow writes to Amazon S3 in the AWS Glue Data Catalog, so that Amazon Athena and others can query it.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flows-catalog.html
 */
export class GlueDataCatalog {
  private readonly props: GlueDataCatalogProps;

  constructor(props: GlueDataCatalogProps) {
    this.props = props;
  }

  /**
   * Called by the destination: makes the role if none was given.
   *
   * @param scope the flow
   */
  public bind(scope: Construct): CatalogConfig {
    return {
      roleArn: this.props.role?.roleRef.roleArn ?? this.createRole(scope).roleArn,
      databaseName: this.props.databaseName,
      tablePrefix: this.props.tablePrefix,
    };
  }

  private createRole(scope: Construct): iam.Role {
    const glueArn = (resource: string, resourceName?: string) => Stack.of(scope).formatArn({ service: 'glue', resource, resourceName });
    const statement = because('AppFlow makes up the names of the tables of a flow.', new iam.PolicyStatement({
      actions: CATALOG_ACTIONS,
      resources: [
        glueArn('catalog'),
        glueArn('database', this.props.databaseName),
        glueArn('table', `${this.props.databaseName}/*`),
      ],
    }));
    const role = new iam.Role(scope, 'CatalogRole', {
      description: 'Lets Amazon AppFlow describe the data of a flow in the AWS Glue Data Catalog',
      assumedBy: appFlowPrincipal(scope),
      inlinePolicies: { Catalog: new iam.PolicyDocument({ statements: [statement] }) },
    });
    justifyWildcards(role, [statement]);
    return role;
  }
}
