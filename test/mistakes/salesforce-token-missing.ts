import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate, SECRET } from '../profile-template';

const salesforce = (credentials: object) =>
  profileTemplate('Salesforce', { Salesforce: credentials }, { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } });

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: salesforce({ ConnectorOAuthRequest: { RedirectUri: 'https://acme.example.com/callback' } }),
  right: salesforce({ ConnectorOAuthRequest: { AuthCode: SECRET, RedirectUri: 'https://acme.example.com/callback' } }),
  withTokens: salesforce({ OAuth2GrantType: PARAMETER, ConnectorOAuthRequest: PARAMETER }),
};
