import { RdsPostgreSqlConnection, RdsPostgreSqlDestination } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const databaseUser = () => RdsPostgreSqlConnection.databaseUser({
  hostname: 'sales.cluster.example.com', port: 5432, database: 'sales', username: 'appflow', password: secret('password'),
});

export const example: ConnectorExample = {
  connections: { 'user of the database': databaseUser },
  flows: {
    destination: (parts) => parts.to(new RdsPostgreSqlDestination(parts.profile(databaseUser()), { entityName: 'orders' })),
  },
};
