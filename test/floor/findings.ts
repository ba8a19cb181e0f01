/**
 * Prints what cdk-nag's plugin reports of an app in which the user has what the library has excuses for. The nag test runs it in processes of its own,
 * with and without `use-floor`.
 */
import { ConnectorProfile, CustomerProfilesDestination, Mapping, OnDemandFlow, RunOnDeploy, RunWait, SalesforceSource } from 'appflow-constructs';
import { App, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { validationReport } from '../validation-report';

const app = new App();
Validations.of(app).addPlugins(
  new AwsSolutionsChecks(app),
  // CDK's own takes ten seconds, and the oldest versions cannot switch it off.
  Object.assign(new CloudFormationValidatePlugin(), { validate: () => ({ success: true, violations: [] }) }),
);

// With wildcards and a state machine of the library's own.
const own = new Stack(app, 'Own');
new OnDemandFlow(own, 'Flow', {
  source: new SalesforceSource(ConnectorProfile.fromConnectorProfileName(own, 'Salesforce', 'acme'), { object: 'Account' }),
  destination: new CustomerProfilesDestination({ domainName: 'customers' }),
  tasks: [Mapping.fields(['Id'])],
  runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful() }),
});

const stack = new Stack(app, 'Stack');
const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
new Policy(stack, 'Policy', {
  roles: [role],
  statements: [new PolicyStatement({
    actions: ['appflow:DescribeFlow'],
    resources: ['*', stack.formatArn({ service: 'appflow', resource: 'flow', resourceName: '*' })],
  })],
});
new CfnStateMachine(stack, 'StateMachine', { roleArn: role.roleArn, definitionString: '{}' });

process.stdout.write(JSON.stringify(validationReport(app).violations.filter(({ plugin }) => plugin === 'AwsSolutions')));
