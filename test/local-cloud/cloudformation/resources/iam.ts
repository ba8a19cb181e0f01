import { Identities, PolicyDocument } from '../../iam';
import { ResourceModel } from '../stack';
import { generatedName, suffixOf } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

/** AWS::IAM::Role, with its inline and attached policies. */
export class RoleProvider implements ResourceProvider {
  constructor(private readonly identities: Identities, private readonly account: string, private readonly partition: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const { RoleName: name = generatedName(request), Path: path = '/' } = request.properties;
    const arn = `arn:${this.partition}:iam::${this.account}:role${path}${name}`;
    this.identities.createRole(name, arn);
    request.created(name);
    this.attach(name, request.properties);
    return { physicalId: name, attributes: { Arn: arn, RoleId: `AROA${suffixOf(request.token, 16)}` } };
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    const name = request.current.physicalId;
    for (const policy of request.previousProperties.Policies ?? []) {
      this.identities.deletePolicy(name, policy.PolicyName);
    }
    for (const arn of request.previousProperties.ManagedPolicyArns ?? []) {
      this.identities.deletePolicy(name, arn);
    }
    this.attach(name, request.properties);
    return request.current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.identities.deleteRole(current.physicalId);
  }

  private attach(name: string, properties: Record<string, any>): void {
    for (const policy of properties.Policies ?? []) {
      this.identities.putPolicy(name, policy.PolicyName, policy.PolicyDocument);
    }
    for (const arn of properties.ManagedPolicyArns ?? []) {
      this.identities.attachManagedPolicy(name, arn);
    }
  }
}

/** AWS::IAM::Policy and AWS::IAM::ManagedPolicy: a policy document on the roles that it names. Users and groups do not exist here. */
export class PolicyProvider implements ResourceProvider {
  constructor(private readonly identities: Identities, private readonly account: string, private readonly partition: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const model = this.model(request);
    request.created(model.physicalId);
    this.put(model.physicalId, request.properties);
    return model;
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    this.remove(request.current.physicalId, request.previousProperties);
    this.put(request.current.physicalId, request.properties);
    return request.current;
  }

  async delete({ current, properties }: DeleteRequest): Promise<void> {
    this.remove(current.physicalId, properties);
  }

  private model(request: ResourceRequest): ResourceModel {
    if (request.type === 'AWS::IAM::ManagedPolicy') {
      const { ManagedPolicyName: name = generatedName(request, 128), Path: path = '/' } = request.properties;
      const arn = `arn:${this.partition}:iam::${this.account}:policy${path}${name}`;
      return { physicalId: arn, attributes: { PolicyArn: arn, DefaultVersionId: 'v1' } };
    }
    return { physicalId: generatedName(request, 128) };
  }

  private put(id: string, properties: Record<string, any>): void {
    for (const role of properties.Roles ?? []) {
      this.identities.putPolicy(role, id, properties.PolicyDocument as PolicyDocument);
    }
  }

  private remove(id: string, properties: Record<string, any>): void {
    for (const role of properties.Roles ?? []) {
      this.identities.deletePolicy(role, id);
    }
  }
}
