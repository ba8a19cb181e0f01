import { documented, type Fact, inferred } from './fact';

/** What is known of a connector that AWS offers as a custom connector, under a label. */
export interface CustomConnectorRecord {
  /** The application's name as the user guide has it. */
  readonly title: string;
  /** The label of the connector, where it was found. AppFlow's ListConnectors tells it. */
  readonly label?: Fact<string>;
  /** The user guide's page. */
  readonly page: string;
  readonly source: boolean;
  readonly destination: Fact<boolean>;
  /** The ways to sign in, in the words of the field. */
  readonly authentication: readonly string[];
  /** What the connector asks for besides credentials. */
  readonly parameters?: readonly string[];
  /** The URLs of the application's OAuth 2.0 tokens, where they are the same for everybody. */
  readonly tokenUrls?: readonly string[];
  readonly apiVersions?: readonly string[];
  /** As a source, what it can be used with: connector types, and titles of the connectors in this list. */
  readonly destinations?: Fact<readonly string[]>;
  /** What the page says of sizes, filters and the like. */
  readonly limits?: readonly string[];
}

/** A connector whose label was found, so that it has classes. */
export interface LabelledCustomConnectorRecord extends CustomConnectorRecord {
  readonly label: Fact<string>;
}

/** A record as it is written below: what most connectors have in common is left out. */
interface Row extends Pick<CustomConnectorRecord, 'title' | 'authentication' | 'parameters' | 'tokenUrls' | 'apiVersions' | 'limits'> {
  /** The last part of the page's address. */
  readonly page: string;
  /** `true` where left out. */
  readonly source?: boolean;
  /** Whether the page lists it as a destination; that it is none is inferred where left out, as the pages that were read list the same three. */
  readonly destination?: boolean;
  /** The destinations that the page lists; the usual ones, which are inferred, where left out. */
  readonly destinations?: readonly string[];
}

const OAUTH2 = 'OAuth 2.0';
const DESTINATIONS_OF_JDBC = [
  'LookoutMetrics', 'Redshift', 'Amazon RDS for PostgreSQL', 'S3', 'JDBC', 'Marketo', 'Salesforce', 'SAPOData', 'Snowflake', 'Upsolver', 'Zendesk',
];
const USUAL_DESTINATIONS = [
  'LookoutMetrics', 'Redshift', 'Amazon RDS for PostgreSQL', 'S3', 'HubSpot', 'Marketo', 'Salesforce', 'SAPOData', 'Snowflake', 'Upsolver', 'Zendesk',
  'Zoho CRM',
];
const SAME_TEMPLATE = 'the pages of these connectors are alike, and those that were read say so';

function page(name: string): string {
  return `https://docs.aws.amazon.com/appflow/latest/userguide/connectors-${name}.html`;
}

function record({ source = true, destination, destinations, ...row }: Row): CustomConnectorRecord {
  const listed = destinations !== undefined ? documented(destinations, page(row.page)) : inferred(USUAL_DESTINATIONS, SAME_TEMPLATE);
  return {
    ...row,
    page: page(row.page),
    source,
    destination: destination !== undefined ? documented(destination, page(row.page)) : inferred(false, SAME_TEMPLATE),
    destinations: source ? listed : undefined,
  };
}

function labelled(label: string, row: Row): LabelledCustomConnectorRecord {
  return { ...record(row), label: { value: label, evidence: 'observed', source: 'templates and tests of public repositories use it' } };
}

/** The connectors that have classes of their own. */
export const LABELLED_CUSTOM_CONNECTORS = {
  rdsPostgreSql: labelled('AmazonRDSPostgreSQL', {
    title: 'Amazon RDS for PostgreSQL',
    page: 'amazon-rds-postgres-sql',
    source: false,
    destination: true,
    authentication: ['user name and password of the database'],
    parameters: ['driver (postgresql)', 'host name', 'port', 'database'],
  }),
  asana: labelled('Asana', { title: 'Asana', page: 'asana', authentication: [OAUTH2, 'personal access token'], destinations: USUAL_DESTINATIONS }),
  gitHub: labelled('GitHub', {
    title: 'GitHub',
    page: 'github',
    destination: false,
    authentication: [OAUTH2, 'user name and personal access token'],
    tokenUrls: ['https://github.com/login/oauth/access_token'],
    destinations: USUAL_DESTINATIONS,
  }),
  googleAds: labelled('GoogleAds', {
    title: 'Google Ads',
    page: 'google-ads',
    destination: false,
    authentication: ['OAuth 2.0 authorization code'],
    parameters: ['developer token', 'API version', 'manager id (optional)'],
    tokenUrls: ['https://oauth2.googleapis.com/token'],
    apiVersions: ['v20', 'v21', 'v22'],
    destinations: USUAL_DESTINATIONS,
  }),
  googleAnalytics4: labelled('GoogleAnalytics4', {
    title: 'Google Analytics 4',
    page: 'google-analytics-4',
    destination: false,
    authentication: [OAUTH2],
    tokenUrls: ['https://oauth2.googleapis.com/token'],
    destinations: USUAL_DESTINATIONS,
  }),
  googleBigQuery: labelled('GoogleBigQuery', {
    title: 'Google BigQuery', page: 'googlebigquery', authentication: [OAUTH2], tokenUrls: ['https://oauth2.googleapis.com/token'],
  }),
  hubSpot: labelled('HubSpot', {
    title: 'HubSpot',
    page: 'hubspot',
    destination: true,
    authentication: ['OAuth 2.0 authorization code'],
    tokenUrls: ['https://api.hubapi.com/oauth/v1/token'],
    apiVersions: ['v1', 'v2', 'v3'],
    destinations: USUAL_DESTINATIONS,
    limits: ['As a destination, it takes data from Amazon S3.'],
  }),
  jdbc: labelled('JDBCsmall', {
    title: 'JDBC',
    page: 'jdbc',
    destination: true,
    authentication: ['user name and password of the database'],
    parameters: ['driver (mysql or postgresql)', 'host name', 'port', 'database'],
    destinations: DESTINATIONS_OF_JDBC,
  }),
  mailchimp: labelled('Mailchimp', {
    title: 'Mailchimp',
    page: 'mailchimp',
    destination: false,
    authentication: ['API key'],
    parameters: ['instance URL'],
    destinations: USUAL_DESTINATIONS,
  }),
  microsoftDynamics365: labelled('MicrosoftDynamics365', {
    title: 'Microsoft Dynamics 365',
    page: 'microsoft-dynamics-365',
    authentication: [OAUTH2],
    parameters: ['instance URL', 'authorization code URL of the tenant'],
  }),
  microsoftSharePointOnline: labelled('MicrosoftSharePointOnline', {
    title: 'Microsoft SharePoint Online',
    page: 'microsoft-sharepoint-online',
    destination: false,
    authentication: [OAUTH2],
    parameters: ['token URL and authorization code URL of the tenant'],
    apiVersions: ['v1.0'],
    destinations: ['S3'],
    limits: [
      'A flow reads at most 17 folders.',
      'A file has at most 250 GB; a run transfers at most 10,000 files and 250 GB.',
      'Data is neither catalogued nor partitioned.',
      'Files are filtered by their type (EQUAL_TO) and by when they were last modified (GREATER_THAN).',
      'Scheduled flows transfer what changed, flows on demand transfer everything.',
    ],
  }),
  salesforceMarketingCloud: labelled('SalesforceMarketingCloud', {
    title: 'Salesforce Marketing Cloud',
    page: 'salesforce-marketing-cloud',
    destination: false,
    authentication: ['OAuth 2.0 client credentials'],
    parameters: ['token URL of the subdomain', 'instance URL (REST or SOAP)'],
    destinations: USUAL_DESTINATIONS,
  }),
} satisfies Readonly<Record<string, LabelledCustomConnectorRecord>>;

const UNLABELLED: readonly Row[] = [
  { title: 'Adobe Analytics', page: 'adobeanalytics', authentication: [OAUTH2], parameters: ['X-API-KEY (the client id)'] },
  { title: 'AfterShip', page: 'aftership', authentication: ['API key and API secret key'], destinations: USUAL_DESTINATIONS },
  {
    title: 'BambooHR',
    page: 'bamboohr',
    authentication: ['API key'],
    parameters: ['instance URL', 'zone (optional)'],
    destinations: USUAL_DESTINATIONS,
  },
  {
    title: 'Blackbaud Raiser\'s Edge NXT',
    page: 'blackbaudraisersedgenxt',
    authentication: [OAUTH2],
    parameters: ['subscription key'],
    destinations: USUAL_DESTINATIONS,
  },
  {
    title: 'Braintree',
    page: 'braintree',
    authentication: ['public key and private key'],
    parameters: ['instance URL (production or sandbox GraphQL endpoint)'],
  },
  { title: 'CircleCI', page: 'circleci', authentication: ['personal API token'] },
  {
    title: 'Coupa',
    page: 'coupa',
    authentication: ['OAuth 2.0 client credentials'],
    parameters: ['token URL (coupacloud or coupahost)', 'instance URL'],
  },
  { title: 'Delighted', page: 'delighted', authentication: ['API key'] },
  { title: 'DocuSign Monitor', page: 'docusign-monitor', authentication: ['OAuth 2.0 (integration key and secret key)'] },
  { title: 'Domo', page: 'domo', authentication: [OAUTH2] },
  {
    title: 'Facebook Ads',
    page: 'facebook-ads',
    destination: false,
    authentication: [OAUTH2],
    apiVersions: ['v17.0', 'v18.0', 'v19.0', 'v20.0', 'v21.0', 'v22.0', 'v23.0'],
    destinations: USUAL_DESTINATIONS,
  },
  { title: 'Facebook Page Insights', page: 'facebook-page-insights', authentication: [OAUTH2] },
  { title: 'Freshdesk', page: 'freshdesk', authentication: ['API key'], parameters: ['instance URL'] },
  {
    title: 'Freshsales',
    page: 'freshsales',
    destination: false,
    authentication: ['API key (the word token) and API secret key (the Freshsales API key)'],
  },
  { title: 'GitLab', page: 'gitlab', authentication: [OAUTH2, 'personal access token'] },
  { title: 'Google Calendar', page: 'google-calendar', authentication: [OAUTH2] },
  { title: 'Google Search Console', page: 'google-search-console', authentication: [OAUTH2] },
  { title: 'Google Sheets', page: 'google-sheets', authentication: [OAUTH2] },
  { title: 'Instagram Ads', page: 'instagram-ads', authentication: [OAUTH2] },
  {
    title: 'Intercom',
    page: 'intercom',
    authentication: [OAUTH2],
    parameters: ['token URL and authorization code URL of the region', 'instance URL'],
  },
  {
    title: 'Jira Cloud',
    page: 'jira-cloud',
    destination: false,
    authentication: [OAUTH2],
    parameters: ['domain URL'],
    apiVersions: ['v2'],
    destinations: USUAL_DESTINATIONS,
  },
  { title: 'Kustomer', page: 'kustomer', authentication: ['access token'], parameters: ['instance URL'] },
  { title: 'LinkedIn Ads', page: 'linkedin-ads', authentication: [OAUTH2] },
  { title: 'LinkedIn Pages', page: 'linkedin-pages', authentication: [OAUTH2] },
  { title: 'Microsoft Teams', page: 'microsoft-teams', authentication: [OAUTH2], parameters: ['tenant id'] },
  { title: 'Mixpanel', page: 'mixpanel', authentication: ['user name and password of a service account'], apiVersions: ['2.0'] },
  { title: 'Okta', page: 'okta', authentication: [OAUTH2, 'API token'], parameters: ['URLs of the organisation'] },
  { title: 'Oracle HCM', page: 'oracle-hcm', authentication: ['user name and password'], parameters: ['instance URL'] },
  { title: 'PayPal', page: 'paypal', authentication: ['OAuth 2.0 client credentials'], parameters: ['token URL (live or sandbox)'] },
  { title: 'Pendo', page: 'pendo', authentication: ['API key'] },
  { title: 'Pipedrive', page: 'pipedrive', authentication: [OAUTH2], parameters: ['instance URL'] },
  { title: 'Productboard', page: 'productboard', authentication: ['access token'] },
  { title: 'QuickBooks Online', page: 'quickbooks-online', authentication: [OAUTH2], parameters: ['instance URL (sandbox or production)'] },
  { title: 'Recharge', page: 'recharge', authentication: ['API token'] },
  {
    title: 'SendGrid',
    page: 'sendgrid',
    destination: false,
    authentication: ['API key with full access'],
    destinations: USUAL_DESTINATIONS,
  },
  {
    title: 'Smartsheet',
    page: 'smartsheet',
    authentication: [OAUTH2],
    tokenUrls: ['https://api.smartsheet.com/2.0/token', 'https://api.smartsheet.eu/2.0/token'],
  },
  { title: 'Snapchat Ads', page: 'snapchat-ads', authentication: [OAUTH2] },
  { title: 'Stripe', page: 'stripe', authentication: ['API key (test or live)'] },
  { title: 'Typeform', page: 'typeform', authentication: [OAUTH2, 'personal access token'] },
  {
    title: 'WooCommerce', page: 'woocommerce', authentication: ['consumer key and consumer secret'], parameters: ['instance URL (site name)'],
  },
  { title: 'Zendesk Chat', page: 'zendesk-chat', authentication: [OAUTH2], parameters: ['authorization code URL of the subdomain'] },
  {
    title: 'Zendesk Sell',
    page: 'zendesk-sell',
    destination: false,
    authentication: [OAUTH2],
    destinations: USUAL_DESTINATIONS,
  },
  {
    title: 'Zendesk Sunshine',
    page: 'zendesk-sunshine',
    authentication: [OAUTH2],
    parameters: ['token URL and authorization code URL of the subdomain'],
  },
  {
    title: 'Zoho CRM',
    page: 'zoho-crm',
    destination: true,
    authentication: [OAUTH2],
    parameters: ['token URL and authorization code URL of the region', 'instance URL'],
    apiVersions: ['v2.1'],
    destinations: USUAL_DESTINATIONS,
    limits: ['As a destination, it takes data from Amazon S3.'],
  },
  { title: 'Zoom', page: 'zoom', authentication: [OAUTH2] },
];

/** The connectors that AWS offers as custom connectors, as the user guide lists them. */
export const CUSTOM_CONNECTORS: readonly CustomConnectorRecord[] = [...Object.values(LABELLED_CUSTOM_CONNECTORS), ...UNLABELLED.map(record)]
  .sort((one, other) => one.title.localeCompare(other.title, 'en'));
