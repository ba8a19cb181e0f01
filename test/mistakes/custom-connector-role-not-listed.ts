import { ConnectorProfile, CustomConnectorDestination, Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    flowTo(stack, 'GitHub');
  },
  right(stack) {
    flowTo(stack, 'HubSpot');
  },
  withTokens(stack, tokens) {
    flowTo(stack, tokens.text());
  },
};

function flowTo(stack: Stack, connectorLabel: string) {
  new OnDemandFlow(stack, 'Flow', {
    ...s3ToS3(stack),
    destination: new CustomConnectorDestination(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'acme'), { connectorLabel, entityName: 'contacts' }),
    tasks: [Mapping.all()],
  });
}
