import type { ConnectorRecord } from './connector-record';
import { S3_RECORD } from '../connectors/s3';
import { SALESFORCE_RECORD } from '../connectors/salesforce';

/** Every connector that the library knows, a line each. */
export const CONNECTOR_RECORDS: readonly ConnectorRecord[] = [
  S3_RECORD,
  SALESFORCE_RECORD,
];

const BY_TYPE = new Map(CONNECTOR_RECORDS.map((record) => [record.type, record]));
const BY_MEMBER = new Map(CONNECTOR_RECORDS.map((record) => [record.member, record]));

/** The record of a connector, or undefined for one that the library does not know. */
export function connectorRecord(connectorType: string): ConnectorRecord | undefined {
  return BY_TYPE.get(connectorType);
}

/** The record of the connector that a member of the API's unions stands for. */
export function connectorRecordByMember(member: string): ConnectorRecord | undefined {
  return BY_MEMBER.get(member);
}
