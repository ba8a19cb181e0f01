import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { BASIC, CLIENT, profileTemplate } from '../profile-template';

const serviceNow = (credentials: object) =>
  profileTemplate('Servicenow', { ServiceNow: credentials }, { ServiceNow: { InstanceUrl: 'https://acme.service-now.com' } });

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: serviceNow({ ...BASIC, OAuth2Credentials: CLIENT }),
  right: serviceNow({ OAuth2Credentials: CLIENT }),
  withTokens: serviceNow(PARAMETER),
};
