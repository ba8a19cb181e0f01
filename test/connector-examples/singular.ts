import { Mapping, SingularConnection, SingularSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiKey = () => SingularConnection.apiKey({ apiKey: secret('apiKey') });

export const example: ConnectorExample = {
  connections: { 'API key': apiKey },
  flows: {
    'source, with filters': (parts) => {
      const report = new SingularSource(parts.profile(apiKey()), { object: 'report', apiVersion: 'v2' });
      return parts.from(report, [
        report.filter.equalTo('source', 'Google'),
        Mapping.fields(['app', 'cost']),
      ]);
    },
  },
};
