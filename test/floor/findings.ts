/**
 * Prints what cdk-nag's plugin reports of an app in which the user has what the library has excuses for. The nag test runs it in processes of its own,
 * with and without `use-floor`.
 */
import { ConnectorProfile, CustomerProfilesDestination, Mapping, OnDemandFlow, RunOnDeploy, RunWait, SalesforceSource } from 'appflow-constructs';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { withoutValidation } from './no-validation';
import { validationReport } from '../validation-report';

const app = withoutValidation(new App());
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

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
