import { ConnectorProfile, CustomConnectorSource, GlueDataCatalog, Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    catalogued(stack, 'MicrosoftSharePointOnline');
  },
  right(stack) {
    catalogued(stack, 'MicrosoftDynamics365');
  },
  withTokens(stack, tokens) {
    catalogued(stack, tokens.text());
  },
};

function catalogued(stack: Stack, connectorLabel: string) {
  new OnDemandFlow(stack, 'Flow', {
    source: new CustomConnectorSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'acme'), { connectorLabel, entityName: 'site' }),
    destination: new S3Destination(lake(stack), { catalog: new GlueDataCatalog({ databaseName: 'sites', tablePrefix: 'acme' }) }),
    tasks: [Mapping.all()],
  });
}
