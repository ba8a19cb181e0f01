import { ConnectorProfile, Mapping, OnDemandFlow, type VeevaDocumentOptions, VeevaSource } from 'appflow-constructs';
import { type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToSalesforce } from '../samples';

function flow(stack: Stack, documents?: VeevaDocumentOptions) {
  new OnDemandFlow(stack, 'Flow', {
    ...s3ToSalesforce(stack),
    source: new VeevaSource(ConnectorProfile.fromConnectorProfileName(stack, 'Veeva', 'acme'), { object: 'documents', documents }),
    tasks: [Mapping.all()],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, { documentType: 'Clinical Study' });
  },
  right(stack) {
    flow(stack);
  },
  withTokens(stack, tokens) {
    flow(stack, { documentType: tokens.text() });
  },
};
