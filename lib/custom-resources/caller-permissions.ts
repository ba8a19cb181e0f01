import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { FlowPlan } from '../private/flow-plan';
import { because, NO_RESOURCES } from '../private/justification';
import type { SecretReference } from '../private/secret-reference';
import { isPlainObject } from '../private/values';

const APPFLOW = 'appflow.amazonaws.com';

/**
 * What AppFlow asks of whoever creates or updates a flow, as CloudFormation's own handler declares it, narrowed to what the flow uses.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html
 */
export function forFlow(scope: Construct, plan: FlowPlan): iam.PolicyStatement[] {
  const ends = [plan.source, plan.destination];
  const profiles = [...new Set(ends.map(({ connectorProfileName }) => connectorProfileName).filter((name) => name !== undefined))];
  return [
    ...usingProfiles(profiles.map((name) => profileArn(scope, name))),
    ...onBuckets(bucketArns(scope, ends.flatMap(({ properties }) => valuesOf(properties, /bucketName$/i)))),
    ...passing(plan.catalog !== undefined ? [plan.catalog.roleArn] : []),
    ...onKeys(plan.kmsArn !== undefined ? [plan.kmsArn] : []),
    ...keepingCredentials(scope),
  ];
}

/** What the handler needs for a connector profile: of AppFlow itself, and what AppFlow asks of whoever creates or updates one. */
export function forProfile(
  scope: Construct, name: string, kmsArn: string | undefined, properties: Readonly<Record<string, unknown>>, secrets: readonly SecretReference[],
): iam.PolicyStatement[] {
  return [
    because(NO_RESOURCES, new iam.PolicyStatement({ actions: ['appflow:CreateConnectorProfile', 'appflow:DescribeConnectorProfiles'], resources: ['*'] })),
    new iam.PolicyStatement({ actions: ['appflow:UpdateConnectorProfile', 'appflow:DeleteConnectorProfile'], resources: [profileArn(scope, name)] }),
    ...onBuckets(bucketArns(scope, valuesOf(properties, /bucketName$/i))),
    ...passing(valuesOf(properties, /roleArn$/i)),
    ...onKeys(kmsArn !== undefined ? [kmsArn] : []),
    ...keepingCredentials(scope),
    ...readingSecrets(scope, secrets),
  ];
}

function profileArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'appflow', resource: 'connectorprofile', resourceName: name });
}

export function bucketArns(scope: Construct, names: readonly string[]): string[] {
  return [...new Set(names)].map((name) => Stack.of(scope).formatArn({ service: 's3', region: '', account: '', resource: name }));
}

function usingProfiles(resources: string[]): iam.PolicyStatement[] {
  return resources.length > 0 ? [new iam.PolicyStatement({ actions: ['appflow:UseConnectorProfile'], resources })] : [];
}

export function onBuckets(resources: string[]): iam.PolicyStatement[] {
  return resources.length > 0
    ? [
      new iam.PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:GetBucketPolicy'], resources }),
      because(NO_RESOURCES, new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] })),
    ]
    : [];
}

export function passing(roleArns: string[]): iam.PolicyStatement[] {
  return roleArns.length > 0
    ? [new iam.PolicyStatement({
      actions: ['iam:PassRole'], resources: [...new Set(roleArns)], conditions: { StringEquals: { 'iam:PassedToService': APPFLOW } },
    })]
    : [];
}

/** @see https://docs.aws.amazon.com/appflow/latest/userguide/security_iam_id-based-policy-examples.html */
export function onKeys(resources: string[]): iam.PolicyStatement[] {
  return resources.length > 0
    ? [
      new iam.PolicyStatement({ actions: ['kms:DescribeKey', 'kms:ListGrants'], resources }),
      new iam.PolicyStatement({
        actions: ['kms:CreateGrant'],
        resources,
        conditions: { StringLike: { 'kms:ViaService': 'appflow.*.amazonaws.com' }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      }),
      because(NO_RESOURCES, new iam.PolicyStatement({ actions: ['kms:ListKeys', 'kms:ListAliases'], resources: ['*'] })),
    ]
    : [];
}

/**
 * AppFlow keeps credentials in secrets of its own, which it makes in the name of the caller.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/data-protection.html
 */
export function keepingCredentials(scope: Construct): iam.PolicyStatement[] {
  return [because('AppFlow names its secrets itself; the condition leaves alone what it does not ask for.', new iam.PolicyStatement({
    actions: ['secretsmanager:CreateSecret', 'secretsmanager:PutResourcePolicy'],
    resources: [secretArn(scope, 'appflow!*')],
    conditions: { 'ForAnyValue:StringEquals': { 'aws:CalledVia': APPFLOW } },
  }))];
}

export function readingSecrets(scope: Construct, secrets: readonly SecretReference[]): iam.PolicyStatement[] {
  // Secrets Manager ends ARNs with six characters of its own, which a name does not have, and an ARN that a user gives may not have.
  const resources = secrets.flatMap(({ secretId, isName }) => isName ? [`${secretArn(scope, secretId)}-??????`] : [secretId, `${secretId}-??????`]);
  return resources.length > 0
    ? [
      new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources }),
      because('The key of a secret is not known, nor its account; a condition leaves alone what is not for that secret.', new iam.PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [Stack.of(scope).formatArn({ service: 'kms', account: '*', resource: 'key', resourceName: '*' })],
        conditions: {
          StringLike: {
            'kms:ViaService': `secretsmanager.${Stack.of(scope).region}.*`,
            'kms:EncryptionContext:SecretARN': resources,
          },
        },
      })),
    ]
    : [];
}

function secretArn(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'secretsmanager', resource: 'secret', resourceName: name, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** The texts of members with a name, all the way down. */
function valuesOf(value: unknown, name: RegExp): string[] {
  return isPlainObject(value)
    ? Object.entries(value).flatMap(([key, member]) => typeof member === 'string' ? name.test(key) ? [member] : [] : valuesOf(member, name))
    : [];
}
