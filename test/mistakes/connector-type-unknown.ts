import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const incidents = (connectorType: unknown, connectorProfileName: unknown) => flowTemplate({
  SourceFlowConfig: {
    ConnectorType: connectorType,
    ConnectorProfileName: connectorProfileName,
    SourceConnectorProperties: { ServiceNow: { Object: 'incident' } },
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: incidents('ServiceNow', 'acme'),
  right: incidents('Servicenow', 'acme'),
  withTokens: incidents(PARAMETER, PARAMETER),
};
