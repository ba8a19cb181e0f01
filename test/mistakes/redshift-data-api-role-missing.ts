import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';
import { profileTemplate } from '../profile-template';

const redshift = (properties: object) => profileTemplate('Redshift', { Redshift: { Username: 'appflow' } }, {
  Redshift: { BucketName: 'acme-stage', RoleArn: 'arn:aws:iam::111122223333:role/Load', DatabaseName: 'sales', ...properties },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: redshift({ ClusterIdentifier: 'warehouse' }),
  right: redshift({ ClusterIdentifier: 'warehouse', DataApiRoleArn: 'arn:aws:iam::111122223333:role/DataApi' }),
  withTokens: redshift({ ClusterIdentifier: PARAMETER, DataApiRoleArn: PARAMETER, IsRedshiftServerless: PARAMETER }),
};
