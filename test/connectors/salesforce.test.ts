import {
  ConnectorProfile, EventFlow, type IFlowDestination, Mapping, OnDemandFlow, S3Destination, S3Source, SalesforceConnection, SalesforceDataTransferApi,
  SalesforceDestination, type SalesforceDestinationProps, SalesforceSource, type SalesforceSourceProps, WriteOperation,
} from 'appflow-constructs';
import { App, SecretValue, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';

const token = (field: string) => SecretValue.secretsManager('tokens', { jsonField: field });
const reference = (field: string) => `{{resolve:secretsmanager:tokens:SecretString:${field}::}}`;

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), 'Stack');
});

describe('a connection', () => {
  function profile(connection: SalesforceConnection) {
    new ConnectorProfile(stack, 'Profile', { connection });
    const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::ConnectorProfile'));
    return {
      credentials: resource.Properties.ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce,
      properties: resource.Properties.ConnectorProfileConfig.ConnectorProfileProperties.Salesforce,
      dependsOn: resource.DependsOn,
    };
  }

  test('signs in with a refresh token', () => {
    expect(profile(SalesforceConnection.refreshToken({ refreshToken: token('refresh') })).credentials).toEqual({ RefreshToken: reference('refresh') });
  });

  test('signs in with a refresh token, an access token and a connected app', () => {
    const clientCredentials = Secret.fromSecretCompleteArn(stack, 'App', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-abcdef');
    expect(profile(SalesforceConnection.refreshToken({ refreshToken: token('refresh'), accessToken: token('access'), clientCredentials })).credentials)
      .toEqual({
        RefreshToken: reference('refresh'),
        AccessToken: reference('access'),
        ClientCredentialsArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app-abcdef',
      });
  });

  test('signs in with an access token', () => {
    expect(profile(SalesforceConnection.accessToken({ accessToken: token('access') })).credentials).toEqual({ AccessToken: reference('access') });
  });

  test('signs in with a JSON web token', () => {
    const clientCredentials = new Secret(stack, 'App');
    expect(profile(SalesforceConnection.jwtBearer({ jwtToken: token('jwt'), clientCredentials })).credentials).toEqual({
      JwtToken: reference('jwt'),
      OAuth2GrantType: 'JWT_BEARER',
      ClientCredentialsArn: { Ref: expect.stringMatching('^App') },
    });
  });

  test('signs in with an authorization code', () => {
    expect(profile(SalesforceConnection.authorizationCode({ authCode: token('code'), redirectUri: 'https://example.com/cb' })).credentials).toEqual({
      ConnectorOAuthRequest: { AuthCode: reference('code'), RedirectUri: 'https://example.com/cb' },
      OAuth2GrantType: 'AUTHORIZATION_CODE',
    });
  });

  test('signs in with client credentials, with a warning', () => {
    const clientCredentials = new Secret(stack, 'App');
    expect(profile(SalesforceConnection.clientCredentials({ clientCredentials })).credentials).toMatchObject({ OAuth2GrantType: 'CLIENT_CREDENTIALS' });
    Annotations.fromStack(stack).hasWarning('/Stack/Profile', Match.stringLikeRegexp('salesforce-client-credentials-grant'));
  });

  test('says where Salesforce is', () => {
    expect(profile(SalesforceConnection.refreshToken({
      refreshToken: token('refresh'),
      instanceUrl: 'https://acme.my.salesforce.com',
      sandbox: true,
      usePrivateLinkForMetadataAndAuthorization: true,
    })).properties).toEqual({
      InstanceUrl: 'https://acme.my.salesforce.com',
      isSandboxEnvironment: true,
      usePrivateLinkForMetadataAndAuthorization: true,
    });
  });

  test('lets AppFlow read the secret of the connected app before the profile is made', () => {
    const clientCredentials = new Secret(stack, 'App');
    const { dependsOn } = profile(SalesforceConnection.refreshToken({ refreshToken: token('refresh'), clientCredentials }));
    const template = Template.fromStack(stack);
    const [[policyId, policy]] = Object.entries(template.findResources('AWS::SecretsManager::ResourcePolicy'));
    expect(policy.Properties.ResourcePolicy.Statement).toEqual([{
      Sid: 'AllowAppFlowReadSecret',
      Effect: 'Allow',
      Principal: { Service: 'appflow.amazonaws.com' },
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }]);
    expect(dependsOn).toContain(policyId);
  });

  test('tells which statement an L1 secret needs, whose policy is nobody\'s to change', () => {
    profile(SalesforceConnection.refreshToken({ refreshToken: token('refresh'), clientCredentials: new CfnSecret(stack, 'App') }));
    Annotations.fromStack(stack).hasWarning('/Stack/Profile', Match.stringLikeRegexp('"Sid":"AllowAppFlowReadSecret".*resource-policy-not-changed'));
  });

  test('lets AppFlow use the key of the connected app\'s secret', () => {
    profile(SalesforceConnection.refreshToken({
      refreshToken: token('refresh'),
      clientCredentials: new Secret(stack, 'App', { encryptionKey: new Key(stack, 'Key') }),
    }));
    Template.fromStack(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'appflow.amazonaws.com' }, Action: 'kms:Decrypt' })]),
      },
    });
  });
});

describe('a flow', () => {
  const profile = () => ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'salesforce');
  const bucket = () => new Bucket(stack, 'Bucket');

  function flowConfigs() {
    const [flow] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
    return { source: flow.Properties.SourceFlowConfig, destination: flow.Properties.DestinationFlowConfigList[0] };
  }

  test.each<[Partial<SalesforceSourceProps>, unknown]>([
    [{}, {}],
    [{ enableDynamicFieldUpdate: true }, { EnableDynamicFieldUpdate: true }],
    [{ includeDeletedRecords: false }, { IncludeDeletedRecords: false }],
    [{ dataTransferApi: SalesforceDataTransferApi.BULKV2 }, { DataTransferApi: 'BULKV2' }],
  ])('takes records with %j', (props, expected) => {
    new OnDemandFlow(stack, 'Flow', {
      source: new SalesforceSource(profile(), { object: 'Account', apiVersion: 'v58.0', ...props }),
      destination: new S3Destination(bucket()),
      tasks: [Mapping.all()],
    });
    expect(flowConfigs().source).toEqual({
      ConnectorType: 'Salesforce',
      ConnectorProfileName: 'salesforce',
      ApiVersion: 'v58.0',
      SourceConnectorProperties: { Salesforce: { Object: 'Account', ...expected as object } },
    });
  });

  function writing(destination: IFlowDestination) {
    new OnDemandFlow(stack, 'Flow', { source: new S3Source(bucket(), { prefix: 'in' }), destination, tasks: [Mapping.all()] });
    return flowConfigs().destination;
  }

  test.each<[string, Partial<SalesforceDestinationProps>, unknown]>([
    ['inserts', {}, { WriteOperationType: 'INSERT' }],
    ['updates', { writeOperation: WriteOperation.update(['Id']) }, { WriteOperationType: 'UPDATE', IdFieldNames: ['Id'] }],
    ['upserts', { writeOperation: WriteOperation.upsert(['Key__c']) }, { WriteOperationType: 'UPSERT', IdFieldNames: ['Key__c'] }],
    ['deletes', { writeOperation: WriteOperation.delete() }, { WriteOperationType: 'DELETE' }],
    ['deletes by id', { writeOperation: WriteOperation.delete(['Id']) }, { WriteOperationType: 'DELETE', IdFieldNames: ['Id'] }],
    ['uses an API', { dataTransferApi: SalesforceDataTransferApi.REST_SYNC }, { WriteOperationType: 'INSERT', DataTransferApi: 'REST_SYNC' }],
    [
      'fails fast', { errorHandling: { failOnFirstDestinationError: true } },
      { WriteOperationType: 'INSERT', ErrorHandlingConfig: { FailOnFirstError: true } },
    ],
  ])('%s', (_, props, expected) => {
    expect(writing(new SalesforceDestination(profile(), { object: 'Account', ...props }))).toEqual({
      ConnectorType: 'Salesforce',
      ConnectorProfileName: 'salesforce',
      DestinationConnectorProperties: { Salesforce: { Object: 'Account', ...expected as object } },
    });
  });

  test('keeps refused records in a bucket that AppFlow may write to before the flow is made', () => {
    const errors = new Bucket(stack, 'Errors');
    const destination = writing(new SalesforceDestination(profile(), { object: 'Account', errorHandling: { bucket: errors, prefix: 'refused' } }));
    expect(destination.DestinationConnectorProperties.Salesforce.ErrorHandlingConfig).toEqual({
      BucketName: { Ref: stack.getLogicalId(errors.node.defaultChild as any) },
      BucketPrefix: 'refused',
    });
    const template = Template.fromStack(stack);
    const policy = stack.getLogicalId(errors.policy!.node.defaultChild as any);
    template.hasResource('AWS::AppFlow::Flow', { DependsOn: Match.arrayWith([policy]) });
  });

  test('subscribes to an event', () => {
    const source = new SalesforceSource(profile(), { object: 'AccountChangeEvent' });
    expect(source.eventName).toEqual('AccountChangeEvent');
    new EventFlow(stack, 'Flow', { source, destination: new S3Destination(bucket()), tasks: [Mapping.all()] });
    Template.fromStack(stack).hasResourceProperties('AWS::AppFlow::Flow', { TriggerConfig: { TriggerType: 'Event', TriggerProperties: Match.absent() } });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});
