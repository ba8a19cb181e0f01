import { ConnectorProfile, type IFlowTask, Mapping, Mask, OnDemandFlow, RawTask, S3Destination, VeevaSource } from 'appflow-constructs';
import { type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function flow(stack: Stack, tasks: IFlowTask[]) {
  new OnDemandFlow(stack, 'Flow', {
    source: new VeevaSource(ConnectorProfile.fromConnectorProfileName(stack, 'Veeva', 'acme'), { object: 'documents', documents: { documentType: 'Clinical Study' } }),
    destination: new S3Destination(lake(stack)),
    tasks,
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, [Mapping.all(), Mask.all('title__v')]);
  },
  right(stack) {
    flow(stack, [Mapping.all()]);
  },
  withTokens(stack, tokens) {
    flow(stack, [Mapping.all(), new RawTask({ taskType: tokens.text(), sourceFields: tokens.list() })]);
  },
};
