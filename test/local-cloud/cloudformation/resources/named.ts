import { ResourcePolicies } from '../../resource-policies';
import { ResourceModel } from '../stack';
import { generatedName, uuidOf } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, UpdateRequest } from './provider';

/** Makes up the identity of a resource that is nothing but its name here. */
export type Naming = (request: CreateRequest) => ResourceModel;

/** Resources that other resources only name: a name can be taken once at a time, as in their services. */
export class NamedProvider implements ResourceProvider {
  private readonly taken = new Set<string>();

  constructor(private readonly naming: Naming) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const model = this.naming(request);
    if (this.taken.has(model.physicalId)) {
      throw new Error(`${model.physicalId} already exists`);
    }
    this.taken.add(model.physicalId);
    return model;
  }

  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.taken.delete(current.physicalId);
  }
}

/** AWS::KMS::Key: Ref is the id of the key; its policy is kept. */
export class KeyProvider implements ResourceProvider {
  constructor(private readonly policies: ResourcePolicies, private readonly arnPrefix: string) {}

  async create({ properties, token }: CreateRequest): Promise<ResourceModel> {
    const id = uuidOf(token);
    const arn = `${this.arnPrefix}:key/${id}`;
    this.policies.put('key', arn, properties.KeyPolicy);
    return { physicalId: id, attributes: { Arn: arn, KeyId: id } };
  }

  async update({ current, properties }: UpdateRequest): Promise<ResourceModel> {
    this.policies.put('key', String(current.attributes!.Arn), properties.KeyPolicy);
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.policies.delete('key', String(current.attributes!.Arn));
  }
}

export const kmsAlias: Naming = ({ properties }) => ({ physicalId: properties.AliasName });

export const glueDatabase: Naming = (request) => ({
  physicalId: request.properties.DatabaseName ?? request.properties.DatabaseInput?.Name ?? generatedName(request).toLowerCase(),
});

export function logGroup(arnPrefix: string): Naming {
  return (request) => {
    const name: string = request.properties.LogGroupName ?? generatedName(request, 512);
    return { physicalId: name, attributes: { Arn: `${arnPrefix}:log-group:${name}:*` } };
  };
}
