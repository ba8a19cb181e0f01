import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { gitHubTemplate } from '../profile-template';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: gitHubTemplate({ ConnectorLabel: { Ref: 'AWS::NoValue' } }),
  right: gitHubTemplate({ ConnectorLabel: 'GitHub' }),
  withTokens: gitHubTemplate({ ConnectorLabel: PARAMETER }),
};
