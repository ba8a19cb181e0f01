import { ConnectorProfile, DynatraceSource, Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, from: any, to: any) {
  const source = new DynatraceSource(ConnectorProfile.fromConnectorProfileName(stack, 'Dynatrace', 'dynatrace'), { object: 'problems' });
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    source,
    tasks: [source.filter.between('startTime', from, to, { dataType: 'datetime' }), Mapping.fields(['problemId', 'title'])],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, new Date('2026-10-01'), new Date('2026-11-21'));
  },
  right(stack) {
    flow(stack, new Date('2026-10-22'), new Date('2026-11-21'));
  },
  withTokens(stack, tokens) {
    flow(stack, tokens.text(), tokens.text());
  },
};
