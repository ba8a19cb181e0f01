import { ConnectorProfile, Mapping, OnDemandFlow, SalesforceSource } from 'appflow-constructs';
import { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { s3ToS3 } from '../samples';

function accounts(stack: Stack, profileRegion: string) {
  const arn = `arn:aws:appflow:${profileRegion}:111122223333:connectorprofile/acme`;
  new OnDemandFlow(stack, 'Flow', {
    ...s3ToS3(stack),
    source: new SalesforceSource(ConnectorProfile.fromConnectorProfileArn(stack, 'Salesforce', arn), { object: 'Account' }),
    tasks: [Mapping.all()],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    accounts(new Stack(stack, 'Frankfurt', { env: { region: 'eu-central-1' } }), 'eu-west-1');
  },
  right(stack) {
    accounts(new Stack(stack, 'Frankfurt', { env: { region: 'eu-central-1' } }), 'eu-central-1');
  },
  withTokens(stack, tokens) {
    accounts(stack, tokens.text());
  },
};
