import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { BASIC, profileTemplate } from '../profile-template';

const serviceNow = (connectorType: unknown) =>
  profileTemplate(connectorType, { ServiceNow: BASIC }, { ServiceNow: { InstanceUrl: 'https://acme.service-now.com' } });

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: serviceNow('ServiceNow'),
  right: serviceNow('Servicenow'),
  withTokens: serviceNow(PARAMETER),
};
