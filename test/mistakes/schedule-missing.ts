import { flowTemplate } from '../flow-template';
import type { DocumentMistake } from '../mistake';

/** The props of a scheduled flow require a schedule. */
export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: scheduled({}),
  right: scheduled({ TriggerProperties: { ScheduleExpression: 'rate(1hours)' } }),
  withTokens: scheduled({ TriggerProperties: { 'Fn::If': ['IsHourly', { ScheduleExpression: 'rate(1hours)' }, { Ref: 'AWS::NoValue' }] } }),
};

function scheduled(properties: object): object {
  return flowTemplate({ FlowStatus: 'Active', TriggerConfig: { TriggerType: 'Scheduled', ...properties } });
}
