import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { CLIENT, profileTemplate } from '../profile-template';

const URL = 'https://sap.acme.example.com';

const sap = (DisableSSO: unknown) => profileTemplate('SAPOData', { SAPOData: { OAuthCredentials: CLIENT } }, {
  SAPOData: {
    ApplicationHostUrl: URL,
    ApplicationServicePath: '/sap/opu/odata/iwfnd/catalogservice;v=2',
    PortNumber: 443,
    ClientNumber: '100',
    OAuthProperties: { TokenUrl: `${URL}/token`, AuthCodeUrl: `${URL}/authorize`, OAuthScopes: ['ZAPI_SALES_ORDER_SRV_0001'] },
    DisableSSO,
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: sap(true),
  right: sap(false),
  withTokens: sap(PARAMETER),
};
