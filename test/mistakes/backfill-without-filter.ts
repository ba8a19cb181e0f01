import { ConnectorProfile, ZendeskSource } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { backfilled } from '../samples';

const tickets = (stack: Stack) => new ZendeskSource(ConnectorProfile.fromConnectorProfileName(stack, 'Zendesk', 'acme'), { object: 'tickets' });

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ConnectorOperator.html',
  wrong(stack) {
    backfilled(stack, { timestampField: 'updated_at' }, { source: tickets(stack) });
  },
  right(stack) {
    backfilled(stack, { timestampField: 'LastModifiedDate' });
  },
  withTokens(stack, tokens) {
    backfilled(stack, { timestampField: tokens.text() });
  },
};
