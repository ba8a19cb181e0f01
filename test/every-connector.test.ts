import { readFileSync } from 'fs';
import { join } from 'path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import * as sdk from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import * as library from 'appflow-constructs';
import { ConnectorType } from 'appflow-constructs';
import { CloudFormationValidator } from './cloudformation-validator';
import { defineExample, EXAMPLES } from './example-stack';
import { MEMBERS, type ShapeConstraint, SHAPES } from './local-cloud/appflow/constraints';
import { CREDENTIALS } from './real-configurations/material';
import { errorsOf, newStack, templateOf, warningsOf } from './synthesis';
import type { Constraint } from '../lib/private/connector-record';
import { CONNECTOR_TYPES, connectorRecord, connectorRecordByMember } from '../lib/private/connector-records';
import { LABELLED_CUSTOM_CONNECTORS } from '../lib/private/custom-connectors';

const DOCS = readFileSync(join(__dirname, '..', 'docs', 'connectors.md'), 'utf8');
const SPECIFICATION = loadAwsServiceSpecSync();

/** How classes and files call a connector, by its type: the words of the constant in `ConnectorType`. */
const WORDS: Readonly<Record<string, string[]>> = Object.fromEntries(Object.entries(ConnectorType)
  .filter(([, value]) => value instanceof ConnectorType)
  .map(([constant, { name }]) => [name, constant.toLowerCase().split('_')]));

/** The connector types of what the examples are made of, by the names of sources, destinations and connections. */
const USED = new Map<string, Set<ConnectorType>>();

const STACKS = watching(() => Object.entries(EXAMPLES).map(([name, example]) => {
  const stack = newStack();
  defineExample(stack, example);
  return { name, example, stack };
}));

const validator = new CloudFormationValidator();
afterAll(() => validator.free());

describe.each(STACKS)('the examples of $name', ({ example, stack }) => {
  test('have no errors, and no warnings but those that cannot be helped', () => {
    expect(errorsOf(stack)).toEqual([]);
    const codes = warningsOf(stack).map((line) => /\[ack: appflow-constructs:(.+)\]$/.exec(line)?.[1] ?? line);
    expect([...new Set(codes)].sort()).toEqual(Object.keys(example.warnings ?? {}).sort());
  });

  test('leave CloudFormation\'s validator with nothing to say', () => {
    expect(validator.diagnose(templateOf(stack))).toEqual([]);
  });
});

test('the library knows every connector that the SDK knows, and no other', () => {
  const types = Object.values(sdk.ConnectorType).sort();
  expect([...CONNECTOR_TYPES].sort()).toEqual(types);
  expect(Object.keys(WORDS).sort()).toEqual(types);
});

describe.each(CONNECTOR_TYPES)('the record of %s', (type) => {
  const record = connectorRecord(type)!;
  const { member, profile, source, destination } = record;

  test('is that of the connector, with its roles in the SDK', () => {
    expect(record.type).toEqual(type);
    expect(connectorRecordByMember(member)).toBe(record);
    const unions = ['ConnectorProfileCredentials', 'SourceConnectorProperties', 'DestinationConnectorProperties'];
    expect([profile, source, destination].map((role) => role !== undefined)).toEqual(unions.map((union) => schemaOf(union, member) !== undefined));
  });

  test('has the operators of the SDK, and knows which of them CloudFormation lacks', () => {
    const operators = operatorsOf(member);
    const known = inCloudFormation('ConnectorOperator', member)?.allowedValues ?? [];
    expect([...source?.operators ?? []].sort()).toEqual([...operators].sort());
    expect([...source?.operatorsNotInCloudFormation ?? []].sort()).toEqual(operators.filter((operator) => !known.includes(operator)).sort());
  });

  test('knows whether CloudFormation has the connector', () => {
    expect(profile?.inCloudFormation).toEqual(profile && inCloudFormation('ConnectorProfileCredentials', member) !== undefined);
    expect(destination?.inCloudFormation).toEqual(destination && inCloudFormation('DestinationConnectorProperties', member) !== undefined);
  });

  describe.each([
    ['ConnectorProfileProperties', profile?.properties],
    ['ConnectorProfileCredentials', profile?.credentials],
    ['SourceConnectorProperties', source?.properties],
    ['DestinationConnectorProperties', destination?.properties],
  ])('in its %s', (union, properties = []) => {
    const constrained = constraintsIn(schemaOf(union, member));

    test('names the values of every enum', () => {
      const enums = new Map(properties.flatMap(({ name, constraint }): [string, readonly string[]][] =>
        'values' in constraint ? [[name, [...constraint.values].sort()]] : []));
      expect(enums).toEqual(enumsIn(schemaOf(union, member)));
    });

    test('names members that are constrained, and refuses nothing that the service model allows', () => {
      const named = properties.filter(({ constraint }) => !('values' in constraint));
      expect(named.filter(({ name }) => constrained.get(name) === undefined).map(({ name }) => name)).toEqual([]);
      expect(named.filter(({ name, constraint }) => !allows(constraint, constrained.get(name)!)).map(({ name }) => name)).toEqual([]);
    });

    test('names every member that is constrained, but for secrets', () => {
      const named = properties.map(({ name }) => name);
      expect([...constrained.keys()].filter((name) => !named.includes(name) && !CREDENTIALS.includes(name.split('.').at(-1)!))).toEqual([]);
    });
  });

  test('has a class for each role, and examples of it', () => {
    const roles = Object.entries({ Connection: profile, Source: source, Destination: destination }).filter(([, known]) => known !== undefined);
    expect(roles.map(([role]) => used(WORDS[type].join(''), role, ({ name }) => name))).toEqual(roles.map(() => [type]));
    expect(Object.keys(EXAMPLES)).toContain(WORDS[type].join('-'));
  });

  test('is in the documentation', () => {
    expect(DOCS).toContain(`\n## ${record.title}\n`);
  });
});

describe.each(Object.entries(LABELLED_CUSTOM_CONNECTORS))('the record of the custom connector %s', (name, { title, label, source, destination }) => {
  test('has a class for each role, and examples of it', () => {
    const roles = ['Connection', ...source ? ['Source'] : [], ...destination.value ? ['Destination'] : []];
    expect(roles.map((role) => used(name, role, ({ connectorLabel }) => connectorLabel))).toEqual(roles.map(() => [label.value]));
  });

  test('is in the documentation', () => {
    expect(DOCS).toContain(`\n### ${title}\n`);
  });
});

/** Keeps an eye on every source, destination and connection of the library meanwhile. */
function watching<T>(build: () => T): T {
  const bindings = Object.entries(library as unknown as Record<string, { prototype: { bind(): unknown } }>)
    .filter(([name, { prototype }]) => /(Source|Destination|Connection)$/.test(name) && 'bind' in prototype)
    .map(([, { prototype }]) => jest.spyOn(prototype, 'bind'));
  const built = build();
  // A class that inherits the method shares what is kept of its calls.
  for (const bound of bindings.flatMap((binding) => binding.mock.contexts as { connectorType: ConnectorType }[])) {
    const name = bound.constructor.name.toLowerCase();
    USED.set(name, new Set(USED.get(name)).add(bound.connectorType));
  }
  bindings.forEach((binding) => binding.mockRestore());
  return built;
}

/** What the connector types tell with which the class of a connector for a role was used, such as `GoogleAnalyticsSource`, each once. */
function used<T>(connector: string, role: string, tell: (type: ConnectorType) => T): T[] {
  return [...new Set([...USED.get(`${connector}${role}`.toLowerCase()) ?? []].map(tell))];
}

/** What a member of one of the SDK's unions stands for. */
function schemaOf(union: string, member: string): NormalizedSchema | undefined {
  return new Map(NormalizedSchema.of((sdk as unknown as Record<string, never>)[`${union}$`]).structIterator()).get(member);
}

/** The constraints of the members of a structure, as the local cloud read them from the service model, by their paths. */
function constraintsIn(schema: NormalizedSchema | undefined, prefix = ''): Map<string, ShapeConstraint> {
  const members = schema?.isStructSchema() ? [...schema.structIterator()] : [];
  return new Map(members.flatMap(([name, nested]): [string, ShapeConstraint][] => {
    const shape = SHAPES[MEMBERS[schema!.getName()!]?.[name]];
    const path = `${prefix}${name}`;
    const elements = SHAPES[shape?.member ?? shape?.value ?? ''];
    return [
      ...constraintsIn(nested, `${path}.`),
      ...shape !== undefined && (shape.max !== undefined || shape.pattern !== undefined) ? [[path, shape] as [string, ShapeConstraint]] : [],
      ...elements !== undefined ? [[`${path}.*`, elements] as [string, ShapeConstraint]] : [],
    ];
  }));
}

/** The values of the enums among the members of a structure, by their paths. The SDK exports each enum under the name of its shape. */
function enumsIn(schema: NormalizedSchema | undefined, prefix = ''): Map<string, string[]> {
  const members = schema?.isStructSchema() ? [...schema.structIterator()] : [];
  return new Map(members.flatMap(([name, nested]): [string, string[]][] => {
    const shape = MEMBERS[schema!.getName()!]?.[name] ?? '';
    const elements = SHAPES[shape]?.member;
    return [
      ...enumsIn(nested, `${prefix}${name}.`),
      ...enumOf(shape).map((values): [string, string[]] => [`${prefix}${name}`, values]),
      ...enumOf(elements ?? '').map((values): [string, string[]] => [`${prefix}${name}.*`, values]),
    ];
  }));
}

function enumOf(shape: string): string[][] {
  const values = SHAPES[shape] === undefined ? (sdk as unknown as Record<string, Record<string, string> | undefined>)[shape] : undefined;
  return values !== undefined ? [Object.values(values).sort()] : [];
}

/** Texts on which patterns differ that differ at all. */
const TEXTS = [
  '', 'a', 'a b', 'a/b', 'a.b.c', '100', '1000', 'EN', 'é', 'https://acme.example.com', 'ftp://acme', 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
  'upsolver-appflow-acme', 'arn:aws:iam::111122223333:role/Role',
];

/** Whether a constraint of the library allows what the service model allows, and no longer texts or greater numbers. */
function allows(constraint: Constraint, model: ShapeConstraint): boolean {
  if ('maxLength' in constraint) {
    const { pattern, minLength = 0, maxLength } = constraint;
    return maxLength === model.max && minLength <= (model.min ?? 0)
      && TEXTS.every((text) => pattern === undefined || pattern.test(text) || (model.pattern !== undefined && !model.pattern.test(text)));
  }
  if ('values' in constraint) {
    return false;
  }
  return 'maxEntries' in constraint ? constraint.maxEntries === model.max : constraint.min === model.min && constraint.max === model.max;
}

/** The operators that a connector has in the SDK. */
function operatorsOf(member: string): string[] {
  const name = member === 'CustomConnector' ? 'Operator' : `${member}ConnectorOperator`;
  return Object.values((sdk as unknown as Record<string, Record<string, string>>)[name] ?? {});
}

/** The type of a member of one of CloudFormation's structures for AppFlow, or undefined where it has none. */
function inCloudFormation(structure: string, member: string): { readonly allowedValues?: readonly string[] } | undefined {
  const [definition] = ['AWS::AppFlow::Flow', 'AWS::AppFlow::ConnectorProfile']
    .flatMap((type) => SPECIFICATION.lookup('resource', 'cloudFormationType', 'equals', type))
    .flatMap((resource) => SPECIFICATION.follow('usesType', resource))
    .filter(({ entity }) => entity.name === structure);
  return definition.entity.properties[member]?.type as { allowedValues?: string[] } | undefined;
}
