import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { type OAuthCredentials, renderOAuth } from '../authentication/oauth';
import { ConnectorType } from '../connector-type';
import { bindErrorHandling, type ErrorHandlingOptions } from '../error-handling';
import type { ConnectionConfig, FlowDestinationConfig, IConnection, IFlowDestination } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { ERROR_HANDLING_PROPERTIES, OBJECT, REDIRECT_URI } from '../private/constraints';
import { documented } from '../private/fact';

const HISTORY_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/doc-history.html';

/** @internal */
export const HONEYCODE_RECORD: ConnectorRecord = {
  type: ConnectorType.HONEYCODE.name,
  title: 'Amazon Honeycode',
  // Its own page is gone.
  page: HISTORY_PAGE,
  member: 'Honeycode',
  l1Member: 'honeycode',
  profile: {
    inCloudFormation: false,
    authentication: ['OAuth 2.0 access token', 'OAuth 2.0 refresh token', 'OAuth 2.0 authorization code'],
    properties: [],
    credentials: [{ name: 'oAuthRequest.redirectUri', title: 'redirect URI', constraint: REDIRECT_URI }],
  },
  destination: {
    inCloudFormation: false,
    properties: [{ name: 'object', title: 'object', constraint: OBJECT }, ...ERROR_HANDLING_PROPERTIES],
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  discontinued: documented(
    'AWS has ended Amazon Honeycode, and took its connector out of the user guide of AppFlow on 2024-05-02',
    HISTORY_PAGE,
  ),
};

/**
 * Sign-in to Amazon Honeycode with an access token that was obtained before.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 */
export interface HoneycodeAccessTokenOptions {
  /** The access token. */
  readonly accessToken: SecretValue;
}

/**
 * Sign-in to Amazon Honeycode with a refresh token that was obtained before.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 */
export interface HoneycodeRefreshTokenOptions {
  /** The token with which AppFlow obtains access tokens. */
  readonly refreshToken: SecretValue;

  /**
   * An access token, to be sent along.
   *
   * @default - AppFlow obtains one with the refresh token
   */
  readonly accessToken?: SecretValue;
}

/**
 * Sign-in to Amazon Honeycode with an authorization code that a person obtained in a browser.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 */
export interface HoneycodeAuthorizationCodeOptions {
  /** The authorization code. It can be used once and for a short time. */
  readonly authCode: SecretValue;

  /** The redirect URI with which the code was obtained. */
  readonly redirectUri: string;
}

/**
 * How AppFlow signs in to Amazon Honeycode.
 *
 * CloudFormation's resource for connector profiles does not have this connector: such a profile is made through the AppFlow API by the
 * library's custom resource.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_HoneycodeConnectorProfileCredentials.html
 */
export class HoneycodeConnection implements IConnection {
  /** With an access token alone: the connection ends when the token expires. */
  public static accessToken(options: HoneycodeAccessTokenOptions): HoneycodeConnection {
    return new HoneycodeConnection(options);
  }

  /** With a refresh token, which AppFlow renews its access with. */
  public static refreshToken(options: HoneycodeRefreshTokenOptions): HoneycodeConnection {
    return new HoneycodeConnection(options);
  }

  /** With an authorization code that a person obtained in a browser. */
  public static authorizationCode(options: HoneycodeAuthorizationCodeOptions): HoneycodeConnection {
    return new HoneycodeConnection(options);
  }

  public readonly connectorType = ConnectorType.HONEYCODE;

  private constructor(private readonly credentials: OAuthCredentials) {}

  public bind(scope: Construct): ConnectionConfig {
    return { connectorProfileCredentials: renderOAuth(scope, this.credentials), connectorProfileProperties: {} };
  }
}

/**
 * Properties of an Amazon Honeycode destination.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 */
export interface HoneycodeDestinationProps {
  /** The table to write to. At most 512 characters, without blanks. */
  readonly object: string;

  /**
   * What AppFlow does with records that Amazon Honeycode refuses.
   *
   * @default - AppFlow goes on, and does not keep them
   */
  readonly errorHandling?: ErrorHandlingOptions;
}

/**
 * Writes records to Amazon Honeycode.
 *
 * CloudFormation's resource for flows does not have this destination: such a flow is made through the AppFlow API by the library's
 * custom resource.
 *
 * @deprecated AWS has ended Amazon Honeycode.
 * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_HoneycodeDestinationProperties.html
 */
export class HoneycodeDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.HONEYCODE;

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: HoneycodeDestinationProps) {}

  public bind(scope: Construct): FlowDestinationConfig {
    const { properties, dependencies } = bindErrorHandling(scope, this.props.errorHandling);
    return {
      connectorProfile: this.connectorProfile,
      destinationConnectorProperties: { object: this.props.object, ...properties },
      dependencies,
    };
  }
}
