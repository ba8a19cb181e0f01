import type { CfnConnectorProfileProps } from 'aws-cdk-lib/aws-appflow';
import type { ConnectionConfig } from '../../integration';
import type { ConnectorRecord } from '../connector-record';
import { compact } from '../values';
import { toL1 } from './l1';

/** Writes a connection out as the configuration of `AWS::AppFlow::ConnectorProfile`. */
export function renderConnection(config: ConnectionConfig, record: ConnectorRecord): CfnConnectorProfileProps['connectorProfileConfig'] {
  return {
    connectorProfileCredentials: config.connectorProfileCredentials !== undefined
      ? { [record.l1Member]: toL1(compact({ ...config.connectorProfileCredentials })) ?? {} }
      : undefined,
    connectorProfileProperties: { [record.l1Member]: toL1(compact({ ...config.connectorProfileProperties })) ?? {} },
  };
}
