import type { SecretValue } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderSecret } from './credential';

/** The client that was registered with an application for OAuth 2.0. */
export interface OAuthClientOptions {
  /** The client id. */
  readonly clientId: string;

  /** The client secret. */
  readonly clientSecret: SecretValue;
}

/** Sign-in with an access token that was obtained before. */
export interface OAuthAccessTokenOptions extends OAuthClientOptions {
  /** The access token. */
  readonly accessToken: SecretValue;

  /**
   * The redirect URI of the client, to be sent along.
   *
   * @default - not sent
   */
  readonly redirectUri?: string;
}

/** Sign-in with a refresh token that was obtained before. */
export interface OAuthRefreshTokenOptions extends OAuthClientOptions {
  /** The token with which AppFlow obtains access tokens. */
  readonly refreshToken: SecretValue;

  /**
   * An access token, to be sent along.
   *
   * @default - AppFlow obtains one with the refresh token
   */
  readonly accessToken?: SecretValue;
}

/** Sign-in with an authorization code that a person obtained in a browser. */
export interface OAuthAuthorizationCodeOptions extends OAuthClientOptions {
  /** The authorization code. It can be used once and for a short time. */
  readonly authCode: SecretValue;

  /** The redirect URI with which the code was obtained. */
  readonly redirectUri: string;

  /**
   * An access token, to be sent along.
   *
   * @default - none
   */
  readonly accessToken?: SecretValue;
}

/** The credentials of OAuth 2.0, as far as a connector has them. */
export interface OAuthCredentials {
  readonly clientId?: string;
  readonly clientSecret?: SecretValue;
  readonly accessToken?: SecretValue;
  readonly refreshToken?: SecretValue;
  readonly authCode?: SecretValue;
  readonly redirectUri?: string;
}

/** Renders the credentials of OAuth 2.0 in the API's words. */
export function renderOAuth(scope: Construct, credentials: OAuthCredentials): Record<string, unknown> {
  return {
    clientId: credentials.clientId,
    clientSecret: renderSecret(scope, 'clientSecret', credentials.clientSecret),
    accessToken: renderSecret(scope, 'accessToken', credentials.accessToken),
    refreshToken: renderSecret(scope, 'refreshToken', credentials.refreshToken),
    oAuthRequest: {
      authCode: renderSecret(scope, 'authCode', credentials.authCode),
      redirectUri: credentials.redirectUri,
    },
  };
}
