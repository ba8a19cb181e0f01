import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AppFlowValidationPlugin, type AppFlowValidationPluginProps, DataPull, FlowActivation, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow,
  ScheduleTime,
} from 'appflow-constructs';
import { Annotations, App, CfnResource, Duration, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnConnector, CfnConnectorProfile, CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { VALIDATE_AGAINST_DEFAULT_RULES } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { EveryFeature } from './every-feature';
import { EVERY_MISTAKE } from './every-mistake';
import { EVERY_RULE } from './every-rule';
import { type Mistake, TOKENS } from './mistake';
import { salesforceToS3 } from './samples';
import { errorsOf, newStack, warningsOf } from './synthesis';
import { type Reported, validationReport } from './validation-report';

const NAME = 'appflow-constructs';
const RATE = 'Properties.TriggerConfig.TriggerProperties.ScheduleExpression';

const directory = mkdtempSync(join(tmpdir(), 'plugin-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A flow that is right but for what is given. */
function flow(properties: Partial<Record<keyof typeof FLOW, unknown>> = {}) {
  return { ...FLOW, ...properties };
}

const FLOW = {
  FlowName: 'orders',
  FlowStatus: 'Active',
  SourceFlowConfig: { ConnectorType: 'Salesforce', ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Order' } } },
  DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: 'lake', BucketPrefix: 'orders' } } }],
  TriggerConfig: scheduled('rate(1hours)'),
  Tasks: [{ TaskType: 'Map_all', SourceFields: [] }],
};

function scheduled(rate: string, options: object = {}) {
  return { TriggerType: 'Scheduled', TriggerProperties: { ScheduleExpression: rate, DataPullMode: 'Incremental', ...options } };
}

/** What the constructs of this library warn of: a spelling of a rate that AppFlow may refuse. */
const MISSPELT = scheduled('rate(1 hours)');

function resource(scope: Construct, id: string, properties: object, type = 'AWS::AppFlow::Flow'): CfnResource {
  return new CfnResource(scope, id, { type, properties: { ...properties } });
}

function newApp(props?: AppFlowValidationPluginProps, context: Record<string, unknown> = {}): App {
  const app = new App({ context });
  Validations.of(app).addPlugins(new AppFlowValidationPlugin(props));
  return app;
}

/** What the plugin says in CDK's report. */
function reported(app: Stage): readonly Reported[] {
  return validationReport(app).violations.filter(({ plugin }) => plugin === NAME);
}

/** Flows, connector profiles and connectors in which one thing is wrong, by any means that CDK has. */
const MAKERS: readonly (readonly [string, (stack: Stack) => unknown, Omit<Reported, 'plugin' | 'description'>])[] = [
  [
    'CfnFlow',
    (stack) => new CfnFlow(stack, 'Flow', {
      flowName: 'orders',
      flowStatus: 'Active',
      sourceFlowConfig: {
        connectorType: 'Salesforce', connectorProfileName: 'acme', sourceConnectorProperties: { salesforce: { object: 'Order' } },
      },
      destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'lake' } } }],
      triggerConfig: { triggerType: 'Scheduled', triggerProperties: { scheduleExpression: 'rate(1 hours)', dataPullMode: 'Incremental' } },
      tasks: [{ taskType: 'Map_all', sourceFields: [] }],
    }),
    { construct: 'Stack/Flow', rule: 'schedule-rate-spelling', severity: 'warning', path: RATE },
  ],
  [
    'a CfnFlow that is renamed',
    (stack) => {
      const flowByHand = resource(stack, 'Flow', flow({ FlowName: 'all my orders' }));
      flowByHand.overrideLogicalId('Orders');
    },
    { construct: 'Stack/Flow', rule: 'flow-name-invalid', severity: 'error', path: 'Properties.FlowName' },
  ],
  [
    'CfnConnectorProfile',
    (stack) => new CfnConnectorProfile(stack, 'Profile', {
      connectorProfileName: 'acme production',
      connectorType: 'Salesforce',
      connectionMode: 'Public',
      connectorProfileConfig: {
        connectorProfileProperties: { salesforce: { instanceUrl: 'https://acme.my.salesforce.com' } },
        connectorProfileCredentials: { salesforce: { refreshToken: '{{resolve:secretsmanager:acme:SecretString:refreshToken}}' } },
      },
    }),
    { construct: 'Stack/Profile', rule: 'connector-profile-name-invalid', severity: 'error', path: 'Properties.ConnectorProfileName' },
  ],
  [
    'CfnConnector',
    (stack) => new CfnConnector(stack, 'Connector', {
      connectorLabel: 'Our Billing',
      connectorProvisioningType: 'LAMBDA',
      connectorProvisioningConfig: { lambda: { lambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:billing' } },
    }),
    { construct: 'Stack/Connector', rule: 'connector-label-invalid', severity: 'error', path: 'Properties.ConnectorLabel' },
  ],
  [
    'a template that is included',
    (stack) => {
      const templateFile = join(directory, 'included.json');
      writeFileSync(templateFile, JSON.stringify({ Resources: { Orders: { Type: 'AWS::AppFlow::Flow', Properties: flow({ FlowName: 'all my orders' }) } } }));
      new CfnInclude(stack, 'Included', { templateFile });
    },
    { construct: 'Stack/Included/Orders', rule: 'flow-name-invalid', severity: 'error', path: 'Properties.FlowName' },
  ],
  [
    'a nested stack',
    (stack) => resource(new NestedStack(new NestedStack(stack, 'Nested'), 'Inner'), 'Flow', flow({ TriggerConfig: MISSPELT })),
    { construct: 'Stack/Nested/Inner/Flow', rule: 'schedule-rate-spelling', severity: 'warning', path: RATE },
  ],
  [
    'a stage',
    (stack) => resource(new Stack(new Stage(stack.node.root, 'Stage'), 'Inner'), 'Flow', flow({ TriggerConfig: MISSPELT })),
    { construct: 'Stage/Inner/Flow', rule: 'schedule-rate-spelling', severity: 'warning', path: RATE },
  ],
  [
    'an escape hatch in a construct of this library',
    (stack) => {
      const { node } = new ScheduledFlow(stack, 'Flow', {
        ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), pull: DataPull.incremental(), tasks: [Mapping.all()],
      });
      (node.defaultChild as CfnFlow).addPropertyOverride('TriggerConfig.TriggerProperties.ScheduleExpression', 'rate(1 hours)');
    },
    { construct: 'Stack/Flow/Resource', rule: 'schedule-rate-spelling', severity: 'warning', path: RATE },
  ],
];

describe.each(MAKERS)('%s', (_, make, finding) => {
  test('is checked, and reported at its construct and property', () => {
    const app = newApp();
    make(new Stack(app, 'Stack'));
    const { violations, error } = validationReport(app);
    expect(violations).toEqual([expect.objectContaining({ plugin: NAME, ...finding })]);
    expect(error !== undefined).toBe(finding.severity === 'error');
    if (error !== undefined) {
      expect(error).toContain(`${finding.path!.replace('Properties.', '')}: `);
      expect(error).toContain(finding.construct);
    }
  });
});

test('one mistake of several flows is one violation', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  const flows = ['One', 'Other'].map((id) => resource(stack, id, flow({ FlowName: id, TriggerConfig: MISSPELT })).node.path);
  const { violations } = validationReport(app).pluginReports[0];
  expect(violations).toHaveLength(1);
  expect(violations[0]).toMatchObject({
    description: expect.stringMatching(/^TriggerConfig\.TriggerProperties\.ScheduleExpression: .*; /),
    ruleMetadata: { source: expect.stringMatching(/./) },
    violatingConstructs: flows.map((constructPath) => ({ constructPath })),
  });
});

test('each stack is checked for its own Region', () => {
  const app = newApp();
  for (const region of ['us-east-1', 'mx-central-1']) {
    resource(new Stack(app, region, { env: { account: '111122223333', region } }), 'Profile', {
      ConnectorProfileName: 'acme',
      ConnectorType: 'Salesforce',
      ConnectionMode: 'Private',
      ConnectorProfileConfig: {
        ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } },
        ConnectorProfileCredentials: { Salesforce: { RefreshToken: '{{resolve:secretsmanager:acme:SecretString:refreshToken}}' } },
      },
    }, 'AWS::AppFlow::ConnectorProfile');
  }
  expect(reported(app)).toMatchObject([{ construct: 'mx-central-1/Profile', rule: 'private-link-not-in-region' }]);
});

test('a plugin of a stage looks at no other stack', () => {
  const app = new App();
  const stage = new Stage(app, 'Stage');
  Validations.of(stage).addPlugins(new AppFlowValidationPlugin());
  resource(new Stack(app, 'Stack'), 'Flow', flow({ TriggerConfig: MISSPELT }));
  resource(new Stack(stage, 'Stack'), 'Flow', flow({ TriggerConfig: MISSPELT }));
  expect(reported(app)).toMatchObject([{ construct: 'Stage/Stack/Flow' }]);
});

test.each([
  ['no properties', undefined],
  ['texts for structures', { SourceFlowConfig: 'Salesforce', DestinationFlowConfigList: 'S3', TriggerConfig: 'OnDemand', Tasks: 'Map_all', Tags: 'a' }],
  ['lists for structures', { SourceFlowConfig: [[]], DestinationFlowConfigList: [[]], TriggerConfig: [[]], Tasks: [[], null], Tags: [[]] }],
  ['names of an object\'s own', { SourceFlowConfig: { ConnectorType: 'constructor' }, Tasks: [{ TaskType: '__proto__' }] }],
])('flows with %s stop nothing', (_, properties) => {
  const app = newApp();
  const stack = new Stack(app, 'Stack');
  for (const type of ['Flow', 'ConnectorProfile', 'Connector', 'Unheard']) {
    new CfnResource(stack, type, { type: `AWS::AppFlow::${type}`, properties });
  }
  expect(validationReport(app).pluginReports.filter(({ metadata }: any) => metadata?.error !== undefined)).toEqual([]);
});

describe('what the schema of CloudFormation says, too,', () => {
  const TOO_LONG = { FlowName: 'x'.repeat(300) };

  describe('with CDK\'s own validation', () => {
    beforeAll(() => {
      process.env.CDK_VALIDATION = 'true';
    });
    afterAll(() => {
      process.env.CDK_VALIDATION = 'false';
    });

    test.each([true, false])('is left to it, whether its errors count as such (%s)', (asErrors) => {
      const app = newApp({}, { [VALIDATE_AGAINST_DEFAULT_RULES]: asErrors });
      resource(new Stack(app, 'Stack'), 'Flow', flow({ ...TOO_LONG, TriggerConfig: MISSPELT }));
      const { violations } = validationReport(app);
      const byCdk = violations.filter(({ plugin }) => plugin !== NAME).map(({ path }) => path);
      expect(byCdk).toContain('Properties.FlowName');
      const byUs = violations.filter(({ plugin }) => plugin === NAME);
      expect(byUs).toMatchObject([{ rule: 'schedule-rate-spelling' }]);
      expect(byUs.filter(({ path }) => byCdk.includes(path))).toEqual([]);
    });

    test('is reported in nested stacks, at which CDK does not look', () => {
      const app = newApp();
      resource(new NestedStack(new Stack(app, 'Stack'), 'Nested'), 'Flow', flow(TOO_LONG));
      expect(validationReport(app).violations).toMatchObject([{ plugin: NAME, rule: 'flow-name-invalid', construct: 'Stack/Nested/Flow' }]);
    });

    test('is reported where the app has switched it off', () => {
      const app = new App({ builtinCloudFormationValidation: false });
      Validations.of(app).addPlugins(new AppFlowValidationPlugin());
      resource(new Stack(app, 'Stack'), 'Flow', flow(TOO_LONG));
      expect(validationReport(app).violations).toMatchObject([{ plugin: NAME, rule: 'flow-name-invalid' }]);
    });
  });

  test('is reported where the environment has switched it off', () => {
    const app = newApp();
    resource(new Stack(app, 'Stack'), 'Flow', flow(TOO_LONG));
    expect(validationReport(app).violations).toMatchObject([{ plugin: NAME, rule: 'flow-name-invalid' }]);
  });
});

describe('a rule', () => {
  /** Two flows in which the rule is broken, and an error in the second. */
  function twoFlows(app: App) {
    const stack = new Stack(app, 'Stack');
    return {
      stack,
      one: resource(stack, 'One', flow({ TriggerConfig: MISSPELT })),
      other: resource(stack, 'Other', flow({ FlowName: 'all my orders', TriggerConfig: MISSPELT })),
    };
  }
  const ERROR = { construct: 'Stack/Other', rule: 'flow-name-invalid' };

  test.each([
    'schedule-rate-spelling', 'appflow-constructs:schedule-rate-spelling', 'appflow-constructs::schedule-rate-spelling',
  ])('is suppressed in the app by its code, also as %s', (code) => {
    const app = newApp({ suppress: [code] });
    twoFlows(app);
    expect(reported(app)).toMatchObject([ERROR]);
  });

  test('is acknowledged where it is broken, and the report says why', () => {
    const app = newApp();
    const { one, other } = twoFlows(app);
    Validations.of(one).acknowledge({ id: 'appflow-constructs::schedule-rate-spelling', reason: 'it works' });
    Validations.of(other).acknowledge({ id: 'appflow-constructs::flow-name-invalid', reason: 'so does this' });
    const { violations, suppressed, error } = validationReport(app);
    expect(violations).toMatchObject([{ construct: 'Stack/Other', rule: 'schedule-rate-spelling' }]);
    expect(suppressed).toMatchObject([
      { construct: 'Stack/One', rule: 'schedule-rate-spelling', reason: 'it works' }, { ...ERROR, reason: 'so does this' },
    ]);
    expect(error).toBeUndefined();
  });

  test('is acknowledged as the warnings of this library\'s constructs are, unless it is an error', () => {
    const app = newApp();
    const { stack, one } = twoFlows(app);
    Annotations.of(one).acknowledgeWarning('appflow-constructs:schedule-rate-spelling');
    Annotations.of(stack).acknowledgeWarning('appflow-constructs:flow-name-invalid');
    expect(reported(app)).toMatchObject([ERROR, { construct: 'Stack/Other', rule: 'schedule-rate-spelling' }]);
  });
});

describe('of constructs of this library', () => {
  const CONSTRUCTS = EVERY_MISTAKE.filter((entry): entry is readonly [string, Mistake] => !('kind' in entry[1]));

  const PARAMETERS = TOKENS.find(({ kind }) => kind === 'parameters')!;

  function reportedOf(make: (stack: Stack) => void): readonly Reported[] {
    const stack = newStack();
    const app = App.of(stack)!;
    Validations.of(app).addPlugins(new AppFlowValidationPlugin());
    make(stack);
    return reported(app);
  }

  test.each(CONSTRUCTS.filter(([, { wrong }]) => isWarned(wrong)))('the warning %s is not repeated', (_, { wrong }) => {
    expect(reportedOf(wrong)).toEqual([]);
  });

  test.each(CONSTRUCTS)('nothing is reported where %s is put right', (_, { right }) => {
    expect(reportedOf(right)).toEqual([]);
  });

  /** What these hide is lazy, so that it stands in the template. */
  const HIDDEN_FROM_CONSTRUCTS_ALONE = ['dynamic-field-update-without-s3', 'veeva-document-files-left-out'];

  test.each(
    CONSTRUCTS.filter(([code]) => !HIDDEN_FROM_CONSTRUCTS_ALONE.includes(code)),
  )('nothing is reported where parameters hide %s', (_, { withTokens }) => {
    expect(reportedOf((stack) => withTokens(stack, PARAMETERS.of(stack)))).toEqual([]);
  });

  test('no feature is reported', () => {
    const app = newApp();
    new EveryFeature(app, 'EveryFeature');
    expect(reported(app)).toEqual([]);
  });

  test('flows that are left as drafts on purpose are not reported, and raw ones are', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    new ScheduledFlow(stack, 'Ours', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1)),
      pull: DataPull.incremental(),
      tasks: [Mapping.all()],
      activation: FlowActivation.manual(),
    });
    resource(stack, 'Raw', flow({ FlowStatus: undefined }));
    expect(reported(app)).toMatchObject([{ construct: 'Stack/Raw', rule: 'flow-left-as-draft' }]);
  });

  test('what an escape hatch makes worse is reported', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { node } = new ScheduledFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      schedule: FlowSchedule.every(Duration.hours(1), { startTime: ScheduleTime.iso('2020-01-01T00:00:00Z') }),
      pull: DataPull.incremental(),
      tasks: [Mapping.all()],
    });
    expect(warningsOf(stack)).toHaveLength(1);
    (node.defaultChild as CfnFlow).addPropertyOverride('TriggerConfig.TriggerProperties.ScheduleStartTime', 1_500_000_000);
    expect(reported(app)).toMatchObject([{ construct: 'Stack/Flow/Resource', rule: 'schedule-start-in-past' }]);
  });

  test('an on-demand flow that an escape hatch puts on a schedule is checked as one', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack');
    const { node } = new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    (node.defaultChild as CfnFlow).addPropertyOverride('TriggerConfig.TriggerType', 'Scheduled');
    expect(reported(app)).toMatchObject([{ construct: 'Stack/Flow/Resource', rule: 'schedule-missing' }]);
  });

  function isWarned(wrong: Mistake['wrong']): boolean {
    const stack = newStack();
    try {
      wrong(stack);
    } catch {
      return false;
    }
    return errorsOf(stack).length === 0 && warningsOf(stack).length > 0;
  }
});

test('the plugin says which rules it has, and of which version', () => {
  const { name, ruleIds, version } = new AppFlowValidationPlugin();
  expect(name).toBe(NAME);
  expect(ruleIds).toEqual([...new Set(EVERY_RULE.map(({ code }) => code))].sort());
  expect(version).toBe(JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version);
});
