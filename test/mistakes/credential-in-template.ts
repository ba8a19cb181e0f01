import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate, SECRET } from '../profile-template';

const salesforce = (credentials: object) =>
  profileTemplate('Salesforce', { Salesforce: credentials }, { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } });

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: salesforce({ RefreshToken: '5Aep861' }),
  right: salesforce({ RefreshToken: SECRET }),
  withTokens: salesforce({ RefreshToken: PARAMETER }),
};
