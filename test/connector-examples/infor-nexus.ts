import { Mapping, InforNexusConnection, InforNexusSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const accessKey = () => InforNexusConnection.accessKey({
  instanceUrl: 'https://network.infornexus.com',
  accessKeyId: 'ACME1',
  userId: 'appflow',
  secretAccessKey: secret('secretAccessKey'),
  dataKey: secret('dataKey'),
});

export const example: ConnectorExample = {
  connections: { 'access key': accessKey },
  flows: {
    'source, with filters': (parts) => {
      const orders = new InforNexusSource(parts.profile(accessKey()), { object: 'OrderDetail', apiVersion: 'v3' });
      return parts.from(orders, [
        orders.filter.between('issueDate', new Date('2026-11-01'), new Date('2026-11-21')),
        orders.filter.equalTo('status', 'Active'),
        Mapping.fields(['uid', 'poNumber']),
      ]);
    },
  },
};
