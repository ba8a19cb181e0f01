import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { BASIC, profileTemplate } from '../profile-template';

const sap = (properties: object) => profileTemplate('SAPOData', { SAPOData: { BasicAuthCredentials: BASIC } }, {
  SAPOData: {
    ApplicationHostUrl: 'https://sap.acme.example.com', ApplicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2', PortNumber: 443, ...properties,
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: sap({}),
  right: sap({ ClientNumber: '100' }),
  withTokens: sap({ ClientNumber: PARAMETER, PortNumber: PARAMETER }),
};
