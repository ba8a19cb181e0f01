import { ConnectorProfile, Mapping, OnDemandFlow, S3Source, WriteOperation, ZendeskDestination } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function tickets(stack: Stack, writeOperation: WriteOperation, idFieldNames?: string[]) {
  const zendesk = ConnectorProfile.fromConnectorProfileName(stack, 'Zendesk', 'zendesk');
  new OnDemandFlow(stack, 'Flow', {
    source: new S3Source(lake(stack), { prefix: 'tickets' }),
    destination: new ZendeskDestination(zendesk, { object: 'tickets', writeOperation }),
    tasks: [Mapping.fields(idFieldNames ?? ['id'])],
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    tickets(stack, WriteOperation.delete(['id']));
  },
  right(stack) {
    tickets(stack, WriteOperation.update(['id']));
  },
  withTokens(stack, tokens) {
    tickets(stack, WriteOperation.update(tokens.list()), [tokens.text()]);
  },
};
