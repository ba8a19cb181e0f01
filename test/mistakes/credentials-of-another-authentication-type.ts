import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { gitHubTemplate, SECRET } from '../profile-template';

const gitHub = (authenticationType: unknown) => gitHubTemplate({}, {
  AuthenticationType: authenticationType,
  Custom: { CustomAuthenticationType: 'PAT', CredentialsMap: { personalAccessToken: SECRET } },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: gitHub('OAUTH2'),
  right: gitHub('CUSTOM'),
  withTokens: gitHub(PARAMETER),
};
