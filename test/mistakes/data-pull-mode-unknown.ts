import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** Props have no name of a pull mode: each is a method of a class. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: scheduled({ TriggerProperties: { ScheduleExpression: 'rate(1days)', DataPullMode: 'incremental' } }),
  right: scheduled({ TriggerProperties: { ScheduleExpression: 'rate(1days)', DataPullMode: 'Incremental' } }),
  withTokens: scheduled({ TriggerProperties: { ScheduleExpression: 'rate(1days)', DataPullMode: PARAMETER } }),
};

function scheduled(properties: object): object {
  return flowTemplate({ FlowStatus: 'Active', TriggerConfig: { TriggerType: 'Scheduled', ...properties } });
}
