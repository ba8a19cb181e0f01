import { DestinationConnectorProperties$, SourceConnectorProperties$ } from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import type { ConnectorRecord } from '../../lib/private/connector-record';
import { CONNECTOR_TYPES, connectorRecord } from '../../lib/private/connector-records';
import { flowIdentity, objectMembers } from '../../lib/private/flow-object';
import type { UnnamedFlowPlan } from '../../lib/private/flow-plan';

const RECORDS = CONNECTOR_TYPES.map((type) => connectorRecord(type)!);

/** The members of a connector's properties in the API. */
function membersOf(union: unknown, member: string): string[] {
  const structure = [...NormalizedSchema.of(union as never).structIterator()].find(([name]) => name === member)![1];
  return [...structure.structIterator()].map(([name]) => name);
}

const ends = (side: 'source' | 'destination', union: unknown) => RECORDS.filter((record) => record[side] !== undefined)
  .map((record) => [record.type, side, record, membersOf(union, record.member)] as const);

test.each([...ends('source', SourceConnectorProperties$), ...ends('destination', DestinationConnectorProperties$)])(
  'the object of %s as a %s is named by members that the API has', (_, side, record: ConnectorRecord, members) => {
    const naming = objectMembers(record[side]);
    expect(members).toEqual(expect.arrayContaining([...naming]));
    expect(naming.length > 0).toBe(members.length > 0);
    // A member that is called so is not left out.
    expect(members.filter((member) => /^(object|objectPath|entityName|domainName|objectTypeName)$/.test(member)).filter((member) => !naming.includes(member)))
      .toEqual([]);
  });

test('the members that name an object, and how sure that is', () => {
  const rows = RECORDS.flatMap((record) => (['source', 'destination'] as const).filter((side) => record[side] !== undefined)
    .map((side) => `${record.type} ${side}: ${objectMembers(record[side]).join(' ')} ${record[side]!.objectMembers?.evidence ?? 'inferred'}`));
  expect(rows.filter((row) => !row.endsWith(': object inferred'))).toEqual([
    'CustomConnector source: entityName inferred',
    'CustomConnector destination: entityName inferred',
    'CustomerProfiles destination: domainName objectTypeName inferred',
    'EventBridge destination: object observed',
    'LookoutMetrics destination:  inferred',
    'S3 source: bucketName bucketPrefix observed',
    'S3 destination: bucketName bucketPrefix observed',
    'SAPOData source: objectPath inferred',
    'SAPOData destination: objectPath inferred',
    'Upsolver destination: bucketName bucketPrefix inferred',
    'Veeva source: object documentType inferred',
  ]);
});

test('a flow keeps for life what names its objects, and its key', () => {
  const plan: UnnamedFlowPlan = {
    description: 'left out',
    kmsArn: 'key',
    trigger: { type: 'OnDemand' },
    source: { connectorType: 'CustomConnector', connectorLabel: 'GitHub', connectorProfileName: 'left out', properties: { entityName: 'e', customProperties: {} } },
    destination: { connectorType: 'Redshift', properties: { object: 'table', intermediateBucketName: 'left-out', bucketPrefix: 'left out' } },
    tasks: [],
  };
  expect(flowIdentity(plan)).toEqual({
    source: { connectorType: 'CustomConnector', connectorLabel: 'GitHub', entityName: 'e' },
    destination: { connectorType: 'Redshift', object: 'table' },
    kmsArn: 'key',
  });
});
