import { Mapping, OnDemandFlow } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalToAny('StageName', [...'ABCDEFGHIJK'])] });
  },
  right(stack) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalToAny('StageName', [...'ABCDEFGHIJ'])] });
  },
  withTokens(stack, tokens) {
    const { source, destination } = salesforceToS3(stack);
    new OnDemandFlow(stack, 'Flow', { source, destination, tasks: [Mapping.all(), source.filter.equalToAny('StageName', [...'ABCDEFGHIJ', tokens.text()])] });
  },
};
