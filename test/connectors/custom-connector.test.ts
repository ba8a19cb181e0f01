import {
  ConnectorProfile, type CustomConnectorCustomAuthOptions, CustomConnectorConnection, CustomConnectorSource, GoogleAdsConnection, HubSpotSource,
  type IFlowSource, Mapping, OnDemandFlow,
} from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { salesforceToS3 } from '../samples';
import { errorsOf, newStack, warningsOf } from '../synthesis';

const token = SecretValue.secretsManager('github', { jsonField: 'token' });

function profile(stack: Stack, options: Partial<CustomConnectorCustomAuthOptions> = {}): ConnectorProfile {
  const connection = CustomConnectorConnection.custom({ connectorLabel: 'GitHub', customAuthenticationType: 'PAT', ...options });
  return new ConnectorProfile(stack, 'Profile', { connection });
}

function flowFrom(stack: Stack, source: IFlowSource) {
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), source, tasks: [Mapping.all()] });
}

test('what is given as no secret stands beside the secrets, and nobody is warned of it', () => {
  const stack = newStack();
  profile(stack, { credentials: { token }, parameters: { username: 'octocat' } });
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: {
      ConnectorProfileCredentials: {
        CustomConnector: {
          Custom: { CredentialsMap: { username: 'octocat', token: '{{resolve:secretsmanager:github:SecretString:token::}}' } },
        },
      },
    },
  });
  expect(warningsOf(stack)).toEqual([]);
});

test.each<[string, Partial<CustomConnectorCustomAuthOptions>]>([
  ['credential', { credentials: { token: SecretValue.unsafePlainText('hush') } }],
  ['secret profile property', { secretProfileProperties: { token: SecretValue.unsafePlainText('hush') } }],
])('a %s in plain text is warned of', (_, options) => {
  const stack = newStack();
  profile(stack, options);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('the credential \'token\' stands in the template in plain text')]);
  expect(warningsOf(stack)[0]).not.toContain('hush');
});

test('properties of the user\'s stand beside those that a connector asks for', () => {
  const stack = newStack();
  const connection = GoogleAdsConnection.oAuth2({
    apiVersion: 'v22',
    developerToken: token,
    profileProperties: { accessType: 'offline' },
    secretProfileProperties: { subscriptionKey: token },
  });
  new ConnectorProfile(stack, 'Profile', { connection });
  const secret = stack.resolve(token.unsafeUnwrap());
  Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: {
      ConnectorProfileProperties: {
        CustomConnector: { ProfileProperties: { apiVersion: 'v22', accessType: 'offline', developerToken: secret, subscriptionKey: secret } },
      },
    },
  });
});

test('names in maps are the connector\'s own, whatever AppFlow and CloudFormation call their members', () => {
  const stack = newStack();
  const customProperties = { Name: 'a', Type: 'b', oAuthRequest: 'c', disableSSO: 'd', failOnFirstDestinationError: 'e' };
  const properties = { profileProperties: customProperties, parameters: customProperties };
  flowFrom(stack, new CustomConnectorSource(profile(stack, properties), { entityName: 'repos', customProperties }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::AppFlow::Flow', {
    SourceFlowConfig: { SourceConnectorProperties: { CustomConnector: { CustomProperties: Match.exact(customProperties) } } },
  });
  template.hasResourceProperties('AWS::AppFlow::ConnectorProfile', {
    ConnectorProfileConfig: {
      ConnectorProfileCredentials: { CustomConnector: { Custom: { CredentialsMap: Match.exact(customProperties) } } },
      ConnectorProfileProperties: { CustomConnector: { ProfileProperties: Match.exact(customProperties) } },
    },
  });
});

test.each<[string, (profile: ConnectorProfile) => IFlowSource, unknown[]]>([
  ['whose label is the same', (github) => new CustomConnectorSource(github, { connectorLabel: 'GitHub', entityName: 'repos' }), []],
  ['that says no label', (github) => new CustomConnectorSource(github, { entityName: 'repos' }), []],
  ['that is for another connector', (github) => new HubSpotSource(github, { entityName: 'contacts' }), [
    expect.stringContaining('got a profile for GitHub, allowed a profile for HubSpot'),
  ]],
])('a connector profile suits a source %s', (_, source, errors) => {
  const stack = newStack();
  flowFrom(stack, source(profile(stack)));
  expect(errorsOf(stack)).toEqual(errors);
});

test.each<[string, Partial<CustomConnectorCustomAuthOptions>, string]>([
  ['a name in a map', { profileProperties: { 'instance url': 'https://acme.example.com' } }, 'name of one of the profile properties of the connector profile'],
  ['a value in a map', { profileProperties: { scope: 'a b' } }, 'value of a profile property of the connector profile is not one that AppFlow takes: got \'a b\''],
  ['a map', { parameters: Object.fromEntries(Array.from({ length: 51 }, (__, index) => [`key${index}`, 'value'])) }, 'custom credentials of the credentials have too many entries'],
  ['the value of a credential', { parameters: { username: 'hush hush' } }, 'value of a custom credential of the credentials is not one that AppFlow takes: allowed'],
])('%s that AppFlow does not take is an error', (_, options, message) => {
  const stack = newStack();
  profile(stack, options);
  expect(errorsOf(stack)).toEqual([expect.stringContaining(message)]);
  expect(errorsOf(stack)[0]).not.toContain('hush');
});
