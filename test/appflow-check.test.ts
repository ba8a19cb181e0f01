import {
  AppFlowCheck, AppFlowValidationPlugin, DataPull, FindingSeverity, FlowActivation, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow, ScheduleTime,
} from 'appflow-constructs';
import { Annotations, App, CfnResource, Duration, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { EveryFeature } from './every-feature';
import { salesforceToS3 } from './samples';
import { newStack, warningsOf } from './synthesis';

/** A request of CreateFlow. */
const REQUEST = {
  flowName: 'orders',
  triggerConfig: {
    triggerType: 'Scheduled', triggerProperties: { Scheduled: { scheduleExpression: 'rate(1 hours)', dataPullMode: 'Incremental' } },
  },
  sourceFlowConfig: { connectorType: 'Salesforce', connectorProfileName: 'acme', sourceConnectorProperties: { Salesforce: { object: 'Order' } } },
  destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'lake' } } }],
  tasks: [{ taskType: 'Map_all', sourceFields: [] }],
};

/** The properties of a resource with the same, and a name with blanks. */
const PROPERTIES = {
  FlowName: 'all my orders',
  FlowStatus: 'Active',
  TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: 'rate(1 hours)', DataPullMode: 'Incremental' } },
  SourceFlowConfig: { ConnectorType: 'Salesforce', ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Order' } } },
  DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: 'lake' } } }],
  Tasks: [{ TaskType: 'Map_all', SourceFields: [] }],
};

const SPELLING = { code: 'appflow-constructs:schedule-rate-spelling', severity: FindingSeverity.WARNING };
const NAME = { code: 'appflow-constructs:flow-name-invalid', severity: FindingSeverity.ERROR, path: 'Properties.FlowName' };

/** Connector profiles with credentials that AppFlow does not take, in every place that can hold one. */
const PROFILES_WITH_SECRETS = [
  {
    connectorType: 'CustomConnector',
    connectorLabel: 'GitHub',
    connectorProfileConfig: {
      connectorProfileProperties: {
        CustomConnector: { profileProperties: { apiToken: 'a secret' }, oAuth2Properties: { tokenUrlCustomProperties: { client_secret: 'a secret' } } },
      },
      connectorProfileCredentials: {
        CustomConnector: { authenticationType: 'CUSTOM', custom: { customAuthenticationType: 'PAT', credentialsMap: { token: 'a secret' } } },
      },
    },
  },
  {
    connectorType: 'Redshift',
    connectorProfileConfig: {
      connectorProfileProperties: { Redshift: { bucketName: 'lake', databaseUrl: 'jdbc:redshift://acme/dev?user=awsuser&password=a secret' } },
      connectorProfileCredentials: { Redshift: { username: 'a secret', password: 'a secret' } },
    },
  },
  {
    connectorType: 'Slack',
    connectorProfileConfig: {
      connectorProfileCredentials: { Slack: { clientId: 'a secret', clientSecret: 'a secret', accessToken: 'a secret' }, Zendesk: { accessToken: 'a secret' } },
    },
  },
];

describe('a document', () => {
  test.each(PROFILES_WITH_SECRETS)('with a credential that AppFlow does not take is refused without a word of it: $connectorType', (profile) => {
    const findings = AppFlowCheck.document({ connectorProfileName: 'acme', connectionMode: 'Public', ...profile });
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(/(property|credential)-invalid$/)]));
    expect(JSON.stringify(findings)).not.toContain('a secret');
  });

  test('that is a request is checked, and its findings have these members', () => {
    expect(AppFlowCheck.document(REQUEST)).toEqual([{
      ...SPELLING,
      resource: 'orders',
      path: 'triggerConfig.triggerProperties.Scheduled.scheduleExpression',
      message: expect.stringMatching(/^.+; .+$/),
      source: expect.stringMatching(/./),
    }]);
  });

  test.each([
    ['CreateConnectorProfile', { connectorProfileName: 'acme production' }, 'connector-profile-name-invalid'],
    ['RegisterConnector', { connectorLabel: 'Our Billing', connectorProvisioningType: 'LAMBDA' }, 'connector-label-invalid'],
  ])('may be a request of %s', (_, request, code) => {
    expect(AppFlowCheck.document(request)).toContainEqual(expect.objectContaining({ code: `appflow-constructs:${code}` }));
  });

  test('that is a template is checked for where it is deployed', () => {
    const profile = {
      Type: 'AWS::AppFlow::ConnectorProfile',
      Properties: {
        ConnectorProfileName: 'acme',
        ConnectorType: 'Salesforce',
        ConnectionMode: 'Private',
        ConnectorProfileConfig: {
          ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } },
          ConnectorProfileCredentials: { Salesforce: { RefreshToken: '{{resolve:secretsmanager:acme:SecretString:refreshToken}}' } },
        },
      },
    };
    const template = { Resources: { Profile: profile } };
    expect(AppFlowCheck.document(template)).toEqual([]);
    expect(AppFlowCheck.document(template, { region: 'us-east-1' })).toEqual([]);
    expect(AppFlowCheck.document(template, { region: 'mx-central-1' }))
      .toMatchObject([{ code: 'appflow-constructs:private-link-not-in-region', resource: 'Profile' }]);
  });

  test.each([undefined, null, 'flowName', 1, [], [REQUEST], {}, { Resources: [] }, new Map()])('cannot be %p', (document) => {
    expect(() => AppFlowCheck.document(document)).toThrow(/; give the parsed document \(appflow-constructs:document-not-recognized\)$/);
  });
});

describe('a stack', () => {
  test('is synthesized and checked, and those that are nested in it', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    for (const scope of [stack, nested]) {
      new CfnResource(scope, 'Flow', { type: 'AWS::AppFlow::Flow', properties: PROPERTIES });
    }
    new CfnResource(new Stack(stack.node.root as App, 'Other'), 'Flow', { type: 'AWS::AppFlow::Flow', properties: PROPERTIES });
    expect(AppFlowCheck.stack(nested)).toMatchObject([NAME, SPELLING]);
    expect(AppFlowCheck.stack(stack)).toMatchObject([NAME, SPELLING, NAME, SPELLING]);
  });

  test('may be in a stage, and has a Region', () => {
    const stack = new Stack(new Stage(new App(), 'Stage'), 'Stack', { env: { region: 'eu-west-1', account: '111122223333' } });
    new CfnResource(stack, 'Flow', { type: 'AWS::AppFlow::Flow', properties: PROPERTIES });
    expect(AppFlowCheck.stack(stack)).toMatchObject([NAME, SPELLING]);
  });

  test('with each feature of the library has nothing wrong in it', () => {
    expect(AppFlowCheck.stack(new EveryFeature(new App(), 'EveryFeature'))).toEqual([]);
  });

  /** A flow of which the library warns that it started long ago. */
  function startedLongAgo(stack: Stack) {
    return new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.iso('2020-01-01T00:00:00Z') }),
      pull: DataPull.incremental(),
      tasks: [Mapping.all()],
      activation: FlowActivation.manual(),
    });
  }

  test('has findings of which its constructs warn, and not that they leave flows as drafts', () => {
    const stack = newStack();
    startedLongAgo(stack);
    expect(warningsOf(stack)).toHaveLength(1);
    expect(AppFlowCheck.stack(stack)).toMatchObject([{ code: 'appflow-constructs:schedule-start-in-past' }]);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['annotation', (stack) => Annotations.of(stack).acknowledgeWarning('appflow-constructs:schedule-start-in-past')],
    ['validation', (stack) => Validations.of(stack).acknowledge({ id: 'appflow-constructs::schedule-start-in-past', reason: 'it has run since' })],
  ])('has no findings that are acknowledged as those of an %s', (_, acknowledge) => {
    const stack = newStack();
    startedLongAgo(stack);
    acknowledge(stack);
    expect(AppFlowCheck.stack(stack)).toEqual([]);
  });

  test('is checked as escape hatches leave it', () => {
    const stack = newStack();
    const { node } = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    (node.defaultChild as CfnFlow).addPropertyOverride('FlowName', 'all my orders');
    expect(AppFlowCheck.stack(stack)).toMatchObject([NAME]);
  });

  test('that its constructs or plugins stop is stopped as it is by Template.fromStack', () => {
    const constructs = newStack();
    new OnDemandFlow(constructs, 'Flow', { ...salesforceToS3(constructs), flowName: 'all my orders', tasks: [Mapping.all()] });
    const plugin = newStack();
    Validations.of(plugin).addPlugins(new AppFlowValidationPlugin());
    new CfnResource(plugin, 'Flow', { type: 'AWS::AppFlow::Flow', properties: PROPERTIES });
    for (const stack of [constructs, plugin]) {
      expect(() => AppFlowCheck.stack(stack)).toThrow('the name of the flow is not one that AppFlow takes');
      expect(() => Template.fromStack(stack)).toThrow('the name of the flow is not one that AppFlow takes');
    }
  });
});
