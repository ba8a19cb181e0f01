import { Aws, CfnResource, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { aws_events as events, aws_s3 as s3 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { ConnectorType } from '../connector-type';
import { bindErrorHandling } from '../error-handling';
import type { FlowDestinationConfig, IFlowDestination } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { ERROR_HANDLING_PROPERTIES, OBJECT } from '../private/constraints';
import { AppFlowError } from '../private/errors';
import { documented, observed } from '../private/fact';
import { literalString, quote } from '../private/values';
import { TRIGGER_TYPE } from '../private/vocabulary';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/EventBridge.html';

/** What the names of partner event sources start with. */
const PARTNER = 'aws.partner/';

/**
 * The names that Amazon EventBridge takes for a partner event source and its event bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html
 */
const FULL_NAME = /^aws\.partner(\/[\w.-]+){2,}$/;
const FULL_NAME_MAX_LENGTH = 256;

/** @internal */
export const EVENT_BRIDGE_RECORD: ConnectorRecord = {
  type: ConnectorType.EVENT_BRIDGE.name,
  title: 'Amazon EventBridge',
  page: PAGE,
  member: 'EventBridge',
  l1Member: 'eventBridge',
  destination: {
    inCloudFormation: true,
    triggers: documented([TRIGGER_TYPE.EVENT], PAGE),
    properties: [{ name: 'object', title: 'partner event source', constraint: OBJECT }, ...ERROR_HANDLING_PROPERTIES],
    objectMembers: observed(['object'], 'https://github.com/aws/aws-cdk/issues/14452: UpdateFlow answers that the destination object can not be updated'),
    catalog: false,
    partitionKeys: false,
    errorHandling: true,
  },
  limits: [
    { text: 'Amazon EventBridge takes Salesforce events.', source: PAGE },
    { text: 'The partner event source is associated with an event bus before the flow is activated.', source: PAGE },
    { text: 'An event of more than 256 KB is replaced by a pointer to an object in Amazon S3.', source: PAGE },
  ],
  rules: [
    {
      code: 'partner-event-source-name-incomplete',
      evidence: 'observed',
      source: 'https://github.com/aws/aws-cdk/issues/14452: created under a short name, the flow could not be updated any more',
      broken: ({ destination: { connectorType, properties: { object } } }) =>
        connectorType === ConnectorType.EVENT_BRIDGE.name && literalString(object)?.startsWith(PARTNER) === false
          ? [{
            at: ['destination', 'properties', 'object'],
            what: 'the name of the partner event source is not a full one, and AppFlow was seen to refuse every update of such a flow',
            got: quote(object),
            allowed: 'aws.partner/appflow/salesforce.com/{account}/{suffix}',
            remedy: 'give PartnerEventSource.salesforce(suffix), or the name as the Amazon EventBridge console shows it',
          }]
          : [],
    },
  ],
};

/**
 * A partner event source: where events of an application enter Amazon EventBridge.
 *
 * AppFlow creates the partner event source with the first flow that writes to it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
 */
export class PartnerEventSource {
  /**
   * The partner event source for Salesforce events: `aws.partner/appflow/salesforce.com/{account}/{suffix}`, with the account that the stack
   * is deployed to.
   *
   * @param suffix the end of the name: letters, digits and `. - _`
   */
  public static salesforce(suffix: string): PartnerEventSource {
    const name = (account: string) => `${PARTNER}appflow/salesforce.com/${account}/${suffix}`;
    if (literalString(suffix) !== undefined) {
      checkFullName(name('111111111111'), suffix);
    }
    return new PartnerEventSource(name(Aws.ACCOUNT_ID));
  }

  /**
   * A partner event source by its name.
   *
   * @param name the full name, as Amazon EventBridge shows it. AppFlow also takes the suffix alone, but was seen to refuse every update of
   * the flow then
   */
  public static fromName(name: string): PartnerEventSource {
    return new PartnerEventSource(name);
  }

  private constructor(
    /** The name of the partner event source, which is also the name of its event bus. */
    public readonly name: string,
  ) {}
}

/** Where AppFlow keeps events of more than 256 KB. */
export interface LargeEventHandlingOptions {
  /** The bucket that the events are written to. Its policy is given the statement that lets AppFlow write. */
  readonly bucket: s3.IBucketRef;

  /**
   * The folder that the events are written to.
   *
   * @default - the root of the bucket
   */
  readonly prefix?: string;
}

/** Options of an Amazon EventBridge destination. */
export interface EventBridgeDestinationOptions {
  /**
   * Where AppFlow keeps events of more than 256 KB, which is more than Amazon EventBridge takes: the event that arrives there points to an object
   * in the bucket. The API calls this the error handling configuration.
   *
   * @default - not sent; AppFlow has no place to keep such events in
   */
  readonly largeEventHandling?: LargeEventHandlingOptions;

  /**
   * Whether a run fails at the first event that Amazon EventBridge refuses.
   *
   * @default - not sent; AppFlow goes on
   */
  readonly failOnFirstDestinationError?: boolean;
}

/** Properties of an Amazon EventBridge destination. */
export interface EventBridgeDestinationProps extends EventBridgeDestinationOptions {
  /**
   * An event bus of yours that is associated with the partner event source. One of the flow's stack is created after the flow, with which the partner
   * event source comes, and the flow is activated after it. One that exists needs no order.
   *
   * @default - the partner event source is associated with an event bus by other means. Until then the flow cannot be activated, so give it
   * `FlowActivation.manual()`
   */
  readonly eventBus?: events.IEventBusRef;
}

/**
 * Publishes Salesforce events to Amazon EventBridge, from an `EventFlow`.
 *
 * The events reach an event bus by way of a partner event source. It comes into being with the flow, and the flow can be activated only once an event
 * bus is associated with it: `EventBridgeDestination.withEventBus` sees to all of that. AppFlow does not let a flow change its partner event source.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/EventBridge.html
 */
export class EventBridgeDestination implements IFlowDestination {
  /**
   * A destination with an event bus of its own: the flow is created, then the event bus of its partner event source, then the flow is activated.
   *
   * The event bus belongs to the first flow that is given the destination. Other flows of the stack can be given the same destination, and share the
   * event bus. Make an `EventBus` yourself, and give it as `eventBus` of the constructor, if it is to outlive the flow or to have options of its own.
   */
  public static withEventBus(source: PartnerEventSource, options: EventBridgeDestinationOptions = {}): EventBridgeDestination {
    if (literalString(source.name) !== undefined) {
      checkFullName(source.name, source.name);
    }
    const destination = new EventBridgeDestination(source, options);
    destination.makesEventBus = true;
    return destination;
  }

  public readonly connectorType = ConnectorType.EVENT_BRIDGE;
  private makesEventBus = false;
  private madeEventBus?: EventBus;

  constructor(private readonly source: PartnerEventSource, private readonly props: EventBridgeDestinationProps = {}) {}

  /**
   * The event bus that `EventBridgeDestination.withEventBus` makes, to put rules on. It is there once a flow has been given the destination.
   *
   * A rule in the scope of the event bus exists before the flow is activated, so that it misses no event.
   */
  public get eventBus(): EventBus {
    if (this.madeEventBus === undefined) {
      throw new AppFlowError('event-bus-missing', this.makesEventBus
        ? { what: 'the event bus is made with the flow, and no flow has been given the destination yet', remedy: 'define the flow first' }
        : { what: 'the destination makes no event bus', remedy: 'use EventBridgeDestination.withEventBus, or refer to the event bus that you have' });
    }
    return this.madeEventBus;
  }

  public bind(scope: Construct): FlowDestinationConfig {
    const { failOnFirstDestinationError, largeEventHandling } = this.props;
    const { properties, dependencies } = bindErrorHandling(scope, { failOnFirstDestinationError, ...largeEventHandling });
    return {
      destinationConnectorProperties: { object: this.source.name, ...properties },
      dependencies,
      followers: this.followers(scope),
    };
  }

  /** The event bus, unless somebody else has made it. */
  private followers(scope: Construct): Construct[] {
    if (this.makesEventBus) {
      this.madeEventBus ??= new EventBus(scope, 'EventBus', { eventSourceName: this.source.name });
    }
    const eventBus = this.madeEventBus ?? this.props.eventBus;
    if (eventBus === undefined || !eventBus.node.findAll().some((construct) => CfnResource.isCfnResource(construct))) {
      return [];
    }
    if (Stack.of(eventBus) !== Stack.of(scope)) {
      throw new AppFlowError('event-bus-in-another-stack', {
        what: 'the event bus has to be created after the flow and before its activation, and it is in another stack',
        got: quote(eventBus.node.path),
        remedy: 'make it in the stack of the flow, or leave it out here and activate the flow by other means once it exists',
      }, scope);
    }
    return [eventBus];
  }
}

function checkFullName(name: string, given: string) {
  if (!FULL_NAME.test(name) || name.length > FULL_NAME_MAX_LENGTH) {
    throw new AppFlowError('partner-event-source-name-invalid', {
      what: 'the partner event source cannot have an event bus under this name',
      got: quote(given),
      allowed: `aws.partner/appflow/salesforce.com/{account}/{suffix}, with letters, digits and . - _ in each part, at most ${FULL_NAME_MAX_LENGTH} characters`,
      remedy: 'give a name that fits',
    });
  }
}
