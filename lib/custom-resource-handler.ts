import type { RemovalPolicy } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { aws_kms as kms } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';

/** What can be decided about the handler of the library's custom resources. */
export interface CustomResourceHandlerOptions {
  /**
   * The key that Amazon CloudWatch Logs encrypts the handler's logs with: a symmetric key in the Region of the stack. Its policy is given the
   * statement that lets CloudWatch Logs use it for log groups of the account; where it cannot be changed, a warning prints the statement
   * (`appflow-constructs:resource-policy-not-changed`).
   *
   * @default - CloudWatch Logs encrypts with a key that it manages
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logEncryptionKey?: kms.IKeyRef;

  /**
   * How long CloudWatch Logs keeps the handler's logs.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * What becomes of the handler's logs when the stack is deleted, or no longer needs the handler.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;
}

/** The options that were given, by the scopes that they were given at. */
const OPTIONS = new WeakMap<IConstruct, CustomResourceHandlerOptions>();

/**
 * The function that activates, runs, makes and tags flows on deployment. There is one in each stack that needs it, with one log group for all that it
 * logs. It is made when the first construct needs it; here is decided how.
 *
 * What `CustomResourceConfig` of the CDK decides (`addLogRetentionLifetime`, `addRemovalPolicy`, `addLambdaRuntime`) holds for it, too.
 *
 * @example
 * declare const app: App;
 * declare const key: Key;
 * CustomResourceHandler.configure(app, { logEncryptionKey: key, logRetention: RetentionDays.ONE_YEAR });
 */
export class CustomResourceHandler {
  /**
   * Decides about the handlers of all stacks in a scope, such as an app, a stage or a stack, whether they are there already or not. Of several scopes,
   * the nearest to a stack decides, each option by itself.
   *
   * @param scope the app, stage or stack
   */
  public static configure(scope: IConstruct, options: CustomResourceHandlerOptions): void {
    OPTIONS.set(scope, merged([OPTIONS.get(scope), options]));
  }

  /**
   * What has been decided for a construct.
   *
   * @internal
   */
  public static _optionsOf(construct: IConstruct): CustomResourceHandlerOptions {
    return merged(construct.node.scopes.map((scope) => OPTIONS.get(scope)));
  }

  private constructor() {}
}

/** The later win. */
function merged(options: readonly (CustomResourceHandlerOptions | undefined)[]): CustomResourceHandlerOptions {
  return Object.fromEntries(options.flatMap((each = {}) => Object.entries(each).filter(([, value]) => value !== undefined)));
}
