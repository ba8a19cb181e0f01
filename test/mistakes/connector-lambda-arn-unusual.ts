import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const connector = (LambdaArn: unknown) => ({
  Resources: {
    Connector: {
      Type: 'AWS::AppFlow::Connector',
      Properties: { ConnectorLabel: 'Billing', ConnectorProvisioningType: 'LAMBDA', ConnectorProvisioningConfig: { Lambda: { LambdaArn } } },
    },
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: connector('arn:aws:iam::111122223333:role/Billing'),
  right: connector('arn:aws:lambda:us-east-1:111122223333:function:billing'),
  withTokens: connector(PARAMETER),
};
