import { ConnectorProfile, GoogleAnalyticsSource, Mapping, OnDemandFlow, OutputFormat, S3Destination } from 'appflow-constructs';
import { Annotations, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function flow(stack: Stack, fields: string[]) {
  const profile = ConnectorProfile.fromConnectorProfileName(stack, 'GoogleAnalytics', 'analytics');
  new OnDemandFlow(stack, 'Flow', {
    source: new GoogleAnalyticsSource(profile, { object: '12345678' }),
    destination: new S3Destination(lake(stack), { format: OutputFormat.json() }),
    tasks: [Mapping.fields(fields)],
  });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:connector-discontinued');
}

const metrics = (count: number) => Array.from({ length: count }, (_, index) => `ga:metric${index + 1}`);

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, metrics(20));
  },
  right(stack) {
    flow(stack, metrics(10));
  },
  withTokens(stack, tokens) {
    flow(stack, [...metrics(9), tokens.text()]);
  },
};
