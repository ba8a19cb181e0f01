import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate } from '../profile-template';

const redshift = (properties: object) => profileTemplate('Redshift', { Redshift: { Username: 'appflow' } }, {
  Redshift: { BucketName: 'acme-stage', RoleArn: 'arn:aws:iam::111122223333:role/Load', DatabaseName: 'sales', ...properties },
});

const DataApiRoleArn = 'arn:aws:iam::111122223333:role/DataApi';

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: redshift({ DataApiRoleArn, IsRedshiftServerless: true }),
  right: redshift({ DataApiRoleArn, IsRedshiftServerless: true, WorkgroupName: 'warehouse' }),
  withTokens: redshift({ DataApiRoleArn, IsRedshiftServerless: PARAMETER }),
};
