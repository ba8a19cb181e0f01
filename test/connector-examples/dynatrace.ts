import { Mapping, DynatraceConnection, DynatraceSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiToken = () => DynatraceConnection.apiToken({ instanceUrl: 'https://abc12345.live.dynatrace.com', apiToken: secret('apiToken') });

export const example: ConnectorExample = {
  connections: { 'API token': apiToken },
  flows: {
    'source, with filters': (parts) => {
      const problems = new DynatraceSource(parts.profile(apiToken()), { object: 'problems', apiVersion: 'v2' });
      return parts.from(problems, [
        problems.filter.between('startTime', new Date('2026-11-01'), new Date('2026-11-21')),
        problems.filter.equalToAny('status', ['OPEN', 'CLOSED']),
        Mapping.fields(['problemId', 'title']),
      ]);
    },
  },
};
