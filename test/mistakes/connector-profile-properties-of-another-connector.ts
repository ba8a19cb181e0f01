import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { CLIENT, profileTemplate } from '../profile-template';

const URL = { InstanceUrl: 'https://acme.slack.com' };

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: profileTemplate('Slack', { Slack: CLIENT }, { Zendesk: URL }),
  right: profileTemplate('Slack', { Slack: CLIENT }, { Slack: URL }),
  withTokens: profileTemplate('Slack', { Slack: CLIENT }, PARAMETER),
};
