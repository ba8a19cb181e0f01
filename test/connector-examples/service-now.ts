import { Mapping, ServiceNowConnection, ServiceNowSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const instanceUrl = 'https://acme.service-now.com';
const client = { instanceUrl, clientId: '7c3a1f', clientSecret: secret('clientSecret') };
const basic = () => ServiceNowConnection.basic({ instanceUrl, username: 'appflow', password: secret('password') });

const source = (parts: Parts) => new ServiceNowSource(parts.profile(basic()), { object: 'incident', apiVersion: 'v2' });

export const example: ConnectorExample = {
  connections: {
    'user name and password': basic,
    'OAuth 2.0 with tokens': () => ServiceNowConnection.oAuth2({
      ...client, accessToken: secret('accessToken'), refreshToken: secret('refreshToken'),
    }),
    'OAuth 2.0 with an authorization code': () => ServiceNowConnection.oAuth2({
      ...client, authCode: secret('authCode'), redirectUri: 'https://acme.example.com/callback',
    }),
  },
  flows: {
    'source, with filters': (parts) => {
      const incidents = source(parts);
      return parts.from(incidents, [
        incidents.filter.equalTo('active', true),
        incidents.filter.equalToAny('category', ['network', 'hardware']),
        incidents.filter.notEqualTo('state', 7),
        incidents.filter.contains('short_description', 'printer'),
        incidents.filter.containsAny('description', ['paper', 'toner']),
        Mapping.fields(['number', 'short_description']),
      ]);
    },
    'source, with ranges': (parts) => {
      const incidents = source(parts);
      return parts.from(incidents, [
        incidents.filter.between('opened_at', new Date('2026-11-01'), new Date('2026-11-30')),
        incidents.filter.greaterThan('urgency', 1),
        incidents.filter.greaterThanOrEqualTo('impact', 1),
        incidents.filter.lessThan('priority', 4),
        incidents.filter.lessThanOrEqualTo('severity', 3),
        Mapping.all(),
      ]);
    },
  },
};
