import type { PropertyRecord } from './connector-record';
import { CLIENT_ID, INSTANCE_URL, OBJECT, REDIRECT_URI, USERNAME } from './constraints';
import { inferred } from './fact';
import { TRIGGER_TYPE } from './vocabulary';

/** What the records of several applications have in common. */

/** No page names the triggers of these applications; event flows are described for applications that publish change events, and for Salesforce alone. */
export const TRIGGERS_WITHOUT_EVENTS = inferred(
  [TRIGGER_TYPE.ON_DEMAND, TRIGGER_TYPE.SCHEDULED],
  'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html',
);

export const REFUSES_MISSING_PROJECTION = inferred(true, 'CreateFlow was seen to refuse such flows from other applications');

/** The destinations that the pages of most applications list, each on its own page. */
export const USUAL_DESTINATIONS: readonly string[] = [
  'CustomerProfiles', 'Honeycode', 'LookoutMetrics', 'Redshift', 'S3', 'Marketo', 'Salesforce', 'Snowflake', 'Upsolver', 'Zendesk', 'CustomConnector',
];

export const OBJECT_PROPERTY: PropertyRecord = { name: 'object', title: 'object', constraint: OBJECT };
export const INSTANCE_URL_PROPERTY: PropertyRecord = { name: 'instanceUrl', title: 'instance URL', constraint: INSTANCE_URL };
export const CLIENT_ID_PROPERTY: PropertyRecord = { name: 'clientId', title: 'client id', constraint: CLIENT_ID };
export const REDIRECT_URI_PROPERTY: PropertyRecord = { name: 'oAuthRequest.redirectUri', title: 'redirect URI', constraint: REDIRECT_URI };
export const USERNAME_PROPERTY: PropertyRecord = { name: 'username', title: 'user name', constraint: USERNAME };
