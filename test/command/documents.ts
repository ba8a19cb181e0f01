import { flowTemplate } from '../flow-template';

/** Properties of a flow from Salesforce, for which it takes a connector profile. */
const FROM_SALESFORCE = {
  SourceFlowConfig: { ConnectorType: 'Salesforce', SourceConnectorProperties: { Salesforce: { Object: 'Account' } } },
  Tasks: [{ TaskType: 'Map_all', SourceFields: [], ConnectorOperator: { Salesforce: 'NO_OP' } }],
};

/** A template in which all is right. */
export const RIGHT = flowTemplate();

/** A template with one mistake. */
export const WRONG = flowTemplate(FROM_SALESFORCE);
export const MISTAKE = 'error connector-profile-missing Flow Properties.SourceFlowConfig.ConnectorProfileName';

/** A template with one thing that may be a mistake. */
export const DOUBTFUL = flowTemplate({
  TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(5minutes)' } },
});
export const DOUBT = 'warning flow-left-as-draft Flow Properties.FlowStatus';

/** What the AWS CLI takes for a flow with the same mistake. */
export const WRONG_REQUEST = {
  flowName: 'leads',
  triggerConfig: { triggerType: 'OnDemand' },
  sourceFlowConfig: { connectorType: 'Salesforce', sourceConnectorProperties: { Salesforce: { object: 'Account' } } },
  destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'acme-lake' } } }],
  tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Salesforce: 'NO_OP' } }],
};
export const MISTAKE_IN_REQUEST = 'error connector-profile-missing leads sourceFlowConfig.connectorProfileName';

/** The same template in YAML, with functions in their short forms. */
export const WRONG_YAML = `AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Name:
    Type: String
Resources:
  Flow:
    Type: AWS::AppFlow::Flow
    Metadata:
      aws:cdk:path: App/Stack/Flow/Resource
    Properties:
      FlowName: !Sub "\${Name}-leads"
      TriggerConfig:
        TriggerType: OnDemand
      SourceFlowConfig:
        ConnectorType: Salesforce
        SourceConnectorProperties:
          Salesforce:
            Object: !Ref Name
      DestinationFlowConfigList:
        - ConnectorType: S3
          DestinationConnectorProperties:
            S3: {BucketName: !ImportValue Lake, BucketPrefix: !If [Test, test, !GetAtt Other.Attribute.Name]}
      Tasks:
        - TaskType: Map_all
          SourceFields: []
          ConnectorOperator: {Salesforce: NO_OP}
`;

/** A template with the resources of another, again and again. */
export function manyTimes(count: number, { Resources }: any): object {
  const resources = Array.from({ length: count }, (_, i) => Object.entries(Resources).map(([id, resource]) => [`${id}${i}`, resource])).flat();
  return { Resources: Object.fromEntries(resources) };
}
