import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Map', sourceFields: ['Id'], operator: 'NO_OP', destinationField: 'id', taskProperties: { TRUNCATE_LENGTH: '9' } }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Truncate', sourceFields: ['Id'], operator: 'NO_OP', taskProperties: { TRUNCATE_LENGTH: '9' } }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Map', sourceFields: ['Id'], operator: 'NO_OP', destinationField: 'id', taskProperties: { [tokens.text()]: '9' } }),
        new RawTask({ taskType: tokens.text(), sourceFields: ['Id'], operator: 'NO_OP', taskProperties: { TRUNCATE_LENGTH: '9' } }),
      ],
    });
  },
};
