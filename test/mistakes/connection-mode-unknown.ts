import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { slackTemplate } from '../profile-template';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: slackTemplate({ ConnectionMode: 'public' }),
  right: slackTemplate({ ConnectionMode: 'Public' }),
  withTokens: slackTemplate({ ConnectionMode: PARAMETER }),
};
