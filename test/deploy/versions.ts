import { Mapping, Mask } from 'appflow-constructs';
import { type Stack, Tags } from 'aws-cdk-lib';
import { refusedAfter, scheduledCopy } from './copying-flow';

/** The versions of the stack that the CDK CLI deploys in `cdk-cli.test.ts`. */
export const VERSIONS = {
  original: (stack: Stack) => Tags.of(scheduledCopy(stack)).add('team', 'sales'),
  changed: (stack: Stack) => void scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }),
  replaced: (stack: Stack) => void scheduledCopy(stack, { flowName: 'other' }),
  refused: (stack: Stack) => refusedAfter(scheduledCopy(stack, { flowName: 'other', description: 'a change' }), stack),
};
