import { App, Stack } from 'aws-cdk-lib';
import { CfnConnectorProfile, CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { Constraint, PropertyRecord, TextConstraint } from '../../../lib/private/connector-record';
import { connectorRecord, CONNECTOR_TYPES } from '../../../lib/private/connector-records';
import { checkDocument } from '../../../lib/private/documents';
import type { FlowPlan, TaskPlan } from '../../../lib/private/flow-plan';
import { renderConnection } from '../../../lib/private/render/connector-profile';
import { renderFlow } from '../../../lib/private/render/flow';
import { CloudFormationValidator } from '../../cloudformation-validator';
import type { Configuration } from '../../real-configurations/material';
import { templateOf } from '../../synthesis';

const S3_TO_S3: FlowPlan = {
  flowName: 'leads',
  trigger: { type: 'OnDemand' },
  source: { connectorType: 'S3', properties: { bucketName: 'acme-lake', bucketPrefix: 'leads' } },
  destination: { connectorType: 'S3', properties: { bucketName: 'acme-lake' } },
  tasks: [{ taskType: 'Map_all', sourceFields: [] }],
};
const SCHEDULE = { type: 'Scheduled', scheduleExpression: 'rate(1days)' };

/** Texts that some pattern forbids, with parts that it allows, and without any. */
const ODD_TEXTS = ['a b', 'a', '.', '-a', ' ', '\u00e9', '\u00e9\u00e9\u00e9', 'ab\u00e9', 'a.b', 'arn:aws:iam', 'ftp://acme', '12', '1234', 'abcdefghijklmnopqrst'];

/** Lists, of which the paths of the records tell no more than of maps. */
const LISTS = ['idFieldNames', 'pathPrefixHierarchy', 'oAuthScopes'];

/** Members that CDK's L1 requires of some structure. It leaves out those that a structure does not have. */
const REQUIRED: Configuration = {
  object: 'Lead',
  entityName: 'Lead',
  objectPath: '/sap/Lead',
  bucketName: 'upsolver-appflow-acme',
  bucketPrefix: 'leads',
  intermediateBucketName: 'acme-lake',
  s3OutputFormatConfig: { prefixConfig: {} },
  instanceUrl: 'https://acme.example.com',
  businessUnitId: '0Uv000000000000000',
  warehouse: 'LOADING',
  stage: 'SALES.PUBLIC.APPFLOW',
  roleArn: 'arn:aws:iam::111122223333:role/Role',
  authenticationType: 'BASIC',
  username: 'acme',
  password: 'secret',
  apiKey: 'secret',
  secretKey: 'secret',
  applicationKey: 'secret',
  apiToken: 'secret',
  apiSecretKey: 'secret',
  clientId: 'acme',
  clientSecret: 'secret',
  accessKeyId: 'acme',
  userId: 'acme',
  secretAccessKey: 'secret',
  datakey: 'secret',
};
/** The same of structures within, where they are given. */
const REQUIRED_WITHIN: Configuration = {
  successResponseHandlingConfig: { bucketName: 'acme-lake' },
  dataTransferApi: { Name: 'rest', Type: 'SYNC' },
  oAuth2Properties: { tokenUrl: 'https://acme.example.com', oAuth2GrantType: 'CLIENT_CREDENTIALS' },
  basic: { username: 'acme', password: 'secret' },
  apiKey: { apiKey: 'secret' },
  custom: { customAuthenticationType: 'acme' },
  basicAuthCredentials: { username: 'acme', password: 'secret' },
};

const stack = new Stack(new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } }), 'Stack');
const validator = new CloudFormationValidator();

flow({ flowName: 'x'.repeat(257) }, { flowName: '' }, { flowName: 'a b' }, { flowName: '-' }, { flowName: '- leads' });
flow({ description: 'x'.repeat(2049) }, { description: 'a/b' }, { description: '//' });
flow(...['x'.repeat(257), 'a b', ' '].map((apiVersion) => ({ source: { ...S3_TO_S3.source, apiVersion } })));
flow(...['x'.repeat(257), 'a b', ' '].map((connectorProfileName) => ({ source: { ...S3_TO_S3.source, connectorProfileName } })));
flow({ source: { ...S3_TO_S3.source, timestampField: 'x'.repeat(257) } });
flow(...[['x'.repeat(256), 'x'], ['x', 'x'.repeat(129)]].map(([databaseName, tablePrefix]) =>
  ({ catalog: { roleArn: 'arn:aws:iam::111122223333:role/Role', databaseName, tablePrefix } })));
flow(...[
  { scheduleExpression: '' }, { scheduleExpression: 'x'.repeat(257) }, { timezone: 'x'.repeat(257) }, { scheduleOffset: -1 }, { scheduleOffset: 36_001 },
  { flowErrorDeactivationThreshold: 0 }, { flowErrorDeactivationThreshold: 101 }, { flowErrorDeactivationThreshold: 1.5 },
].map((change) => ({ trigger: { ...SCHEDULE, ...change } })));
const TASKS: readonly Partial<TaskPlan>[] = [
  { sourceFields: ['x'.repeat(2049)] }, { destinationField: 'x'.repeat(257) }, { taskProperties: { SOURCE_DATA_TYPE: 'x'.repeat(2049) } },
  { taskProperties: { SOURCE_DATA_TYPE: '' } }, { taskProperties: { NO_SUCH_KEY: 'x' } }, { taskType: 'Mapp' }, { connectorOperator: { S3: 'NO_OPP' } },
];
flow(...TASKS.map((change) => ({
  tasks: [...S3_TO_S3.tasks, { taskType: 'Map', sourceFields: ['Name'], destinationField: 'name', ...change }],
})));

for (const type of CONNECTOR_TYPES) {
  const { profile, source, destination } = connectorRecord(type)!;
  const end = (properties: object) => ({ connectorType: type, connectorProfileName: profile && 'acme', properties: complete(properties) });
  flow(...violating(source?.properties).map((properties) => ({ source: end(properties) })));
  flow(...violating(destination?.inCloudFormation ? destination.properties : []).map((properties) => ({ destination: end(properties) })));
  if (profile?.inCloudFormation) {
    violating(profile.properties).forEach((properties) => connectorProfile(type, properties, {}));
    violating(profile.credentials).forEach((credentials) => connectorProfile(type, {}, credentials));
  }
}

const template = templateOf(stack);
const errors = validator.errors(template);
afterAll(() => validator.free());

const FINDINGS = checkDocument(template)!.filter(({ severity }) => severity === 'error');

test('of every violation of a constraint it is known whether CDK\'s template validation stops it, too', () => {
  expect(FINDINGS.length).toBeGreaterThan(500);
  expect(FINDINGS.filter(({ inSchema, resource, path }) => inSchema !== errors.includes(`${resource} ${path}`))).toEqual([]);
});

/** Puts flows into the template that have each a mistake. */
function flow(...changes: readonly Partial<FlowPlan>[]) {
  for (const change of changes) {
    new CfnFlow(stack, `Flow${stack.node.children.length}`, renderFlow({ ...S3_TO_S3, ...change }));
  }
}

function connectorProfile(connectorType: string, properties: object, credentials: object) {
  // A structure here, and a text elsewhere.
  const keyed = (given: object) => connectorType === 'CustomConnector' ? { apiKey: undefined, ...given } : given;
  new CfnConnectorProfile(stack, `Profile${stack.node.children.length}`, {
    connectorProfileName: 'acme',
    connectorType,
    connectionMode: 'Public',
    connectorProfileConfig: renderConnection(
      { connectorProfileName: 'acme', connectorType, connectionMode: 'Public', properties: complete(properties), credentials: complete(keyed(credentials)) },
      connectorRecord(connectorType)!,
    ),
  });
}

/** Structures with each a value that violates a constraint. */
function violating(records: readonly PropertyRecord[] = []): object[] {
  return records.flatMap(({ name, constraint }) => violations(constraint).map((value) => structure(name.split('.'), value)));
}

function violations(constraint: Constraint): unknown[] {
  if ('values' in constraint) {
    return ['NO_SUCH_VALUE'];
  }
  if ('maxEntries' in constraint) {
    const keys = Array.from({ length: constraint.maxEntries + 1 }, (_, index) => `key${index}`);
    return [Object.fromEntries(keys.map((key) => [key, 'value'])), ...textViolations(constraint.key).map((key) => ({ [key]: 'value' }))];
  }
  return 'min' in constraint ? [constraint.min - 1, constraint.max + 1, constraint.min + 0.5] : textViolations(constraint);
}

function textViolations({ pattern, minLength = 0, maxLength }: TextConstraint): string[] {
  return [
    ...Number.isFinite(maxLength) ? ['x'.repeat(maxLength + 1)] : [],
    ...minLength > 0 ? ['x'.repeat(minLength - 1)] : [],
    ...ODD_TEXTS.filter((text) => text.length >= minLength && text.length <= maxLength && pattern?.test(text) === false),
  ];
}

/** A structure with what CDK's L1 requires, besides. */
function complete(given: Configuration): Record<string, unknown> {
  const within = Object.entries(given).map(([name, value]) =>
    [name, name in REQUIRED_WITHIN && typeof value === 'object' ? { ...REQUIRED_WITHIN[name], ...value } : value]);
  const { s3OutputFormatConfig = {} } = given;
  return { ...REQUIRED, ...Object.fromEntries(within), s3OutputFormatConfig: { ...REQUIRED.s3OutputFormatConfig, ...s3OutputFormatConfig } };
}

function structure([member, ...rest]: string[], value: unknown): any {
  if (member === undefined) {
    return value;
  }
  const inner = rest[0] !== '*' ? structure(rest, value) : LISTS.includes(member) ? [structure(rest.slice(1), value)] : { key: structure(rest.slice(1), value) };
  return { [member]: inner };
}
