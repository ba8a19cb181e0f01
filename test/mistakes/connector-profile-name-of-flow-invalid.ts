import { flowTemplate, PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const leads = (connectorProfileName: unknown) => flowTemplate({
  SourceFlowConfig: {
    ConnectorType: 'Salesforce',
    ConnectorProfileName: connectorProfileName,
    SourceConnectorProperties: { Salesforce: { Object: 'Lead' } },
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: leads('acme sales'),
  right: leads('acme-sales'),
  withTokens: leads(PARAMETER),
};
