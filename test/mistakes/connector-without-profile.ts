import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate, slackTemplate } from '../profile-template';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: profileTemplate('S3', {}, {}),
  right: slackTemplate(),
  withTokens: slackTemplate({ ConnectorType: PARAMETER }),
};
