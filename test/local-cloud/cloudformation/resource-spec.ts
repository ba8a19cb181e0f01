import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PropertyType, Resource, ResourceProperties, TypeDefinition } from '@aws-cdk/service-spec-types';
import { invalid } from './template';

/** What the database says of resource types, and of the types of their properties by id. */
interface Specification {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly definitions: ReadonlyMap<string, TypeDefinition>;
}

let loaded: Specification | undefined;

/** The database, as far as it is needed, once it is needed: to relate resource types to services, Regions and metrics takes most of the time of its own loader. */
function specification(): Specification {
  return loaded ??= load();
}

function load(): Specification {
  const file = require.resolve('@aws-cdk/aws-service-spec/db.json.gz');
  const { schema: { resource, typeDefinition } }: { schema: { resource: { entities: Resource[] }; typeDefinition: { entities: TypeDefinition[] } } } =
    JSON.parse(gunzipSync(readFileSync(file)).toString());
  return {
    resources: new Map(resource.entities.map((entity) => [entity.cloudFormationType, entity])),
    definitions: new Map(typeDefinition.entities.map((entity) => [entity.$id, entity])),
  };
}

/** What `@aws-cdk/aws-service-spec` says of a resource type. */
export class ResourceSpec {
  /** Refuses a type that the specification does not have, by name. */
  static of(type: string): ResourceSpec {
    const resource = specification().resources.get(type);
    if (!resource) {
      throw invalid(`Template format error: Unrecognized resource types: [${type}]`);
    }
    return new ResourceSpec(resource);
  }

  private constructor(private readonly resource: Resource) {}

  get attributes(): string[] {
    return Object.keys(this.resource.attributes);
  }

  /** The properties that make up what `Ref` returns. */
  get refProperties(): string[] {
    return this.resource.cfnRefIdentifier ?? this.resource.primaryIdentifier ?? [];
  }

  /** Where the tags of the resource are, and whether they are a map rather than a list of keys and values. */
  get tags(): { property: string; map: boolean } | undefined {
    const { tagInformation } = this.resource;
    return tagInformation && { property: tagInformation.tagPropertyName, map: tagInformation.variant === 'map' };
  }

  /** Whether a change of a property makes a new resource. `maybe` counts as no: the engine updates in place where it has the choice. */
  causesReplacement(property: string): boolean {
    return this.resource.properties[property]?.causesReplacement === 'yes'
      || (this.resource.additionalReplacementProperties ?? []).some((path) => path[0] === property && path.length === 1);
  }

  /** Refuses properties that the type does not have and asks for those that it needs, at any depth. */
  check(logicalId: string, properties: Record<string, unknown>): void {
    this.checkMembers(logicalId, [], this.resource.properties, properties);
  }

  private checkMembers(logicalId: string, path: string[], known: ResourceProperties, given: Record<string, unknown>): void {
    const at = path.length === 0 ? '' : `${path.join('/')}/`;
    for (const name of Object.keys(given)) {
      if (!(name in known)) {
        throw invalid(`Properties validation failed for resource ${logicalId} with message: extraneous key [${at}${name}] is not permitted`);
      }
    }
    for (const [name, { required, type }] of Object.entries(known)) {
      if (required === true && given[name] === undefined) {
        throw invalid(`Properties validation failed for resource ${logicalId} with message: required key [${at}${name}] not found`);
      }
      this.checkValue(logicalId, [...path, name], type, given[name]);
    }
  }

  private checkValue(logicalId: string, path: string[], type: PropertyType, value: unknown): void {
    if (value === undefined) {
      return;
    }
    if (type.type === 'array' && Array.isArray(value)) {
      value.forEach((item, index) => this.checkValue(logicalId, [...path, String(index)], type.element, item));
    } else if (type.type === 'ref' && typeof value === 'object' && value !== null) {
      const definition = specification().definitions.get(type.reference.$ref)!;
      this.checkMembers(logicalId, path, definition.properties, value as Record<string, unknown>);
    }
  }
}
