import { flowTemplate, PARAMETER, S3_DESTINATION } from '../flow-template';
import type { DocumentMistake } from '../mistake';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: flowTemplate({ DestinationFlowConfigList: [S3_DESTINATION, S3_DESTINATION] }),
  right: flowTemplate({ DestinationFlowConfigList: [S3_DESTINATION] }),
  withTokens: flowTemplate({ DestinationFlowConfigList: PARAMETER }),
};
