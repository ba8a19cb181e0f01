import type { StateMachines } from '../../state-machines';
import { ResourceModel } from '../stack';
import { generatedName } from './generated-name';
import { CreateRequest, DeleteRequest, HandlerFailure, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

/** AWS::StepFunctions::StateMachine with its definition as text. */
export class StateMachineProvider implements ResourceProvider {
  constructor(private readonly machines: StateMachines, private readonly arnPrefix: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const Name = String(request.properties.StateMachineName ?? generatedName(request));
    const arn = `${this.arnPrefix}:stateMachine:${Name}`;
    this.put(arn, request);
    return { physicalId: arn, attributes: { Arn: arn, Name } };
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    this.put(request.current.physicalId, request);
    return request.current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.machines.delete(current.physicalId);
  }

  private put(arn: string, { properties, logicalId }: ResourceRequest): void {
    const { DefinitionString: definition, RoleArn: roleArn, ...others } = properties;
    const known = ['StateMachineName', 'Tags'];
    const other = Object.keys(others).find((property) => !known.includes(property));
    if (definition === undefined || other !== undefined) {
      throw new HandlerFailure(`the local cloud runs state machines with DefinitionString, RoleArn and nothing else, and ${logicalId} has ${other ?? 'no definition'}`);
    }
    this.machines.put(arn, String(definition), String(roleArn));
  }
}
