import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** Only the props of a scheduled flow have a schedule. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ TriggerConfig: { TriggerType: 'OnDemand', TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
  right: flowTemplate({ FlowStatus: 'Active', TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
  withTokens: flowTemplate({ TriggerConfig: { TriggerType: PARAMETER, TriggerProperties: { ScheduleExpression: 'rate(1hours)' } } }),
};
