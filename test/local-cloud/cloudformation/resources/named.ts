import { ResourcePolicies } from '../../resource-policies';
import { ServiceError } from '../../service';
import { ResourceModel } from '../stack';
import { generatedName, uuidOf } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, UpdateRequest } from './provider';

/** Makes up the identity of a resource that is nothing but its name here. */
export type Naming = (request: CreateRequest) => ResourceModel;

/** What a resource is part of: the whole has to be there first. */
export interface Whole {
  readonly provider: NamedProvider;
  /** The property of the part that names the whole. */
  readonly property: string;
}

/** Resources that other resources only name: a name can be taken once at a time, as in their services. */
export class NamedProvider implements ResourceProvider {
  private readonly taken = new Set<string>();

  constructor(private readonly naming: Naming, private readonly whole?: Whole) {}

  has(physicalId: string): boolean {
    return this.taken.has(physicalId);
  }

  async create(request: CreateRequest): Promise<ResourceModel> {
    if (this.whole && !this.whole.provider.has(request.properties[this.whole.property])) {
      throw new ServiceError('ResourceNotFoundException', `${this.whole.property} ${request.properties[this.whole.property]} does not exist`, 404);
    }
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

/** Ref is the name. */
export function alarm(arnPrefix: string): Naming {
  return (request) => {
    const name: string = request.properties.AlarmName ?? generatedName(request, 255);
    return { physicalId: name, attributes: { Arn: `${arnPrefix}:alarm:${name}` } };
  };
}

export const dashboard: Naming = (request) => ({ physicalId: request.properties.DashboardName ?? generatedName(request, 255) });

/**
 * AWS::RedshiftServerless::Namespace or ::Workgroup: Ref is the name, and the ARN holds an id
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshiftserverless.html).
 */
export function redshiftServerless(kind: 'Namespace' | 'Workgroup', arnPrefix: string): Naming {
  return ({ properties: { [`${kind}Name`]: name }, token }) => {
    const id = uuidOf(token);
    return {
      physicalId: name,
      attributes: { [`${kind}.${kind}Arn`]: `${arnPrefix}:${kind.toLowerCase()}/${id}`, [`${kind}.${kind}Id`]: id, [`${kind}.${kind}Name`]: name },
    };
  };
}

export const customerProfilesDomain: Naming = ({ properties }) => ({ physicalId: properties.DomainName });

/** A domain can have one object type of a name: Ref is both names. */
export const customerProfilesObjectType: Naming = ({ properties }) => ({ physicalId: `${properties.DomainName}|${properties.ObjectTypeName}` });

export function logGroup(arnPrefix: string): Naming {
  return (request) => {
    const name: string = request.properties.LogGroupName ?? generatedName(request, 512);
    return { physicalId: name, attributes: { Arn: `${arnPrefix}:log-group:${name}:*` } };
  };
}
