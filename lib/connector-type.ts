/**
 * An application or service that Amazon AppFlow connects to.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/app-specific.html
 */
export class ConnectorType {
  /** Amplitude. */
  public static readonly AMPLITUDE = new ConnectorType('Amplitude');

  /** Amazon Connect Customer Profiles. */
  public static readonly CUSTOMER_PROFILES = new ConnectorType('CustomerProfiles');

  /** A custom connector; `ConnectorType.custom` also says which. */
  public static readonly CUSTOM_CONNECTOR = new ConnectorType('CustomConnector');

  /** Datadog. */
  public static readonly DATADOG = new ConnectorType('Datadog');

  /** Dynatrace. */
  public static readonly DYNATRACE = new ConnectorType('Dynatrace');

  /** Amazon EventBridge. */
  public static readonly EVENT_BRIDGE = new ConnectorType('EventBridge');

  /** Google Analytics (Universal Analytics). */
  public static readonly GOOGLE_ANALYTICS = new ConnectorType('Googleanalytics');

  /** Amazon Honeycode, which AWS has discontinued. */
  public static readonly HONEYCODE = new ConnectorType('Honeycode');

  /** Infor Nexus. */
  public static readonly INFOR_NEXUS = new ConnectorType('Infornexus');

  /** Amazon Lookout for Metrics, which AWS no longer supports. */
  public static readonly LOOKOUT_METRICS = new ConnectorType('LookoutMetrics');

  /** Marketo. */
  public static readonly MARKETO = new ConnectorType('Marketo');

  /** Salesforce Pardot. */
  public static readonly PARDOT = new ConnectorType('Pardot');

  /** Amazon Redshift. */
  public static readonly REDSHIFT = new ConnectorType('Redshift');

  /** Amazon S3. */
  public static readonly S3 = new ConnectorType('S3');

  /** Salesforce. */
  public static readonly SALESFORCE = new ConnectorType('Salesforce');

  /** SAP OData. */
  public static readonly SAP_ODATA = new ConnectorType('SAPOData');

  /** ServiceNow. */
  public static readonly SERVICE_NOW = new ConnectorType('Servicenow');

  /** Singular. */
  public static readonly SINGULAR = new ConnectorType('Singular');

  /** Slack. */
  public static readonly SLACK = new ConnectorType('Slack');

  /** Snowflake. */
  public static readonly SNOWFLAKE = new ConnectorType('Snowflake');

  /** Trend Micro. */
  public static readonly TREND_MICRO = new ConnectorType('Trendmicro');

  /** Upsolver. */
  public static readonly UPSOLVER = new ConnectorType('Upsolver');

  /** Veeva. */
  public static readonly VEEVA = new ConnectorType('Veeva');

  /** Zendesk. */
  public static readonly ZENDESK = new ConnectorType('Zendesk');

  /**
   * A custom connector: one of those that AWS offers under a label, such as `GitHub`, or one that is registered in the account.
   *
   * @param connectorLabel the label of the connector, as AppFlow's ListConnectors shows it
   * @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ListConnectors.html
   */
  public static custom(connectorLabel: string): ConnectorType {
    return new ConnectorType(ConnectorType.CUSTOM_CONNECTOR.name, connectorLabel);
  }

  /**
   * The name of the connector type in the AppFlow API, such as `Salesforce`.
   */
  public get name(): string {
    return this._name;
  }

  /**
   * The label of a custom connector, such as `GitHub`.
   *
   * @default - not a custom connector, or any
   */
  public get connectorLabel(): string | undefined {
    return this._connectorLabel;
  }

  private constructor(private readonly _name: string, private readonly _connectorLabel?: string) {}

  /** The name of the connector type in the AppFlow API. */
  public toString(): string {
    return this.name;
  }
}
