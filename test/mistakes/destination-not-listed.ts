import { ConnectorProfile, Mapping, OnDemandFlow, S3Destination, SalesforceSource, SapODataDestination } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, salesforceProfile } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const sap = ConnectorProfile.fromConnectorProfileName(stack, 'Sap', 'sap');
    new OnDemandFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order' }),
      destination: new SapODataDestination(sap, { objectPath: '/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder' }),
      tasks: [Mapping.fields(['Id'])],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: 'Order' }),
      destination: new S3Destination(lake(stack)),
      tasks: [Mapping.fields(['Id'])],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      source: new SalesforceSource(salesforceProfile(stack), { object: tokens.text() }),
      destination: new S3Destination(lake(stack), { prefix: tokens.text() }),
      tasks: [Mapping.fields(['Id'])],
    });
  },
};
