import type { SecretValue } from 'aws-cdk-lib';
import type { aws_secretsmanager as secretsmanager } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { renderSecret } from './credential';
import type { ConnectionConfig } from '../integration';
import { allowReadingSecret } from '../private/permissions';

/** Sign-in with tokens of a Salesforce connected app that were obtained before. */
export interface ConnectedAppRefreshTokenOptions {
  /** The token with which AppFlow obtains access tokens. */
  readonly refreshToken: SecretValue;

  /**
   * An access token.
   *
   * @default - AppFlow obtains one with the refresh token
   */
  readonly accessToken?: SecretValue;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the tokens belong to. Its resource policy, and the policy of
   * its key, are given the statements that let AppFlow read it.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;
}

/** Sign-in with an access token of a Salesforce connected app that was obtained before. */
export interface ConnectedAppAccessTokenOptions {
  /** The access token. */
  readonly accessToken: SecretValue;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the token belongs to.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;
}

/** Sign-in with an authorization code of a Salesforce connected app that a person obtained in a browser. */
export interface ConnectedAppAuthorizationCodeOptions {
  /** The authorization code. It can be used once and for a short time. */
  readonly authCode: SecretValue;

  /** The redirect URI with which the code was obtained. */
  readonly redirectUri: string;

  /**
   * The secret with the `clientId` and `clientSecret` of the connected app that the code belongs to.
   *
   * @default - AppFlow's own connected app
   */
  readonly clientCredentials?: secretsmanager.ISecretRef;

  /**
   * An access token, to be sent along.
   *
   * @default - none
   */
  readonly accessToken?: SecretValue;

  /**
   * A refresh token, to be sent along.
   *
   * @default - none
   */
  readonly refreshToken?: SecretValue;
}

/** The credentials of a connected app. */
export interface ConnectedAppCredentials {
  readonly accessToken?: SecretValue;
  readonly refreshToken?: SecretValue;
  readonly authCode?: SecretValue;
  readonly redirectUri?: string;
  readonly clientCredentials?: secretsmanager.ISecretRef;
}

/** Renders the credentials of a connected app in the API's words, and lets AppFlow read its secret. */
export function bindConnectedApp(
  scope: Construct,
  { accessToken, refreshToken, authCode, redirectUri, clientCredentials }: ConnectedAppCredentials,
): Pick<ConnectionConfig, 'connectorProfileCredentials' | 'dependencies'> {
  const policy = clientCredentials !== undefined ? allowReadingSecret(scope, clientCredentials) : undefined;
  return {
    connectorProfileCredentials: {
      accessToken: renderSecret(scope, 'accessToken', accessToken),
      refreshToken: renderSecret(scope, 'refreshToken', refreshToken),
      oAuthRequest: { authCode: renderSecret(scope, 'authCode', authCode), redirectUri },
      clientCredentialsArn: clientCredentials?.secretRef.secretId,
    },
    dependencies: policy !== undefined ? [policy] : [],
  };
}
