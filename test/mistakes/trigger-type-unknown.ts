import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** Props have no trigger type: each kind of flow is a class. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ TriggerConfig: { TriggerType: 'On-Demand' } }),
  right: flowTemplate({ TriggerConfig: { TriggerType: 'OnDemand' } }),
  withTokens: flowTemplate({ TriggerConfig: { TriggerType: PARAMETER } }),
};
