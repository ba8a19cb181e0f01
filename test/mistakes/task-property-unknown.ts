import { OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], operator: 'NO_OP', destinationField: 'name', taskProperties: { SOURCE_DATATYPE: 'string' } }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], operator: 'NO_OP', destinationField: 'name', taskProperties: { SOURCE_DATA_TYPE: 'string' } }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], operator: 'NO_OP', destinationField: 'name', taskProperties: { [tokens.text()]: tokens.text() } }),
      ],
    });
  },
};
