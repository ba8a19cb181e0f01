import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import { CustomConnectorDestination, type CustomConnectorDestinationOptions } from './custom-connector';
import { databaseUser, type DatabaseUserOptions } from '../authentication/database-user';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.rdsPostgreSql;

/**
 * How AppFlow signs in to Amazon RDS for PostgreSQL. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-amazon-rds-postgres-sql.html
 */
export class RdsPostgreSqlConnection extends LabelledConnection {
  /** With the name and password of a user of the database. */
  public static databaseUser(options: DatabaseUserOptions): RdsPostgreSqlConnection {
    return new RdsPostgreSqlConnection(databaseUser(RECORD.label.value, 'postgresql', options));
  }
}

/** Properties of an Amazon RDS for PostgreSQL destination. */
export interface RdsPostgreSqlDestinationProps extends CustomConnectorDestinationOptions {
  /** The entity to write to, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Writes records to Amazon RDS for PostgreSQL.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-amazon-rds-postgres-sql.html
 */
export class RdsPostgreSqlDestination extends CustomConnectorDestination {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: RdsPostgreSqlDestinationProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
