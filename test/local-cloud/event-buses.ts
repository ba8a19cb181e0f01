import { ServiceError } from './service';

const PARTNER = 'aws.partner/';
const DEFAULT = 'default';

/** The event buses of Amazon EventBridge, and what is documented of partner event sources. */
export class EventBuses {
  private readonly rules = new Map<string, Set<string>>([[DEFAULT, new Set()]]);

  /** @param hasPartnerEventSource whether a partner has made the source for the account, as AppFlow does with a flow */
  constructor(private readonly hasPartnerEventSource: (name: string) => boolean) {}

  get names(): string[] {
    return [...this.rules.keys()].filter((name) => name !== DEFAULT);
  }

  has(name: string): boolean {
    return this.rules.has(name);
  }

  /**
   * "If this is a partner event bus, the name must exactly match the name of the partner event source that this event bus is matched to":
   * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html. The source comes first: "Creating the partner event source",
   * then "Associating that partner source with a partner event bus": https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
   */
  create(name: string, eventSourceName?: string): void {
    if (eventSourceName === undefined && name.startsWith('aws.')) {
      // Observed: amzn/selling-partner-api-models issue 4638.
      throw new ServiceError('ValidationException', "EventBus name starting with 'aws.' is not valid.");
    }
    if (eventSourceName !== undefined && name !== eventSourceName) {
      throw new ServiceError('ValidationException', `The name ${name} of the event bus does not match its event source ${eventSourceName}`);
    }
    if (eventSourceName?.startsWith(PARTNER) && !this.hasPartnerEventSource(eventSourceName)) {
      throw new ServiceError('ResourceNotFoundException', `Event source ${eventSourceName} does not exist.`);
    }
    if (this.has(name)) {
      throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    }
    this.rules.set(name, new Set());
  }

  /** "All rules associated with this event bus need to be deleted": API_DeleteEventBus. */
  delete(name: string): void {
    if ((this.rules.get(name)?.size ?? 0) > 0) {
      throw new ServiceError('ValidationException', `Event bus ${name} can't be deleted since it has rules.`);
    }
    this.rules.delete(name);
  }

  putRule(eventBus: string, rule: string): void {
    this.rulesOf(eventBus).add(rule);
  }

  deleteRule(eventBus: string, rule: string): void {
    this.rules.get(eventBus)?.delete(rule);
  }

  rulesOf(eventBus: string): Set<string> {
    const rules = this.rules.get(eventBus);
    if (!rules) {
      throw new ServiceError('ResourceNotFoundException', `Event bus ${eventBus} does not exist.`);
    }
    return rules;
  }
}
