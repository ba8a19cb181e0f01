import { ConnectorProfile, SnowflakeConnection, SnowflakeStage } from 'appflow-constructs';
import { SecretValue, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake } from '../samples';

function snowflake(stack: Stack, stage: SnowflakeStage) {
  const password = SecretValue.secretsManager('snowflake');
  new ConnectorProfile(stack, 'Profile', {
    connection: SnowflakeConnection.basic({ warehouse: 'LOADING', stage, username: 'appflow', password, bucket: lake(stack) }),
  });
}

export const mistake: Mistake = {
  wrong(stack) {
    snowflake(stack, SnowflakeStage.fromName('APPFLOW'));
  },
  right(stack) {
    snowflake(stack, SnowflakeStage.fromName('SALES."my.schema".APPFLOW'));
  },
  withTokens(stack, tokens) {
    snowflake(stack, SnowflakeStage.fromName(tokens.text()));
  },
};
