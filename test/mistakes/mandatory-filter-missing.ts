import { ConnectorProfile, DatadogSource, type IFlowTask, Mapping, OnDemandFlow, RawTask } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

function flow(stack: Stack, filters: (source: DatadogSource) => IFlowTask[]) {
  const source = new DatadogSource(ConnectorProfile.fromConnectorProfileName(stack, 'Datadog', 'datadog'), { object: 'metrics' });
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), source, tasks: [...filters(source), Mapping.fields(['metric', 'points'])] });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, ({ filter }) => [filter.between('time', new Date('2026-11-01'), new Date('2026-11-21'))]);
  },
  right(stack) {
    flow(stack, ({ filter }) => [
      filter.between('time', new Date('2026-11-01'), new Date('2026-11-21')),
      filter.equalTo('query', 'system.cpu.idle'),
    ]);
  },
  withTokens(stack, tokens) {
    flow(stack, ({ filter }) => [
      filter.between('time', new Date('2026-11-01'), new Date('2026-11-21')),
      new RawTask({ taskType: 'Filter', sourceFields: ['query'], operator: tokens.text(), taskProperties: { DATA_TYPE: 'string', VALUE: 'system.cpu.idle' } }),
    ]);
  },
};
