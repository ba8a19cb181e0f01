import { FunctionConfiguration, Lambda } from '../../lambda';
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
