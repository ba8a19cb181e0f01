import type { Construct } from 'constructs';
import type { ConnectorType } from '../connector-type';
import { type ConnectorOAuth2Options, type CustomConnectionOptions, CustomConnectorConnection, OAuth2GrantType } from '../connectors/custom-connector';
import type { ConnectionConfig, IConnection } from '../integration';
import type { LabelledCustomConnectorRecord } from './custom-connectors';

/**
 * A connection with one of the connectors that AWS offers under a label.
 *
 * @internal
 */
export abstract class LabelledConnection implements IConnection {
  public readonly connectorType: ConnectorType;

  protected constructor(private readonly connection: CustomConnectorConnection) {
    this.connectorType = connection.connectorType;
  }

  public bind(scope: Construct): ConnectionConfig {
    return this.connection.bind(scope);
  }
}

/** Sign-in with OAuth 2.0 through one of these connectors, at its own token URL unless another is given. */
export function connectorOAuth2(
  { label, tokenUrls = [] }: LabelledCustomConnectorRecord,
  options: ConnectorOAuth2Options & { tokenUrl?: string },
  properties: CustomConnectionOptions = {},
): CustomConnectorConnection {
  const { tokenUrl = tokenUrls[0], grantType = OAuth2GrantType.AUTHORIZATION_CODE, tokenUrlCustomProperties } = options;
  return CustomConnectorConnection.oAuth2({
    ...options,
    connectorLabel: label.value,
    profileProperties: { ...options.profileProperties, ...properties.profileProperties },
    secretProfileProperties: { ...options.secretProfileProperties, ...properties.secretProfileProperties },
    oAuth2Properties: { tokenUrl, grantType, tokenUrlCustomProperties },
  });
}
