import { Mapping, MicrosoftSharePointOnlineConnection, MicrosoftSharePointOnlineSource } from 'appflow-constructs';
import { type ConnectorExample, type Parts, secret } from '../connector-example';

const oAuth2 = () => MicrosoftSharePointOnlineConnection.oAuth2({
  tokenUrl: 'https://login.microsoftonline.com/acme/oauth2/v2.0/token',
  clientId: 'client',
  clientSecret: secret('clientSecret'),
  accessToken: secret('accessToken'),
  refreshToken: secret('refreshToken'),
});

export const example: ConnectorExample = {
  connections: { 'OAuth 2.0': oAuth2 },
  flows: {
    'source': (parts) => parts.from(site(parts, ['drives/driveId/items/itemId'])),
    'source, with a filter': (parts) => {
      const documents = site(parts);
      return parts.from(documents, [documents.filter.equalTo('fileType', 'pdf'), Mapping.fields(['name'])]);
    },
  },
};

function site(parts: Parts, subEntities?: string[]): MicrosoftSharePointOnlineSource {
  return new MicrosoftSharePointOnlineSource(parts.profile(oAuth2()), {
    entityName: 'sites/acme.sharepoint.com,1a2b,3c4d', apiVersion: 'v1.0', subEntities,
  });
}
