import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate, SECRET } from '../profile-template';

const salesforce = (credentials: object) =>
  profileTemplate('Salesforce', { Salesforce: credentials }, { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } });

const ClientCredentialsArn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:App-a1b2c3';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: salesforce({ JwtToken: SECRET, OAuth2GrantType: 'JWT_BEARER' }),
  right: salesforce({ JwtToken: SECRET, OAuth2GrantType: 'JWT_BEARER', ClientCredentialsArn }),
  withTokens: salesforce({ JwtToken: PARAMETER, OAuth2GrantType: PARAMETER, ClientCredentialsArn: PARAMETER }),
};
