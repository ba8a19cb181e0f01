import { Fn } from 'aws-cdk-lib';
import type { FlowPlan } from '../../lib/private/flow-plan';
import { whyFlowNotInCloudFormation, whyProfileNotInCloudFormation } from '../../lib/private/provisioning';
import type { ConnectorProfilePlan } from '../../lib/private/rules/connector-profile';

const flow = (source: string, destination: string, { operator = 'NO_OP', properties = {} }: { operator?: string; properties?: object } = {}): FlowPlan => ({
  flowName: 'flow',
  trigger: { type: 'OnDemand' },
  source: { connectorType: source, properties: { ...properties } },
  destination: { connectorType: destination, properties: {} },
  tasks: [{ taskType: 'Filter', sourceFields: ['a'], connectorOperator: { [source]: operator } }],
});
const dataTransferApi = (api: object) => flow('CustomConnector', 'S3', { properties: { dataTransferApi: api } });

test.each<[string, FlowPlan, string | undefined]>([
  ['a destination that it does not have', flow('S3', 'CustomerProfiles'), 'the destination CustomerProfiles'],
  ['another that it does not have', flow('S3', 'Honeycode'), 'the destination Honeycode'],
  ['a destination that it has', flow('S3', 'Salesforce'), undefined],
  ['an operator that it does not have', flow('Slack', 'S3', { operator: 'GREATER_THAN' }), 'the operator GREATER_THAN of Slack'],
  ['another that it does not have', flow('Veeva', 'S3', { operator: 'CONTAINS' }), 'the operator CONTAINS of Veeva'],
  ['an operator that it has', flow('Slack', 'S3', { operator: 'BETWEEN' }), undefined],
  ['the same operator of a connector of which it has it', flow('Salesforce', 'S3', { operator: 'GREATER_THAN' }), undefined],
  ['an operator known at deploy time', flow('Slack', 'S3', { operator: Fn.importValue('operator') }), undefined],
  ['a data transfer API without a type', dataTransferApi({ Name: 'bulk' }), 'both name and type'],
  ['a data transfer API without a name', dataTransferApi({ Type: 'SYNC' }), 'both name and type'],
  ['a data transfer API', dataTransferApi({ Name: 'bulk', Type: Fn.importValue('type') }), undefined],
  ['a data transfer API of Salesforce', flow('Salesforce', 'S3', { properties: { dataTransferApi: 'BULKV2' } }), undefined],
])('CloudFormation and %s', (_, plan, why) => {
  expect(whyFlowNotInCloudFormation(plan)).toEqual(why && expect.stringContaining(why));
});

const profile = (connectorType: string, properties = {}): ConnectorProfilePlan => ({
  connectorProfileName: 'profile', connectorType, connectionMode: 'Public', region: 'eu-west-1', properties, credentials: {},
});

test.each<[string, ConnectorProfilePlan, string | undefined]>([
  ['a connector that it does not have', profile('Honeycode'), 'the connector Honeycode'],
  ['a connector that it has', profile('Salesforce'), undefined],
  ['a prefix that is too long for it', profile('Redshift', { bucketPrefix: 'a'.repeat(129) }), 'at most 128 characters'],
  ['a prefix that is as long as it allows', profile('Redshift', { bucketPrefix: 'a'.repeat(128) }), undefined],
  ['a prefix known at deploy time', profile('Redshift', { bucketPrefix: Fn.importValue('prefix') + 'a'.repeat(128) }), undefined],
])('CloudFormation and the profile of %s', (_, plan, why) => {
  expect(whyProfileNotInCloudFormation(plan)).toEqual(why && expect.stringContaining(why));
});
