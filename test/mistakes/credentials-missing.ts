import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { CLIENT, profileTemplate } from '../profile-template';

const SLACK = { Slack: { InstanceUrl: 'https://acme.slack.com' } };

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: profileTemplate('Slack', undefined, SLACK),
  right: profileTemplate('Slack', { Slack: CLIENT }, SLACK),
  withTokens: profileTemplate('Slack', PARAMETER, SLACK),
};
