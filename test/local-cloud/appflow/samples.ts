import { type JsonObject } from './json';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

/** A flow between two buckets, which needs no connector profile. */
export function s3Flow(changes: JsonObject = {}): JsonObject {
  return {
    flowName: 'orders',
    triggerConfig: { triggerType: 'OnDemand' },
    sourceFlowConfig: {
      connectorType: 'S3',
      sourceConnectorProperties: { S3: { bucketName: 'source-bucket', bucketPrefix: 'in' } },
    },
    destinationFlowConfigList: [s3Destination()],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { S3: 'NO_OP' } }],
    ...changes,
  };
}

export function s3Destination(changes: JsonObject = {}): JsonObject {
  return { connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'target-bucket', bucketPrefix: 'out', ...changes } } };
}

export function schedule(changes: JsonObject = {}): JsonObject {
  return { triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)', ...changes } } };
}

/** A flow from Salesforce, through the profile that `salesforceProfile` creates. */
export function salesforceFlow(changes: JsonObject = {}): JsonObject {
  return s3Flow({
    flowName: 'accounts',
    sourceFlowConfig: {
      connectorType: 'Salesforce',
      connectorProfileName: 'crm',
      sourceConnectorProperties: { Salesforce: { object: 'Account' } },
    },
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Salesforce: 'NO_OP' } }],
    ...changes,
  });
}

export function salesforceProfile(changes: JsonObject = {}, credentials: JsonObject = { accessToken: 'secret-access', refreshToken: 'secret-refresh' }): JsonObject {
  return {
    connectorProfileName: 'crm',
    connectorType: 'Salesforce',
    connectionMode: 'Public',
    connectorProfileConfig: {
      connectorProfileProperties: { Salesforce: { instanceUrl: 'https://example.my.salesforce.com' } },
      connectorProfileCredentials: { Salesforce: credentials },
    },
    ...changes,
  };
}

/** The name and the message of what `call` throws. */
export function refusalOf(call: () => unknown): { code: string; message: string; status: number } {
  try {
    call();
  } catch (error) {
    const { name, message, status } = error as Error & { status: number };
    return { code: name, message, status };
  }
  throw new Error('nothing was refused');
}
