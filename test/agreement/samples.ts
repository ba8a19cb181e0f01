import * as sdk from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { MEMBERS, SHAPES } from '../local-cloud/appflow/constraints';
import { type JsonObject, type JsonValue } from '../local-cloud/appflow/json';

/** The members of a structure of the SDK. */
export interface Structure {
  readonly schema: NormalizedSchema;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** A structure of the SDK by its name. */
export function structureNamed(name: string): Structure {
  return structureOf(NormalizedSchema.of((sdk as unknown as Record<string, never>)[`${name}$`]));
}

export function structureOf(schema: NormalizedSchema): Structure {
  const names = [...schema.structIterator()].map(([name]) => name);
  // Static structure schemas list their required members first; the seventh element counts them.
  const [, , , , , , required] = schema.getSchema() as unknown as [unknown, unknown, unknown, unknown, unknown, unknown, number | undefined];
  return { schema, required: names.slice(0, required ?? 0), optional: names.slice(required ?? 0) };
}

/** What each member is where not any word will do. */
const VALUES: Readonly<Record<string, JsonValue>> = {
  applicationHostUrl: 'https://sap.example.com',
  authCodeUrl: 'https://acme.example.com/authorize',
  bucketName: 'upsolver-appflow-lake',
  clientCredentialsArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:connected-app-abcdef',
  clientNumber: '100',
  dataApiRoleArn: 'arn:aws:iam::111122223333:role/DataApi',
  instanceUrl: 'https://acme.example.com',
  jwtToken: 'header.payload.signature',
  logonLanguage: 'EN',
  portNumber: 443,
  privateLinkServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a',
  roleArn: 'arn:aws:iam::111122223333:role/Role',
  scheduleExpression: 'rate(1days)',
  scheduleStartTime: 4_000_000_000,
  scheduleEndTime: 4_100_000_000,
  stage: 'SALES.PUBLIC.STAGE',
  tokenUrl: 'https://acme.example.com/token',
};

/** A structure with the given members, which are whole as well. */
export function sampleOf({ schema }: Structure, members: readonly string[]): JsonObject {
  return Object.fromEntries([...schema.structIterator()].filter(([name]) => members.includes(name))
    .map(([name, member]) => [name, valueOf(member, name, MEMBERS[schema.getName()!]?.[name])]));
}

/** A structure with all of its members. */
export function wholeSampleOf(structure: Structure): JsonObject {
  return sampleOf(structure, [...structure.required, ...structure.optional]);
}

function valueOf(schema: NormalizedSchema, name: string, shape: string | undefined): JsonValue {
  if (VALUES[name] !== undefined) return VALUES[name];
  if (schema.isStructSchema()) return wholeSampleOf(structureOf(schema));
  if (schema.isListSchema()) return [valueOf(schema.getValueSchema(), '', SHAPES[shape ?? '']?.member)];
  if (schema.isMapSchema()) return { key: 'value' };
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema() || schema.isTimestampSchema()) return 1;
  return enumOf(shape)?.[0] ?? 'word';
}

/** The values of an enum of the SDK, or undefined for what is none. */
export function enumOf(shape: string | undefined): string[] | undefined {
  const exported = shape !== undefined && !(shape in SHAPES) ? (sdk as unknown as Record<string, unknown>)[shape] : undefined;
  return typeof exported === 'object' && exported !== null && !Array.isArray(exported) ? Object.values(exported) : undefined;
}

/** All choices of some of the names. */
export function subsetsOf<T>(names: readonly T[]): T[][] {
  return names.reduce<T[][]>((subsets, name) => subsets.flatMap((subset) => [subset, [...subset, name]]), [[]]);
}
