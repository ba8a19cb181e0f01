import type { Construct } from 'constructs';
import { ConnectorType } from '../connector-type';
import type { FlowDestinationConfig, IFlowDestination } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import type { FlowPlan } from '../private/flow-plan';
import { parseRate } from '../private/schedule-rate';
import { quote } from '../private/values';
import { TRIGGER_TYPE } from '../private/vocabulary';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/lookout.html';

/** The intervals at which Lookout for Metrics takes data. */
const INTERVALS_IN_MINUTES = [5, 10, 60, 1440];

/** @internal */
export const LOOKOUT_METRICS_RECORD: ConnectorRecord = {
  type: ConnectorType.LOOKOUT_METRICS.name,
  title: 'Amazon Lookout for Metrics',
  page: PAGE,
  member: 'LookoutMetrics',
  l1Member: 'lookoutMetrics',
  destination: {
    inCloudFormation: true,
    triggers: documented([TRIGGER_TYPE.SCHEDULED], PAGE),
    properties: [],
    objectMembers: inferred([], 'the API has no members that could name one'),
    catalog: false,
    partitionKeys: false,
    errorHandling: false,
  },
  limits: [
    { text: 'A flow runs every 5 or 10 minutes, every hour, or every day.', source: PAGE },
    { text: 'A customer managed key is mandatory.', source: PAGE },
  ],
  discontinued: documented(
    'AWS ended its support of Amazon Lookout for Metrics on 2025-09-12',
    'https://docs.aws.amazon.com/lookoutmetrics/latest/dev/detectors-dataset.html',
  ),
  rules: [
    {
      code: 'lookout-metrics-interval',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => {
        const rate = parseRate(plan.trigger.scheduleExpression);
        return toLookoutMetrics(plan) && rate !== undefined && !INTERVALS_IN_MINUTES.includes(rate.minutes)
          ? [{
            at: ['trigger', 'scheduleExpression'],
            what: 'the interval of the flow is not one that Amazon Lookout for Metrics takes',
            got: quote(rate.expression),
            allowed: '5 minutes, 10 minutes, 1 hour, 1 day',
            remedy: 'use one of these',
          }]
          : [];
      },
    },
    {
      code: 'lookout-metrics-without-key',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => toLookoutMetrics(plan) && plan.kmsArn === undefined
        ? [{
          at: ['kmsArn'],
          what: 'a flow to Amazon Lookout for Metrics needs a customer managed key',
          got: 'none',
          allowed: 'a KMS key',
          remedy: 'give the flow an encryptionKey',
        }]
        : [],
    },
  ],
};

function toLookoutMetrics(plan: FlowPlan): boolean {
  return plan.destination.connectorType === ConnectorType.LOOKOUT_METRICS.name;
}

/**
 * Writes records to Amazon Lookout for Metrics: only from a scheduled flow that runs every 5 or 10 minutes, every hour or every day, and that
 * has a customer managed key.
 *
 * @deprecated AWS ended its support of Amazon Lookout for Metrics on 2025-09-12.
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/lookout.html
 */
export class LookoutMetricsDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.LOOKOUT_METRICS;

  public bind(_scope: Construct): FlowDestinationConfig {
    // The API's structure has no members. CloudFormation's has one, which the API does not know.
    return { destinationConnectorProperties: {} };
  }
}
