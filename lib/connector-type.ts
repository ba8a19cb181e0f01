/**
 * An application or service that Amazon AppFlow connects to.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/app-specific.html
 */
export class ConnectorType {
  /** Amazon S3. */
  public static readonly S3 = new ConnectorType('S3');

  /** Salesforce. */
  public static readonly SALESFORCE = new ConnectorType('Salesforce');

  /**
   * The name of the connector type in the AppFlow API, such as `Salesforce`.
   */
  public get name(): string {
    return this._name;
  }

  private constructor(private readonly _name: string) {}

  /** The name of the connector type in the AppFlow API. */
  public toString(): string {
    return this.name;
  }
}
