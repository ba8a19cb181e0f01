import { Mapping, OnDemandFlow, S3Source } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, s3ToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new S3Source(lake(stack), { prefix: '/leads' }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new S3Source(lake(stack), { prefix: 'leads' }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToS3(stack),
      source: new S3Source(lake(stack), { prefix: `${tokens.text()}/leads` }),
      tasks: [Mapping.all()],
    });
  },
};
