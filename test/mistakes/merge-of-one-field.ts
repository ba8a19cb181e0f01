import { Mapping, Merge, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Merge.concatenate(['Name'], { destinationField: 'title' }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Merge.concatenate(['Name', 'StageName'], { destinationField: 'title' }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({
          taskType: 'Merge',
          sourceFields: tokens.list(),
          operator: 'NO_OP',
          destinationField: tokens.text(),
          taskProperties: { CONCAT_FORMAT: tokens.text() },
        }),
      ],
    });
  },
};
