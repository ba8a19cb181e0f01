import { flowTemplate, PARAMETER, S3_SOURCE } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const REDSHIFT = { Object: 'public.leads', IntermediateBucketName: 'acme-lake' };

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({
    SourceFlowConfig: { ConnectorType: 'Redshift', ConnectorProfileName: 'acme', SourceConnectorProperties: { Redshift: REDSHIFT } },
  }),
  right: flowTemplate({
    DestinationFlowConfigList: [{ ConnectorType: 'Redshift', ConnectorProfileName: 'acme', DestinationConnectorProperties: { Redshift: REDSHIFT } }],
  }),
  withTokens: flowTemplate({ SourceFlowConfig: { ...S3_SOURCE, ConnectorType: PARAMETER } }),
};
