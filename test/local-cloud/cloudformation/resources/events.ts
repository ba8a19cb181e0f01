import { EventBuses } from '../../event-buses';
import { ResourceModel } from '../stack';
import { generatedName } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, UpdateRequest } from './provider';

/** AWS::Events::EventBus: Ref is its name. */
export class EventBusProvider implements ResourceProvider {
  constructor(private readonly buses: EventBuses, private readonly arnPrefix: string) {}

  async create({ properties: { Name: name, EventSourceName: eventSourceName } }: CreateRequest): Promise<ResourceModel> {
    this.buses.create(name, eventSourceName);
    return { physicalId: name, attributes: { Name: name, Arn: `${this.arnPrefix}:event-bus/${name}` } };
  }

  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.buses.delete(current.physicalId);
  }
}

/** AWS::Events::Rule: Ref is its name, with the event bus in front unless that is the default one. Targets are taken and not acted upon. */
export class RuleProvider implements ResourceProvider {
  constructor(private readonly buses: EventBuses, private readonly arnPrefix: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const name: string = request.properties.Name ?? generatedName(request);
    // The name or the ARN of the event bus.
    const eventBus: string = request.properties.EventBusName?.replace(/^.*:event-bus\//, '') ?? 'default';
    this.buses.putRule(eventBus, name);
    const path = eventBus === 'default' ? [name] : [eventBus, name];
    return { physicalId: path.join('|'), attributes: { Arn: `${this.arnPrefix}:rule/${path.join('/')}` } };
  }

  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    const [rule, eventBus = 'default'] = current.physicalId.split('|').reverse();
    this.buses.deleteRule(eventBus, rule);
  }
}
