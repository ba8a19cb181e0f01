import { Mapping, TrendMicroConnection, TrendMicroSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiSecretKey = () => TrendMicroConnection.apiSecretKey({ apiSecretKey: secret('apiSecretKey') });

export const example: ConnectorExample = {
  connections: { 'API secret key': apiSecretKey },
  flows: {
    'source, with filters': (parts) => {
      const computers = new TrendMicroSource(parts.profile(apiSecretKey()), { object: 'computers', apiVersion: 'v1' });
      return parts.from(computers, [
        computers.filter.equalTo('platform', 'Linux'),
        Mapping.fields(['ID', 'hostName']),
      ]);
    },
  },
};
