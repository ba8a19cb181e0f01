import { JdbcConnection, JdbcDestination, JdbcDriver, JdbcSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const databaseUser = () => JdbcConnection.databaseUser({
  driver: JdbcDriver.MYSQL, hostname: 'db.acme.example.com', port: 3306, database: 'sales', username: 'appflow', password: secret('password'),
});

export const example: ConnectorExample = {
  connections: { 'user of the database': databaseUser },
  flows: {
    source: (parts) => parts.from(new JdbcSource(parts.profile(databaseUser()), { entityName: 'orders' })),
    destination: (parts) => parts.to(new JdbcDestination(parts.profile(databaseUser()), { entityName: 'orders' })),
  },
};
