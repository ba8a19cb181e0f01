import { ConnectorProfile, CustomConnectorSource, type IFlowDestination, Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToSalesforce, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    flowFrom(stack, 'MicrosoftSharePointOnline', s3ToSalesforce(stack).destination);
  },
  right(stack) {
    flowFrom(stack, 'MicrosoftSharePointOnline', salesforceToS3(stack).destination);
  },
  withTokens(stack, tokens) {
    flowFrom(stack, tokens.text(), s3ToSalesforce(stack).destination);
  },
};

function flowFrom(stack: Stack, connectorLabel: string, destination: IFlowDestination) {
  new OnDemandFlow(stack, 'Flow', {
    source: new CustomConnectorSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'site'), { connectorLabel, entityName: 'site' }),
    destination,
    tasks: [Mapping.all()],
  });
}
