/**
 * By what a connector profile is created, updated and deleted.
 *
 * CloudFormation's resource cannot express every profile that the AppFlow API can, and takes fewer characters in some values: a password with a
 * blank, for one, which nobody sees when the app is synthesized.
 */
export class Provisioning {
  /** CloudFormation's own resource, `AWS::AppFlow::ConnectorProfile`. */
  public static byCloudFormation(): Provisioning {
    return new Provisioning('cloudformation');
  }

  /**
   * The library's custom resource, which calls the AppFlow API. It reads the credentials from AWS Secrets Manager itself, so each has to be given
   * as a secret's value: `SecretValue.secretsManager`, or `secretValue` and `secretValueFromJson` of a secret.
   */
  public static byCustomResource(): Provisioning {
    return new Provisioning('custom-resource');
  }

  private constructor(private readonly by: 'cloudformation' | 'custom-resource') {}

  /** @internal */
  public get _isByCloudFormation(): boolean {
    return this.by === 'cloudformation';
  }
}
