import { Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Map', sourceFields: ['FirstName', 'LastName'], operator: 'NO_OP', destinationField: 'name' }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Map', sourceFields: ['FirstName'], operator: 'NO_OP', destinationField: 'name' }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        new RawTask({ taskType: 'Map', sourceFields: tokens.list(), operator: 'NO_OP', destinationField: 'name' }),
        new RawTask({ taskType: tokens.text(), sourceFields: ['FirstName', 'LastName'], operator: 'NO_OP' }),
      ],
    });
  },
};
