import { AppFlowCheck } from 'appflow-constructs';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_Operations.html',
  wrong() {
    AppFlowCheck.document({ FlowName: 'orders', TriggerConfig: { TriggerType: 'OnDemand' } });
  },
  right() {
    AppFlowCheck.document({ flowName: 'orders', triggerConfig: { triggerType: 'OnDemand' } });
  },
  withTokens(_, tokens) {
    AppFlowCheck.document({ flowName: tokens.text(), triggerConfig: { triggerType: tokens.text() } });
  },
};
