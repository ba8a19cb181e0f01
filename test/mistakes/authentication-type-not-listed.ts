import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { gitHubTemplate, SECRET } from '../profile-template';

const KEY = { AuthenticationType: 'APIKEY', ApiKey: { ApiKey: SECRET } };

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: gitHubTemplate({ ConnectorLabel: 'HubSpot' }, KEY),
  right: gitHubTemplate({ ConnectorLabel: 'Mailchimp' }, KEY),
  withTokens: gitHubTemplate({ ConnectorLabel: PARAMETER }, { ...KEY, AuthenticationType: PARAMETER }),
};
