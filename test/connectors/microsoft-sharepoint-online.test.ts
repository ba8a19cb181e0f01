import { ConnectorProfile, Mapping, MicrosoftSharePointOnlineSource, OnDemandFlow } from 'appflow-constructs';
import { Fn } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { salesforceToS3 } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, string[], unknown]>([
  ['paths', ['drives/a/items/b', 'drives/a/items/c'], '["drives/a/items/b","drives/a/items/c"]'],
  ['a list that is known only at deploy time', Fn.split(',', Fn.importValue('folders')), {
    'Fn::Join': ['', ['["', { 'Fn::Join': ['","', { 'Fn::Split': [',', { 'Fn::ImportValue': 'folders' }] }] }, '"]']],
  }],
])('%s of a site are sent as a JSON array beside other properties', (_, subEntities, expected) => {
  const stack = newStack();
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    source: new MicrosoftSharePointOnlineSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'sites'), {
      entityName: 'sites/acme', subEntities, customProperties: { other: 'kept' },
    }),
    tasks: [Mapping.all()],
  });
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', {
    SourceFlowConfig: { SourceConnectorProperties: { CustomConnector: { CustomProperties: { subEntities: expected, other: 'kept' } } } },
  });
});
