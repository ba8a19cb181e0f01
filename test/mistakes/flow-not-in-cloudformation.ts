import { flowTemplate, PARAMETER, S3_SOURCE } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const { S3 } = S3_SOURCE.SourceConnectorProperties;

/** A flow that reads the messages of a channel since a time. */
const slack = (connectorType: unknown, operator: unknown) => flowTemplate({
  SourceFlowConfig: {
    ConnectorType: connectorType,
    ConnectorProfileName: 'acme',
    SourceConnectorProperties: connectorType === 'Slack' ? { Slack: { Object: 'conversations/C0123456789' } } : { S3 },
  },
  Tasks: [
    {
      TaskType: 'Filter',
      SourceFields: ['ts'],
      ConnectorOperator: { Slack: operator },
      TaskProperties: [
        { Key: 'DATA_TYPE', Value: 'datetime' },
        ...operator === 'BETWEEN'
          ? [{ Key: 'LOWER_BOUND', Value: '1767225600000' }, { Key: 'UPPER_BOUND', Value: '1769904000000' }]
          : [{ Key: 'VALUE', Value: '1767225600000' }],
      ],
    },
    { TaskType: 'Map_all', SourceFields: [] },
  ],
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: slack('Slack', 'GREATER_THAN'),
  right: slack('Slack', 'BETWEEN'),
  withTokens: slack(PARAMETER, PARAMETER),
};
