import { ConnectorProfile, GoogleAnalyticsSource, Mapping, OnDemandFlow, OutputFormat, S3Destination } from 'appflow-constructs';
import { Annotations, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function flow(stack: Stack, object: string, format?: OutputFormat) {
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:connector-discontinued');
  new OnDemandFlow(stack, 'Flow', {
    source: new GoogleAnalyticsSource(ConnectorProfile.fromConnectorProfileName(stack, 'GoogleAnalytics', 'acme'), { object }),
    destination: new S3Destination(lake(stack), { format }),
    tasks: [Mapping.fields(['ga:country', 'ga:sessions'])],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, '12345678', OutputFormat.parquet());
  },
  right(stack) {
    flow(stack, '12345678');
  },
  withTokens(stack, tokens) {
    flow(stack, tokens.text(), OutputFormat.json());
  },
};
