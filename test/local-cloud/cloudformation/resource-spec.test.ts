import { ResourceSpec } from './resource-spec';

test.each([
  ['AWS::AppFlow::Flow', ['FlowName', 'KMSArn']],
  ['AWS::AppFlow::ConnectorProfile', ['ConnectorLabel', 'ConnectorProfileName', 'ConnectorType']],
  ['AWS::AppFlow::Connector', ['ConnectorLabel']],
])('%s is replaced when one of its create-only properties changes, and only then', (type, replacing) => {
  const properties = [
    'FlowName', 'KMSArn', 'Tasks', 'TriggerConfig', 'SourceFlowConfig', 'DestinationFlowConfigList', 'Tags', 'FlowStatus', 'Description', 'ConnectorLabel',
    'ConnectorProfileName', 'ConnectorType', 'ConnectionMode', 'ConnectorProfileConfig', 'ConnectorProvisioningConfig',
  ];
  const spec = ResourceSpec.of(type);
  const found = properties.filter((property) => spec.causesReplacement(property)).sort();
  expect(found).toEqual(replacing);
});

test('the key of a connector profile does not replace it', () => {
  expect(ResourceSpec.of('AWS::AppFlow::ConnectorProfile').causesReplacement('KMSArn')).toBe(false);
});
