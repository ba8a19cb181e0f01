/** Where a flow is, and what it is called. */
export interface SampledFlow {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/**
 * The events that AppFlow sends for a flow. The fields are documented; what the values look like has been observed in the events of runs, where
 * `resources` has no ARN.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/flow-notifications.html
 */
export function flowEvents({ name, account, region }: SampledFlow) {
  const event = (detailType: string, detail: object) => ({
    'version': '0',
    'id': 'febf499e-03d1-4878-8ef8-6cc73fa7fd00',
    'detail-type': detailType,
    'source': 'aws.appflow',
    account,
    'time': '2026-11-22T12:55:32Z',
    region,
    'resources': ['bd3275d267f032646f926d73a98d12c2'],
    'detail': {
      'flow-name': name,
      'created-by': `arn:aws:sts::${account}:assumed-role/Deploy/cdk`,
      'flow-arn': `arn:aws:appflow:${region}:${account}:flow/${name}`,
      'source': 'SALESFORCE/acme',
      'destination': 'S3',
      'source-object': 'Opportunity',
      'destination-object': 's3://lake/raw',
      'trigger-type': 'SCHEDULED',
      ...detail,
    },
  });
  const timeRange = { 'incremental-transfer-time-range': '2026-11-22T11:55:00Z - 2026-11-22T12:55:00Z' };
  const end = {
    ...timeRange,
    'num-of-records-processed': '63000',
    'execution-id': '2c07e424-21e4-4ee3-b70f-4fb55b2ecf79',
    'num-of-records-filtered': '0',
    'start-time': '2026-11-22T12:55:23.835Z[UTC]',
    'num-of-documents-processed': '0',
    'end-time': '2026-11-22T12:55:32.049Z[UTC]',
    'num-of-record-failures': '0',
    'data-processed': '10226699',
  };
  const deactivated = { 'deactivation-reason': 'The credentials have expired.', 'deactivation-time': '2026-11-22T12:55:32.049Z[UTC]' };
  return {
    started: event('AppFlow Start Flow Run Report', { ...timeRange, 'start-time': '2026-11-22T12:55:23.835Z[UTC]' }),
    succeeded: event('AppFlow End Flow Run Report', { ...end, status: 'Execution Successful' }),
    failed: event('AppFlow End Flow Run Report', { ...end, status: 'Execution Failed', error: 'The credentials have expired.' }),
    // AWS does not document how a cancelled run is called.
    cancelled: event('AppFlow End Flow Run Report', { ...end, status: 'Execution Canceled' }),
    scheduledFlowDeactivated: event('AppFlow Scheduled Flow Deactivated', deactivated),
    eventFlowDeactivated: event('AppFlow Event Flow Deactivated', deactivated),
    eventFlowReport: event('AppFlow Event Flow Report', { 'status-report': '12 from 12:50 to 12:55' }),
    automaticFieldImport: event('AppFlow Automatic Field Import Report', {}),
  };
}

/** The event of a call of AppFlow's API, which AWS CloudTrail sends under the same source. */
export function apiCall({ name, account, region }: SampledFlow) {
  return {
    'version': '0',
    'id': '36eb8523-97d0-4518-b33d-ee3579ff19f0',
    'detail-type': 'AWS API Call via CloudTrail',
    'source': 'aws.appflow',
    account,
    'time': '2026-11-22T12:55:32Z',
    region,
    'resources': [],
    'detail': { eventSource: 'appflow.amazonaws.com', eventName: 'StartFlow', requestParameters: { flowName: name } },
  };
}
