import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { gitHubTemplate, OAUTH2 } from '../profile-template';

const gitHub = (properties: object) => gitHubTemplate({}, OAUTH2, {
  OAuth2Properties: { TokenUrl: 'https://github.com/login/oauth/access_token', ...properties },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: gitHub({}),
  right: gitHub({ OAuth2GrantType: 'AUTHORIZATION_CODE' }),
  withTokens: gitHub({ OAuth2GrantType: PARAMETER, TokenUrl: PARAMETER }),
};
