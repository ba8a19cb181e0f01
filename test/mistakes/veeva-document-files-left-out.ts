import { ConnectorProfile, Mapping, OnDemandFlow, S3Destination, type VeevaDocumentOptions, VeevaSource } from 'appflow-constructs';
import { Lazy, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function flow(stack: Stack, documents: VeevaDocumentOptions) {
  new OnDemandFlow(stack, 'Flow', {
    source: new VeevaSource(ConnectorProfile.fromConnectorProfileName(stack, 'Veeva', 'acme'), { object: 'documents', documents }),
    destination: new S3Destination(lake(stack)),
    tasks: [Mapping.all()],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, { includeSourceFiles: false, includeRenditions: true });
  },
  right(stack) {
    flow(stack, { includeRenditions: true });
  },
  withTokens(stack, tokens) {
    flow(stack, {
      documentType: tokens.text(),
      includeSourceFiles: Lazy.any({ produce: () => false }) as unknown as boolean,
      includeAllVersions: true,
    });
  },
};
