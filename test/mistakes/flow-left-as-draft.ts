import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** The library's flows are activated by default, and those that say otherwise mean it. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
  right: flowTemplate({ FlowStatus: 'Active', TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
  withTokens: flowTemplate({ FlowStatus: PARAMETER, TriggerConfig: { TriggerType: PARAMETER, TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
};
