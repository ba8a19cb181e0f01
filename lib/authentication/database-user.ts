import { type SecretValue, Tokenization } from 'aws-cdk-lib';
import { type CustomConnectionOptions, CustomConnectorConnection } from '../connectors/custom-connector';

/** Sign-in to a database with the name and password of one of its users. */
export interface DatabaseUserOptions extends CustomConnectionOptions {
  /** The name of the host that the database server runs on. */
  readonly hostname: string;

  /** The port that the database server listens to. */
  readonly port: number;

  /** The name of the database. */
  readonly database: string;

  /** The name of the user. */
  readonly username: string;

  /** The password of the user. */
  readonly password: SecretValue;
}

/** Sign-in to a database through a connector that AWS offers. */
export function databaseUser(connectorLabel: string, driver: string, options: DatabaseUserOptions): CustomConnectorConnection {
  const { hostname, port, database, username, password } = options;
  return CustomConnectorConnection.custom({
    ...options,
    connectorLabel,
    customAuthenticationType: 'CUSTOM',
    credentials: { password },
    parameters: { driver, hostname, port: Tokenization.stringifyNumber(port), database, username },
  });
}
