import { ConnectorProfile, Mapping, OnDemandFlow, SnowflakeConnection, SnowflakeDestination, SnowflakeStage } from 'appflow-constructs';
import { Annotations, SecretValue, type Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

/** A flow whose bucket belongs to the stage of the connection, or does not. */
function flow(stack: Stack, stageBucket: string, intermediateBucket: string) {
  const bucket = (name: string, id: string) => Bucket.fromBucketName(stack, id, name);
  const profile = new ConnectorProfile(stack, 'Snowflake', {
    connection: SnowflakeConnection.basic({
      username: 'appflow',
      password: SecretValue.secretsManager('snowflake'),
      warehouse: 'LOADING',
      stage: SnowflakeStage.of('SALES', 'PUBLIC', 'APPFLOW'),
      bucket: bucket(stageBucket, 'StageBucket'),
    }),
  });
  new OnDemandFlow(stack, 'Flow', {
    ...salesforceToS3(stack),
    destination: new SnowflakeDestination(profile, { object: 'OPPORTUNITY', intermediateBucket: bucket(intermediateBucket, 'IntermediateBucket') }),
    tasks: [Mapping.fields(['Id', 'Name'])],
  });
  Annotations.of(stack).acknowledgeWarning('appflow-constructs:resource-policy-not-changed');
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, 'acme-stage', 'acme-lake');
  },
  right(stack) {
    flow(stack, 'acme-stage', 'acme-stage');
  },
  withTokens(stack, tokens) {
    flow(stack, tokens.text(), tokens.text());
  },
};
