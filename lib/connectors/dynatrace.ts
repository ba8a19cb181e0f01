import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS, USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import type { FlowPlan, TaskPlan } from '../private/flow-plan';
import { literalString } from '../private/values';
import { TASK_OPERATORS, TASK_PROPERTY, TASK_TYPE } from '../private/vocabulary';
import { BetweenAndEqualToFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/dynatrace.html';
const MAX_DAYS = 30;
const DAY_IN_MILLISECONDS = 24 * 60 * 60 * 1000;

/** @internal */
export const DYNATRACE_RECORD: ConnectorRecord = {
  type: ConnectorType.DYNATRACE.name,
  title: 'Dynatrace',
  page: PAGE,
  member: 'Dynatrace',
  l1Member: 'dynatrace',
  profile: {
    inCloudFormation: true,
    authentication: ['API token'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, 'BETWEEN', 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    // The page names the filter; which operator it has follows from those that the connector has.
    mandatoryFilters: inferred([{ operator: 'BETWEEN', title: 'a range of dates' }], PAGE),
    properties: [OBJECT_PROPERTY],
  },
  limits: [{ text: `The flow needs a filter on a range of dates of at most ${MAX_DAYS} days.`, source: PAGE }],
  rules: [
    {
      code: 'dynatrace-date-range-too-long',
      // That dates are epoch milliseconds was seen with other connectors.
      evidence: 'inferred',
      source: PAGE,
      broken: (plan) => tasksFromDynatrace(plan).flatMap(({ taskType, taskProperties }, index) => {
        const [lower, upper] = [taskProperties?.[TASK_PROPERTY.LOWER_BOUND], taskProperties?.[TASK_PROPERTY.UPPER_BOUND]].map(epochMilliseconds);
        const days = lower !== undefined && upper !== undefined ? (upper - lower) / DAY_IN_MILLISECONDS : 0;
        return taskType === TASK_TYPE.FILTER && days > MAX_DAYS
          ? [{
            at: ['tasks', index, 'taskProperties', TASK_PROPERTY.UPPER_BOUND],
            what: 'the filter spans more days than AppFlow reads from Dynatrace',
            got: `${Math.ceil(days)} days`,
            allowed: `at most ${MAX_DAYS} days`,
            remedy: 'shorten the range, and make further flows for the rest',
          }]
          : [];
      }),
    },
  ],
};

function tasksFromDynatrace({ source, tasks }: FlowPlan): readonly TaskPlan[] {
  return source.connectorType === ConnectorType.DYNATRACE.name ? tasks : [];
}

/** A date of a filter, where it is one that is known. */
function epochMilliseconds(bound: unknown): number | undefined {
  const text = literalString(bound);
  return text !== undefined && /^\d{12,14}$/.test(text) ? Number(text) : undefined;
}

/** Sign-in to Dynatrace with a token. */
export interface DynatraceApiTokenOptions {
  /** The URL of the Dynatrace instance, such as `https://abc12345.live.dynatrace.com`. At most 256 characters. */
  readonly instanceUrl: string;

  /** The API token. */
  readonly apiToken: SecretValue;
}

/**
 * How AppFlow signs in to Dynatrace. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/dynatrace.html
 */
export class DynatraceConnection implements IConnection {
  /** With an API token. */
  public static apiToken(options: DynatraceApiTokenOptions): DynatraceConnection {
    return new DynatraceConnection(options);
  }

  public readonly connectorType = ConnectorType.DYNATRACE;

  private constructor(private readonly options: DynatraceApiTokenOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        apiToken: renderSecret(scope, 'apiToken', this.options.apiToken),
      },
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of a Dynatrace source. */
export interface DynatraceSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Dynatrace.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/dynatrace.html
 */
export class DynatraceSource implements IFlowSource {
  public readonly connectorType = ConnectorType.DYNATRACE;

  /** Filters on the object's fields. AppFlow needs one on a range of dates, of at most 30 days. */
  public readonly filter = BetweenAndEqualToFilters._of(ConnectorType.DYNATRACE);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: DynatraceSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
