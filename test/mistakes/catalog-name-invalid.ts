import { GlueDataCatalog, Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { catalog: new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities_'.repeat(10) }) }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { catalog: new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities' }) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { catalog: new GlueDataCatalog({ databaseName: tokens.text(), tablePrefix: tokens.text() }) }),
      tasks: [Mapping.all()],
    });
  },
};
