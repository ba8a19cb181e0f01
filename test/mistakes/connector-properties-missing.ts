import { flowTemplate, PARAMETER, S3_SOURCE } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const sourceWith = (connectorType: unknown, properties: object) => flowTemplate({
  SourceFlowConfig: { ConnectorType: connectorType, ConnectorProfileName: 'acme', SourceConnectorProperties: properties },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: sourceWith('Salesforce', S3_SOURCE.SourceConnectorProperties),
  right: sourceWith('Salesforce', { Salesforce: { Object: 'Lead' } }),
  withTokens: flowTemplate({
    SourceFlowConfig: { ConnectorType: PARAMETER, SourceConnectorProperties: S3_SOURCE.SourceConnectorProperties },
    DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: PARAMETER }],
  }),
};
