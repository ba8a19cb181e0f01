import { ConnectorProfile, RedshiftConnection } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function jdbc(stack: Stack, databaseUrl: string) {
  const password = SecretValue.secretsManager('redshift');
  new ConnectorProfile(stack, 'Profile', {
    connection: RedshiftConnection.jdbc({ databaseUrl, username: 'appflow', password, bucket: lake(stack) }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    jdbc(stack, 'jdbc:redshift://acme.abc.us-east-1.redshift.amazonaws.com:5439/dev');
  },
  right(stack) {
    const cluster = { clusterIdentifier: 'acme', databaseName: 'dev', username: 'appflow' };
    new ConnectorProfile(stack, 'Profile', { connection: RedshiftConnection.dataApi({ ...cluster, bucket: lake(stack) }) });
  },
  withTokens(stack, tokens) {
    jdbc(stack, tokens.text());
  },
};
