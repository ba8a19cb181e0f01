import { Connector } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new Connector(stack, 'Connector', { function: handler(stack), description: 'What we bill, and to whom' });
  },
  right(stack) {
    new Connector(stack, 'Connector', { function: handler(stack), description: 'What we bill and to whom' });
  },
  withTokens(stack, tokens) {
    new Connector(stack, 'Connector', { function: handler(stack), description: tokens.text(), connectorLabel: tokens.text() });
  },
};

function handler(stack: Stack): Function {
  return new Function(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {};') });
}
