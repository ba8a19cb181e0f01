import type { PolicyStatement } from '../../appflow/bucket-policy';
import { FunctionConfiguration, Lambda } from '../../lambda';
import { ResourcePolicies } from '../../resource-policies';
import { S3Service } from '../../s3';
import { ResourceModel } from '../stack';
import { generatedName } from './generated-name';
import { CreateRequest, DeleteRequest, HandlerFailure, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

/** AWS::Lambda::Function from an uploaded archive or with its source inline. */
export class FunctionProvider implements ResourceProvider {
  constructor(private readonly lambda: Lambda, private readonly s3: S3Service, private readonly arnPrefix: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const name: string = request.properties.FunctionName ?? generatedName(request);
    return this.deploy(name, request);
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    return this.deploy(request.current.physicalId, request);
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.lambda.remove(`${this.arnPrefix}:function:${current.physicalId}`);
  }

  private deploy(name: string, { properties, logicalId }: ResourceRequest): ResourceModel {
    const { Code: code, Runtime: runtime, Handler: handler, Role: roleArn, Timeout: timeout = 3, MemorySize: memory = 128 } = properties;
    const configuration: FunctionConfiguration = {
      arn: `${this.arnPrefix}:function:${name}`,
      name,
      runtime: String(runtime),
      handler: String(handler),
      roleArn,
      timeoutSeconds: Number(timeout),
      memorySize: Number(memory),
      environment: properties.Environment?.Variables ?? {},
      logLevel: properties.LoggingConfig?.LogFormat === 'JSON' ? properties.LoggingConfig.ApplicationLogLevel : undefined,
      source: this.sourceOf(logicalId, code),
    };
    this.lambda.deploy(configuration);
    return { physicalId: name, attributes: { Arn: configuration.arn } };
  }

  private sourceOf(logicalId: string, code: Record<string, string>): FunctionConfiguration['source'] {
    if (code.ZipFile !== undefined) {
      return { inline: code.ZipFile };
    }
    if (code.S3Bucket !== undefined && code.S3Key !== undefined) {
      return this.s3.getObject(code.S3Bucket, code.S3Key);
    }
    throw new HandlerFailure(`the local cloud runs functions from ZipFile or from S3, and ${logicalId} has neither`);
  }
}

/** AWS::Lambda::Permission: one statement of a function's policy. */
export class PermissionProvider implements ResourceProvider {
  constructor(private readonly policies: ResourcePolicies, private readonly arnPrefix: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const Sid = generatedName(request);
    this.put(Sid, request.properties);
    return { physicalId: Sid };
  }

  /** Every change of a permission is a replacement. */
  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete({ current, properties }: DeleteRequest): Promise<void> {
    this.policies.put('function', this.arnOf(properties), { Statement: this.othersThan(current.physicalId, properties) });
  }

  private put(Sid: string, properties: Record<string, any>): void {
    const { Action, Principal, SourceAccount, SourceArn } = properties;
    const Condition = {
      ...SourceAccount !== undefined ? { StringEquals: { 'aws:SourceAccount': SourceAccount } } : undefined,
      ...SourceArn !== undefined ? { ArnLike: { 'aws:SourceArn': SourceArn } } : undefined,
    };
    const statement = { Sid, Effect: 'Allow', Principal: { Service: Principal }, Action, Resource: this.arnOf(properties), Condition };
    this.policies.put('function', this.arnOf(properties), { Statement: [...this.othersThan(Sid, properties), statement] });
  }

  private othersThan(sid: string, properties: Record<string, any>): PolicyStatement[] {
    const policy = this.policies.get('function', this.arnOf(properties));
    return policy === undefined ? [] : ([policy.Statement].flat() as PolicyStatement[]).filter(({ Sid }) => Sid !== sid);
  }

  private arnOf({ FunctionName: name }: Record<string, any>): string {
    return String(name).startsWith('arn:') ? name : `${this.arnPrefix}:function:${name}`;
  }
}
