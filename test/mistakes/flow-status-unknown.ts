import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** Props have no status: each way to activate a flow is a function. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ FlowStatus: 'Activated' }),
  right: flowTemplate({ FlowStatus: 'Active' }),
  withTokens: flowTemplate({ FlowStatus: PARAMETER }),
};
