import { flowTemplate, PARAMETER, S3_SOURCE } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const { SourceConnectorProperties } = S3_SOURCE;
const both = { ...SourceConnectorProperties, Salesforce: { Object: 'Lead' } };

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ SourceFlowConfig: { ConnectorType: 'S3', SourceConnectorProperties: both } }),
  right: flowTemplate({ SourceFlowConfig: { ConnectorType: 'S3', SourceConnectorProperties } }),
  withTokens: flowTemplate({ SourceFlowConfig: { ConnectorType: PARAMETER, SourceConnectorProperties: both } }),
};
