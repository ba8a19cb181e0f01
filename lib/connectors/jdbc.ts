import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import {
  CustomConnectorDestination, type CustomConnectorDestinationOptions, CustomConnectorSource, type CustomConnectorSourceOptions,
} from './custom-connector';
import { databaseUser, type DatabaseUserOptions } from '../authentication/database-user';
import { LABELLED_CUSTOM_CONNECTORS } from '../private/custom-connectors';
import { LabelledConnection } from '../private/labelled-connection';

const RECORD = LABELLED_CUSTOM_CONNECTORS.jdbc;

/**
 * The JDBC driver of a database.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-jdbc.html
 */
export enum JdbcDriver {
  /** MySQL. */
  MYSQL = 'mysql',
  /** PostgreSQL. */
  POSTGRESQL = 'postgresql',
}

/** Sign-in to a database through JDBC. */
export interface JdbcDatabaseUserOptions extends DatabaseUserOptions {
  /** The JDBC driver of the database. */
  readonly driver: JdbcDriver;
}

/**
 * How AppFlow signs in to a database through JDBC. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-jdbc.html
 */
export class JdbcConnection extends LabelledConnection {
  /** With the name and password of a user of the database. */
  public static databaseUser(options: JdbcDatabaseUserOptions): JdbcConnection {
    return new JdbcConnection(databaseUser(RECORD.label.value, options.driver, options));
  }
}

/** Properties of a JDBC source. */
export interface JdbcSourceProps extends CustomConnectorSourceOptions {
  /** The entity to read, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Takes records from a database through JDBC.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-jdbc.html
 */
export class JdbcSource extends CustomConnectorSource {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: JdbcSourceProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}

/** Properties of a JDBC destination. */
export interface JdbcDestinationProps extends CustomConnectorDestinationOptions {
  /** The entity to write to, as AppFlow's ListConnectorEntities names it. At most 1,024 characters, no blanks. */
  readonly entityName: string;
}

/**
 * Writes records to a database through JDBC.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-jdbc.html
 */
export class JdbcDestination extends CustomConnectorDestination {
  constructor(connectorProfile: appflow.IConnectorProfileRef, props: JdbcDestinationProps) {
    super(connectorProfile, { ...props, connectorLabel: RECORD.label.value });
  }
}
