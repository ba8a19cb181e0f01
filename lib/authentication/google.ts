import type { ConnectorOAuth2Options } from '../connectors/custom-connector';

/** Sign-in to an application of Google with OAuth 2.0. Google gives a refresh token only to those who ask for offline access. */
export interface GoogleOAuth2Options extends ConnectorOAuth2Options {
  /**
   * The URL at which Google gives out access tokens.
   *
   * @default 'https://oauth2.googleapis.com/token'
   */
  readonly tokenUrl?: string;
}
