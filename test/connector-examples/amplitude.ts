import { Mapping, AmplitudeConnection, AmplitudeSource } from 'appflow-constructs';
import { type ConnectorExample, secret } from '../connector-example';

const apiKey = () => AmplitudeConnection.apiKey({ apiKey: secret('apiKey'), secretKey: secret('secretKey') });

export const example: ConnectorExample = {
  connections: { 'API key and secret key': apiKey },
  flows: {
    'source, with filters': (parts) => {
      const events = new AmplitudeSource(parts.profile(apiKey()), { object: 'events', apiVersion: 'v2' });
      return parts.from(events, [
        events.filter.between('event_time', new Date('2026-11-01'), new Date('2026-11-21')),
        Mapping.fields(['event_type', 'user_id']),
      ]);
    },
  },
};
