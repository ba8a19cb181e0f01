import { S3Service } from '../../s3';
import type { CloudFormationEngine, StackRequest } from '../engine';
import { ResourceModel, Stack } from '../stack';
import { invalid } from '../template';
import { templateAt } from '../template-url';
import { generatedName } from './generated-name';
import { CreateRequest, DeleteRequest, HandlerFailure, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

const MAXIMUM_NAME_LENGTH = 128;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html */
export class NestedStackProvider implements ResourceProvider {
  constructor(private readonly engine: () => CloudFormationEngine, private readonly s3: S3Service) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const stack = this.engine().open(generatedName(request, MAXIMUM_NAME_LENGTH), this.engine().get(request.stack.id));
    request.created(stack.id);
    const reason = await this.engine().createNested(stack, this.requestFor(request));
    if (reason !== undefined) {
      throw new HandlerFailure(`Embedded stack ${stack.id} was not successfully created: ${reason}`);
    }
    return modelOf(stack);
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    const stack = this.engine().get(request.current.physicalId);
    const reason = await this.engine().updateNested(stack, this.requestFor(request));
    if (reason !== undefined) {
      throw new HandlerFailure(`Embedded stack ${stack.id} was not successfully updated. Currently in ${stack.status} with reason: ${reason}`);
    }
    return modelOf(stack);
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    const stack = this.engine().get(current.physicalId);
    const reason = stack.status === 'DELETE_COMPLETE' ? undefined : await this.engine().deleteNested(stack);
    if (reason !== undefined) {
      throw new HandlerFailure(`Embedded stack ${stack.id} was not successfully deleted: ${reason}`);
    }
  }

  private requestFor({ logicalId, properties }: ResourceRequest): StackRequest {
    const parameters = Object.entries((properties.Parameters ?? {}) as Record<string, unknown>);
    const [list] = parameters.find(([, value]) => typeof value === 'object') ?? [];
    if (list !== undefined) {
      throw invalid(`Value of property Parameters of ${logicalId} must be an object with String (or simple type) properties, and ${list} is not`);
    }
    const tags = (properties.Tags ?? []) as { Key: string; Value: string }[];
    return {
      templateBody: templateAt(String(properties.TemplateURL), this.s3),
      parameters: new Map(parameters.map(([name, value]) => [name, { value: String(value) }])),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    };
  }
}

/** `Ref` returns the id of the stack, and the attribute `Outputs.Name` the value of one of its outputs. */
function modelOf({ id, outputs }: Stack): ResourceModel {
  return { physicalId: id, attributes: Object.fromEntries(outputs.map(({ key, value }) => [`Outputs.${key}`, value])) };
}
