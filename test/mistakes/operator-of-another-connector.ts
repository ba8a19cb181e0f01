import { OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], connectorOperator: { S3: 'NO_OP' }, destinationField: 'name' }),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], connectorOperator: { Salesforce: 'NO_OP' }, destinationField: 'name' }),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        new RawTask({ taskType: 'Map', sourceFields: ['Name'], connectorOperator: { Salesforce: tokens.text() }, destinationField: 'name' }),
      ],
    });
  },
};
