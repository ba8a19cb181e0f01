import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.greaterThan('CloseDate', '2026-01-01', { dataType: 'date' })] });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.greaterThan('CloseDate', new Date('2026-01-01'), { dataType: 'date' })] });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [
        Mapping.all(),
        source.filter.greaterThan('CloseDate', tokens.text(), { dataType: 'date' }),
        source.filter.between('Amount', tokens.number(), tokens.text()),
        source.filter.equalToAny('Amount', [tokens.number(), tokens.text()], { dataType: tokens.text() }),
      ],
    });
  },
};
