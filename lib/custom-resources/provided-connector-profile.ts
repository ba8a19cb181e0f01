import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { forProfile } from './caller-permissions';
import { AppFlowProvider } from './provider';
import { credentialsOf } from '../authentication/credential';
import type { ConnectorRecord } from '../private/connector-record';
import { AppFlowError } from '../private/errors';
import { WHY_PROVIDED } from '../private/provisioning';
import type { ConnectorProfilePlan } from '../private/rules/connector-profile';
import { secretReference, type SecretReference, withSecretReferences } from '../private/secret-reference';

interface ProvidedConnectorProfileProps {
  readonly plan: ConnectorProfilePlan;
  readonly kmsArn?: string;
  readonly record: ConnectorRecord;
  /** Why CloudFormation does not make the profile, for messages. */
  readonly why: string;
}

/**
 * A connector profile that CloudFormation cannot express, or is not to make. The template holds references to the credentials, in a form that
 * CloudFormation does not resolve: it would write the credentials into the handler's event.
 */
export class ProvidedConnectorProfile extends CfnResource {
  constructor(scope: Construct, id: string, props: ProvidedConnectorProfileProps) {
    const { kmsArn, record } = props;
    const { connectorProfileName, connectorType, connectorLabel, connectionMode, credentials, properties } = props.plan;
    refuseOtherCredentials(scope, props.why);
    const secrets: SecretReference[] = [];
    const provider = AppFlowProvider.of(scope);
    super(scope, id, {
      type: 'Custom::AppFlowConnectorProfile',
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: String(provider.serviceTimeout.toSeconds()),
        Profile: {
          connectorProfileName,
          connectorType,
          connectorLabel,
          connectionMode,
          kmsArn,
          connectorProfileConfig: {
            connectorProfileCredentials: credentials !== undefined
              ? { [record.member]: withSecretReferences(scope, credentials, secrets) }
              : undefined,
            connectorProfileProperties: { [record.member]: withSecretReferences(scope, properties, secrets) },
          },
        },
      },
    });
    this.addMetadata(WHY_PROVIDED, props.why);
    this.node.addDependency(provider.allowFor(scope, connectorProfileName, forProfile(this, connectorProfileName, kmsArn, properties, secrets)));
  }

  /** The name of the profile, as `Ref` of CloudFormation's resource gives it: the physical id of this one tells more than the name. */
  public get ref(): string {
    return this.getAtt('ConnectorProfileName').toString();
  }

  public get attrConnectorProfileArn(): string {
    return this.getAtt('ConnectorProfileArn').toString();
  }

  public get attrCredentialsArn(): string {
    return this.getAtt('CredentialsArn').toString();
  }
}

/** The handler reads credentials where nobody else sees them, and that is in AWS Secrets Manager. */
function refuseOtherCredentials(scope: Construct, why: string) {
  for (const { name, secret } of credentialsOf(scope)) {
    if (secretReference(scope, secret) === undefined) {
      throw new AppFlowError('credential-not-in-secrets-manager', {
        what: `the credential '${name}' cannot be given to the custom resource that makes this connector profile (${why})`,
        allowed: 'a value in AWS Secrets Manager',
        remedy: 'keep it in AWS Secrets Manager, and give SecretValue.secretsManager, or secretValue or secretValueFromJson of a secret',
      }, scope);
    }
  }
}
