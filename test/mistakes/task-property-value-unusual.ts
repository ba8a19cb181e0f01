import { Arithmetic, Mapping, Mask, Merge, OnDemandFlow, Truncate, Validation, ValidationAction } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { salesforceToS3 } from '../samples';

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        Validation.notNull('Id', ValidationAction.of('drop_record')),
      ],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        Validation.notNull('Id', ValidationAction.of('DropRecord')),
      ],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      tasks: [
        Mapping.all(),
        Validation.notNull('Id', ValidationAction.of(tokens.text())),
        Truncate.field('Name', tokens.number()),
        Mask.first('Phone', tokens.number(), { character: tokens.text() }),
        Merge.concatenate(['City', tokens.text()], { destinationField: 'address', format: '${Street}' }),
        Arithmetic.add('Amount', tokens.text(), { destinationField: 'total' }),
      ],
    });
  },
};
