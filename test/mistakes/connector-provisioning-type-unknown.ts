import { PARAMETER } from '../flow-template';
import type { DocumentMistake } from '../mistake';

const connector = (ConnectorProvisioningType: unknown) => ({
  Resources: {
    Connector: {
      Type: 'AWS::AppFlow::Connector',
      Properties: {
        ConnectorLabel: 'Billing',
        ConnectorProvisioningType,
        ConnectorProvisioningConfig: { Lambda: { LambdaArn: 'arn:aws:lambda:us-east-1:111122223333:function:billing' } },
      },
    },
  },
});

export const mistake: DocumentMistake = {
  kind: 'document',
  wrong: connector('Lambda'),
  right: connector('LAMBDA'),
  withTokens: connector(PARAMETER),
};
