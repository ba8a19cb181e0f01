import type { CfnConnectorProfileProps } from 'aws-cdk-lib/aws-appflow';
import type { ConnectorRecord } from '../connector-record';
import { toL1 } from './l1';
import type { ConnectorProfilePlan } from '../rules/connector-profile';

/** Writes the connection of a profile out as the configuration of `AWS::AppFlow::ConnectorProfile`. */
export function renderConnection(
  { credentials, properties }: ConnectorProfilePlan,
  { l1Member }: ConnectorRecord,
): CfnConnectorProfileProps['connectorProfileConfig'] {
  return {
    connectorProfileCredentials: credentials !== undefined ? { [l1Member]: toL1(credentials) } : undefined,
    connectorProfileProperties: { [l1Member]: toL1(properties) },
  };
}
