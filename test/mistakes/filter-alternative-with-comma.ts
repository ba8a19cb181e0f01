import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'flows that AppFlow took: they have the alternatives of a filter as one text, with commas between them',
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalToAny('Name', ['Acme, Inc.', 'Globex'])] });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalTo('Name', 'Acme, Inc.')] });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalToAny('Name', [tokens.text(), `${tokens.text()}, Inc.`])] });
  },
};
