import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { BASIC, profileTemplate } from '../profile-template';

const snowflake = (properties: object) => profileTemplate(
  'Snowflake',
  { Snowflake: BASIC },
  { Snowflake: { Warehouse: 'LOADING', Stage: 'SALES.PUBLIC.APPFLOW', BucketName: 'acme-stage', ...properties } },
  { ConnectionMode: 'Private' },
);

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: snowflake({}),
  right: snowflake({ PrivateLinkServiceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d' }),
  withTokens: snowflake({ PrivateLinkServiceName: PARAMETER }),
};
