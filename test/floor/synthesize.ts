/**
 * Synthesizes the example and a stack with each feature of the library, and prints the templates together with the `aws-cdk-lib` that made them,
 * and what the plugin reports of an app. The floor test runs it in processes of its own, with and without `use-floor`.
 */
import { readFileSync } from 'node:fs';
import { AppFlowValidationPlugin } from 'appflow-constructs';
import { Annotations, App, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import { withoutValidation } from './no-validation';
import { SalesforceToS3 } from '../../examples/salesforce-to-s3/salesforce-to-s3';
import { EveryFeature } from '../every-feature';
import { type Reported, type ValidationReport, validationReport } from '../validation-report';

export interface Synthesis {
  /** The packages from which CDK modules were loaded. */
  readonly packages: string[];
  readonly version: string;
  readonly templates: Record<string, any>;
  /** What the plugin reports. CDK says what else it has found in words that change. */
  readonly report: Pick<ValidationReport, 'violations' | 'suppressed'>;
}

const app = withoutValidation(new App());
new SalesforceToS3(app, 'SalesforceToS3');
new EveryFeature(app, 'EveryFeature');
const { stacks } = app.synth();

const report = validationReport(appWithMistakes());

const loaded = Object.keys(require.cache).flatMap((file) => /node_modules\/(aws-cdk-lib[^/]*)\//.exec(file.replaceAll('\\', '/'))?.[1] ?? []);
const synthesis: Synthesis = {
  packages: [...new Set(loaded)],
  version: JSON.parse(readFileSync(require.resolve('aws-cdk-lib/package.json'), 'utf8')).version,
  templates: Object.fromEntries(stacks.map((stack) => [stack.stackName, stack.template])),
  report: { violations: ours(report.violations), suppressed: ours(report.suppressed) },
};
process.stdout.write(JSON.stringify(synthesis));

/** Flows and profiles by hand, of which something is wrong, among those of the library. */
function appWithMistakes(): App {
  const mistaken = withoutValidation(new App());
  Validations.of(mistaken).addPlugins(new AppFlowValidationPlugin({ suppress: ['flow-left-as-draft'] }));
  new EveryFeature(mistaken, 'EveryFeature');
  for (const region of ['us-east-1', 'mx-central-1']) {
    const stack = new Stack(mistaken, region, { env: { account: '111122223333', region } });
    new CfnResource(stack, 'Profile', {
      type: 'AWS::AppFlow::ConnectorProfile',
      properties: {
        ConnectorProfileName: 'acme',
        ConnectorType: 'Salesforce',
        ConnectionMode: 'Private',
        ConnectorProfileConfig: {
          ConnectorProfileProperties: { Salesforce: { InstanceUrl: 'https://acme.my.salesforce.com' } },
          ConnectorProfileCredentials: { Salesforce: { RefreshToken: '{{resolve:secretsmanager:acme:SecretString:refreshToken}}' } },
        },
      },
    });
  }
  const stack = new Stack(mistaken, 'Stack');
  flow(stack, 'Schedule', { ScheduleExpression: 'rate(1 hours)' });
  Validations.of(stack).acknowledge({ id: 'appflow-constructs::schedule-rate-spelling', reason: 'it works' });
  const acknowledged = flow(stack, 'Start', { ScheduleExpression: 'rate(1hours)', ScheduleStartTime: 1_600_000_000 });
  Annotations.of(acknowledged).acknowledgeWarning('appflow-constructs:schedule-start-in-past');
  flow(new NestedStack(stack, 'Nested'), 'all my orders', { ScheduleExpression: 'rate(1hours)', ScheduleStartTime: 1_600_000_000 });
  return mistaken;
}

function flow(scope: Stack, name: string, schedule: object): CfnResource {
  return new CfnResource(scope, name, {
    type: 'AWS::AppFlow::Flow',
    properties: {
      FlowName: name,
      SourceFlowConfig: { ConnectorType: 'Salesforce', ConnectorProfileName: 'acme', SourceConnectorProperties: { Salesforce: { Object: 'Order' } } },
      DestinationFlowConfigList: [{ ConnectorType: 'S3', DestinationConnectorProperties: { S3: { BucketName: 'lake' } } }],
      TriggerConfig: { TriggerType: 'Scheduled', TriggerProperties: { DataPullMode: 'Incremental', ...schedule } },
      Tasks: [{ TaskType: 'Map_all', SourceFields: [] }],
    },
  });
}

/** In an order of its own, since stacks have none. */
function ours(reported: readonly Reported[]): Reported[] {
  const words = ({ construct, rule }: Reported) => `${construct} ${rule}`;
  return reported.filter(({ plugin }) => plugin === 'appflow-constructs').sort((a, b) => words(a) < words(b) ? -1 : 1);
}
