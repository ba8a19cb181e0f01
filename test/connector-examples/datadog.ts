import { Mapping, DatadogConnection, DatadogSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiKey = () => DatadogConnection.apiKey({
  instanceUrl: 'https://api.datadoghq.com', apiKey: secret('apiKey'), applicationKey: secret('applicationKey'),
});

export const example: ConnectorExample = {
  connections: { 'API key and application key': apiKey },
  flows: {
    'source, with filters': (parts) => {
      const metrics = new DatadogSource(parts.profile(apiKey()), { object: 'metrics', apiVersion: 'v1' });
      return parts.from(metrics, [
        metrics.filter.between('time', new Date('2026-11-01'), new Date('2026-11-21')),
        metrics.filter.equalTo('query', 'system.cpu.idle'),
        Mapping.fields(['metric', 'points']),
      ]);
    },
  },
};
