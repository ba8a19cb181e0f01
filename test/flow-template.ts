/** A value that is known only at deploy time. */
export const PARAMETER = { Ref: 'Parameter' };

/** A folder in Amazon S3 as a source. */
export const S3_SOURCE = { ConnectorType: 'S3', SourceConnectorProperties: { S3: { BucketName: 'acme-lake', BucketPrefix: 'leads' } } };

/** Amazon S3 as a destination. */
export const S3_DESTINATION = { ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: 'acme-lake' } } };

/** A template with a flow that copies all fields from one folder in Amazon S3 to another, with other properties than those where given. */
export function flowTemplate(properties: object = {}): object {
  return {
    Resources: {
      Flow: {
        Type: 'AWS::AppFlow::Flow',
        Properties: {
          FlowName: 'leads',
          TriggerConfig: { TriggerType: 'OnDemand' },
          SourceFlowConfig: S3_SOURCE,
          DestinationFlowConfigList: [S3_DESTINATION],
          Tasks: [{ TaskType: 'Map_all', SourceFields: [] }],
          ...properties,
        },
      },
    },
  };
}
