import { Mapping, Merge, OnDemandFlow } from 'appflow-constructs';
import { CfnParameter, Fn } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html (no function makes tasks of the elements of a list)',
  wrong(stack) {
    const fields = new CfnParameter(stack, 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.fields(fields)] });
  },
  right(stack) {
    const fields = new CfnParameter(stack, 'Fields', { type: 'CommaDelimitedList' }).valueAsList;
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.fields([Fn.select(0, fields), Fn.select(1, fields)]),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.fields([tokens.text(), tokens.text()]),
        Merge.concatenate([tokens.text(), tokens.text()], { destinationField: tokens.text() }),
      ],
    });
  },
};
