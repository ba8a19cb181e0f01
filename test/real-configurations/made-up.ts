import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, TypeDefinition } from '@aws-cdk/service-spec-types';
import * as fc from 'fast-check';
import { type Configuration, CREDENTIALS } from './material';

/** Configurations as they could be found, made up from CloudFormation's specification. */
type MadeUp = fc.Arbitrary<Configuration>;
type Members = Readonly<Record<string, MadeUp>>;

const SPECIFICATION = loadAwsServiceSpecSync();
const DEFINITIONS = new Map<string, TypeDefinition>(['AWS::AppFlow::Flow', 'AWS::AppFlow::ConnectorProfile']
  .flatMap((name) => SPECIFICATION.lookup('resource', 'cloudFormationType', 'equals', name))
  .flatMap((resource) => SPECIFICATION.follow('usesType', resource))
  .map(({ entity }) => [entity.name, entity]));

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{2,17}$/);
const bucketName = fc.stringMatching(/^upsolver-appflow-[a-z0-9]{1,20}$/);
const url = word.map((name) => `https://${name}.example.com/api`);
const roleArn = word.map((name) => `arn:aws:iam::111122223333:role/${name}`);
const credential = word.map((field) => `{{resolve:secretsmanager:credentials:SecretString:${field}}}`);

/** The values of members for which not any word will do. */
const VALUES: Members = {
  ApplicationHostUrl: url,
  AuthCodeUrl: url,
  BucketName: bucketName,
  ClientCredentialsArn: word.map((name) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}-abcdef`),
  ClientNumber: fc.constant('100'),
  DataApiRoleArn: roleArn,
  IntermediateBucketName: bucketName,
  LogonLanguage: fc.constant('EN'),
  PathPrefixHierarchy: fc.subarray(['EXECUTION_ID', 'SCHEMA_VERSION'], { minLength: 1 }),
  PrivateLinkServiceName: word.map((name) => `com.amazonaws.vpce.us-east-1.vpce-svc-${name}`),
  RoleArn: roleArn,
  TokenUrl: url,
  maxParallelism: fc.integer({ min: 1, max: 10 }),
  ...Object.fromEntries(CREDENTIALS.map((name) => [name[0].toUpperCase() + name.slice(1), credential])),
};

/** Structures some of whose members come only together, or stand for others. Any members make up the rest. */
const STRUCTURES: Readonly<Record<string, (members: Members) => MadeUp>> = {
  AggregationConfig: ({ TargetFileSize }) => some({ AggregationType: fc.constantFrom('None', 'SingleFile') }, { TargetFileSize }),
  ConnectorOAuthRequest: (members) => some(members),
  CustomConnectorProfileCredentials: ({ ApiKey, Basic, Custom, Oauth2 }) => fc.oneof(
    some({ AuthenticationType: fc.constant('APIKEY'), ApiKey }),
    some({ AuthenticationType: fc.constant('BASIC'), Basic }),
    some({ AuthenticationType: fc.constant('CUSTOM'), Custom }),
    some({ AuthenticationType: fc.constant('OAUTH2'), Oauth2 }),
  ),
  ErrorHandlingConfig: ({ BucketName, ...optional }) => some({ BucketName }, optional),
  OAuth2Properties: ({ TokenUrlCustomProperties, ...required }) => some(required, { TokenUrlCustomProperties }),
  OAuthProperties: (members) => some(members),
  S3OutputFormatConfig: ({ AggregationConfig, PrefixConfig, PreserveSourceDataTyping }) => fc.oneof(
    some({}, { FileType: fc.constantFrom('CSV', 'JSON'), AggregationConfig, PrefixConfig }),
    some({ FileType: fc.constant('PARQUET') }, { PrefixConfig, PreserveSourceDataTyping }),
  ),
  SalesforceConnectorProfileCredentials: ({ AccessToken, ClientCredentialsArn, ConnectorOAuthRequest, JwtToken, RefreshToken }) => fc.oneof(
    some({ RefreshToken }, { AccessToken, ClientCredentialsArn }),
    some({ AccessToken }, { ClientCredentialsArn }),
    some({ ConnectorOAuthRequest }, { AccessToken, ClientCredentialsArn, RefreshToken, OAuth2GrantType: fc.constant('AUTHORIZATION_CODE') }),
    some({ ClientCredentialsArn, JwtToken, OAuth2GrantType: fc.constant('JWT_BEARER') }),
    some({ ClientCredentialsArn, OAuth2GrantType: fc.constant('CLIENT_CREDENTIALS') }),
  ),
  ServiceNowConnectorProfileCredentials: ({ OAuth2Credentials, ...basic }) => fc.oneof(some({ OAuth2Credentials }), some(basic)),
  SuccessResponseHandlingConfig: ({ BucketName, BucketPrefix }) => some({ BucketName }, { BucketPrefix }),
  UpsolverS3OutputFormatConfig: ({ AggregationConfig, PrefixConfig }) => some({
    // Without anything in it, the library says what Upsolver asks for.
    PrefixConfig: PrefixConfig.filter((config) => Object.keys(config).length > 0),
  }, { FileType: fc.constantFrom('CSV', 'JSON'), AggregationConfig }),
};

/** Connectors whose profile properties depend on the credentials. */
const PROFILES: Readonly<Record<string, (credentials: Members, properties: Members) => fc.Arbitrary<[Configuration, Configuration]>>> = {
  Redshift: (
    { Username, Password },
    { BucketName, BucketPrefix, ClusterIdentifier, DataApiRoleArn, DatabaseName, DatabaseUrl, RoleArn, WorkgroupName },
  ) => fc.oneof(
    fc.tuple(some({ Username, Password }), some({ BucketName, RoleArn, DatabaseUrl }, { BucketPrefix })),
    fc.tuple(some({ Username }, { Password }), some({
      BucketName, RoleArn, ClusterIdentifier, DataApiRoleArn, DatabaseName,
    }, { BucketPrefix, DatabaseUrl })),
    fc.tuple(fc.constant({}), some({
      BucketName, RoleArn, DataApiRoleArn, DatabaseName, WorkgroupName, IsRedshiftServerless: fc.constant(true),
    }, { BucketPrefix, DatabaseUrl })),
  ),
  SAPOData: (
    { BasicAuthCredentials, OAuthCredentials },
    { OAuthProperties, DisableSSO, LogonLanguage, PrivateLinkServiceName, ...required },
  ) => fc.oneof(
    fc.tuple(some({ BasicAuthCredentials }), some(required, { DisableSSO, LogonLanguage, PrivateLinkServiceName })),
    fc.tuple(some({ OAuthCredentials }), some({ ...required, OAuthProperties }, { DisableSSO, LogonLanguage, PrivateLinkServiceName })),
  ),
};

/** The connectors that CloudFormation has in a role, by their members in the properties: `SourceConnectorProperties`. */
export function membersOf(union: string): string[] {
  return Object.keys(DEFINITIONS.get(union)!.properties).sort();
}

/** A connector profile. */
export function profileOf(member: string, connectorType: string): MadeUp {
  const [credentials, properties] = ['Credentials', 'Properties'].map((kind) => definition(`ConnectorProfile${kind}`, member));
  const parts = PROFILES[member]?.(membersIn(credentials!), membersIn(properties!))
    ?? fc.tuple(structure(credentials!), properties !== undefined ? structure(properties) : fc.constant(undefined));
  return parts.chain(([given, where]) => some({
    ConnectorProfileName: word,
    ConnectorType: fc.constant(connectorType),
    ConnectionMode: fc.constant('Public'),
    ConnectorProfileConfig: fc.constant({
      ConnectorProfileCredentials: { [member]: given },
      ConnectorProfileProperties: where && { [member]: where },
    }),
    ...member === 'CustomConnector' ? { ConnectorLabel: word } : {},
  }));
}

/** A flow from a connector to Amazon S3. */
export function flowFrom(member: string, connectorType: string): MadeUp {
  const bucket = some({ ConnectorType: fc.constant('S3'), DestinationConnectorProperties: some({ S3: some({ BucketName: bucketName }) }) });
  const tasks = operatorsOf(member).map((operator) => taskWith(operator, member));
  return flow(end('Source', member, connectorType), bucket, trigger(), tasks);
}

/** A flow to a connector, from where there are no restrictions that matter to it. */
export function flowTo(member: string, connectorType: string): MadeUp {
  const destination = end('Destination', member, connectorType);
  switch (member) {
    case 'EventBridge': return flow(end('Source', 'Salesforce', 'Salesforce'), destination, fc.constant({ TriggerType: 'Event' }));
    case 'LookoutMetrics': return flow(end('Source', 'S3', 'S3'), destination, scheduled());
    default: return flow(end('Source', 'S3', 'S3'), destination, trigger());
  }
}

/** The same with a parameter in place of some of the texts and numbers with which a connector is told what to do. */
export function withParameters(configuration: MadeUp): MadeUp {
  return fc.tuple(configuration, fc.infiniteStream(fc.boolean())).map(([properties, coins]) => {
    let count = 0;
    const replaced = (given: Configuration, name: string): Configuration => {
      if (Array.isArray(given)) {
        return given.map((element) => replaced(element, name));
      }
      if (typeof given === 'object') {
        return Object.fromEntries(Object.entries(given).map(([key, member]) => [key, replaced(member, key)]));
      }
      const canBeParameter = ['string', 'number'].includes(typeof given) && !ENUMERATIONS.has(name);
      return canBeParameter && coins.next().value === true ? { Ref: `Parameter${count++}` } : given;
    };
    return Object.fromEntries(Object.entries(properties).map(([name, given]) => [name, CONNECTORS.test(name) ? replaced(given, name) : given]));
  });
}

/** The properties that tell of connectors. */
const CONNECTORS = /^(SourceFlowConfig|DestinationFlowConfigList|ConnectorProfileConfig)$/;

/** Members that are one of several words, which a program has to know. */
const ENUMERATIONS = new Set(['ConnectorType', 'PathPrefixHierarchy', ...[...DEFINITIONS.values()].flatMap(({ properties }) => Object.entries(properties))
  .filter(([, { type }]) => type.type === 'string' && type.allowedValues !== undefined)
  .map(([name]) => name)]);

function flow(source: MadeUp, destination: MadeUp, triggerConfig: MadeUp, tasks: MadeUp[] = []): MadeUp {
  return some({
    FlowName: word,
    SourceFlowConfig: source,
    DestinationFlowConfigList: fc.tuple(destination),
    TriggerConfig: triggerConfig,
    Tasks: fc.subarray(tasks).chain((chosen) => fc.tuple(fc.constant({ TaskType: 'Map_all', SourceFields: [] }), ...chosen)),
    KMSArn: word.map((id) => `arn:aws:kms:us-east-1:111122223333:key/${id}`),
  }, {
    Description: word,
    FlowStatus: fc.constantFrom('Active', 'Suspended'),
  });
}

function end(role: 'Source' | 'Destination', member: string, connectorType: string): MadeUp {
  const needsNone = ['EventBridge', 'LookoutMetrics', 'S3', 'Upsolver'].includes(member);
  return some({
    ConnectorType: fc.constant(connectorType),
    [`${role}ConnectorProperties`]: structure(definition(`${role}ConnectorProperties`, member)!).map((properties) => ({ [member]: properties })),
    ...needsNone ? {} : { ConnectorProfileName: word },
  }, needsNone ? {} : { ApiVersion: word });
}

function trigger(): MadeUp {
  return fc.oneof(fc.constant({ TriggerType: 'OnDemand' }), scheduled());
}

function scheduled(): MadeUp {
  return some({ ScheduleExpression: fc.constant('rate(1days)') }, {
    DataPullMode: fc.constantFrom('Complete', 'Incremental'),
    FirstExecutionFrom: fc.integer({ min: 1, max: 4_000_000_000 }),
    FlowErrorDeactivationThreshold: fc.integer({ min: 1, max: 100 }),
    ScheduleOffset: fc.integer({ min: 0, max: 36_000 }),
    ScheduleStartTime: fc.integer({ min: 4_000_000_000, max: 5_000_000_000 }),
    TimeZone: fc.constant('Europe/Vienna'),
  }).map((properties) => ({ TriggerType: 'Scheduled', TriggerProperties: properties }));
}

/** A task with one of the operators that a connector has. */
function taskWith(operator: string, member: string): MadeUp {
  const [type, properties] = taskFor(operator);
  return fc.record({
    TaskType: fc.constant(type),
    SourceFields: fc.tuple(word),
    ConnectorOperator: fc.constant({ [member]: operator }),
    TaskProperties: properties.map((entries) => Object.entries(entries).map(([Key, Value]) => ({ Key, Value }))),
  });
}

function taskFor(operator: string): [type: string, properties: MadeUp] {
  if (operator.startsWith('MASK_')) {
    const length: Members = operator === 'MASK_ALL' ? {} : { MASK_LENGTH: fc.constant('4') };
    return ['Mask', some({ MASK_VALUE: fc.constantFrom('*', '#'), ...length })];
  }
  if (operator.startsWith('VALIDATE_')) {
    return ['Validate', some({ VALIDATION_ACTION: fc.constantFrom('DropRecord', 'DropDataset') })];
  }
  if (operator === 'NO_OP') {
    return ['Truncate', some({ TRUNCATE_LENGTH: fc.constant('20') })];
  }
  const bounds: Members = operator === 'BETWEEN' ? { LOWER_BOUND: word, UPPER_BOUND: word } : { VALUE: word };
  return ['Filter', some({ DATA_TYPE: word, ...bounds })];
}

function operatorsOf(member: string): string[] {
  const { allowedValues } = DEFINITIONS.get('ConnectorOperator')!.properties[member].type as { allowedValues?: string[] };
  // Projections exclude a mapping of all fields, formulas are followed by a mapping, and documents from Veeva cannot be changed.
  return allowedValues!.filter((operator) => !['PROJECTION', 'ADDITION', 'SUBTRACTION', 'MULTIPLICATION', 'DIVISION'].includes(operator)
    && (member !== 'Veeva' || !/MASK|VALIDATE|NO_OP/.test(operator)));
}

/** What a member of a union stands for. */
function definition(union: string, member: string): TypeDefinition | undefined {
  const type = DEFINITIONS.get(union)!.properties[member]?.type;
  return type?.type === 'ref' ? SPECIFICATION.get('typeDefinition', type.reference) : undefined;
}

function structure(type: TypeDefinition): MadeUp {
  const members = membersIn(type);
  const { [type.name]: make } = STRUCTURES;
  if (make !== undefined) {
    return make(members);
  }
  const isRequired = (name: string) => type.properties[name].required === true;
  const any = fc.record(members, { requiredKeys: Object.keys(members).filter(isRequired) });
  const { WriteOperationType, IdFieldNames } = members;
  // To change records, AppFlow has to know them.
  return WriteOperationType !== undefined ? any.chain((given) => fc.oneof(
    fc.constant({ ...given, WriteOperationType: 'INSERT' }),
    some({ WriteOperationType, IdFieldNames }).map((write) => ({ ...given, ...write })),
  )) : any;
}

function membersIn(type: TypeDefinition): Members {
  return Object.fromEntries(Object.entries(type.properties).map(([name, property]) => [name, property.type.type === 'ref' ? value(property.type) : VALUES[name] ?? value(property.type)]));
}

function value(type: PropertyType): MadeUp {
  switch (type.type) {
    case 'ref': return structure(SPECIFICATION.get('typeDefinition', type.reference));
    case 'array': return fc.array(value(type.element), { minLength: 1, maxLength: 3 });
    case 'map': return fc.dictionary(word, value(type.element), { minKeys: 1, maxKeys: 3 });
    case 'boolean': return fc.boolean();
    case 'integer': return fc.integer({ min: 1, max: 1000 });
    case 'string': return type.allowedValues !== undefined ? fc.constantFrom(...type.allowedValues) : word;
    default: throw new Error(`nothing is made up for the type ${type.type}`);
  }
}

/** A structure with members that it needs, and any of those that it may have. */
function some(required: Members, optional: Members = {}): MadeUp {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
}
