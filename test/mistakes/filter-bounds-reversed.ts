import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [
        Mapping.all(),
        source.filter.between('Amount', 100, 1),
      ],
    });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [
        Mapping.all(),
        source.filter.between('Amount', 1, 100),
      ],
    });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', {
      source,
      destination,
      tasks: [
        Mapping.all(),
        source.filter.between('Amount', tokens.number(), 1),
        source.filter.between('Amount', 100, tokens.text()),
        source.filter.between('Amount', 100, 1, { dataType: tokens.text() }),
      ],
    });
  },
};
