import { Mapping, Mask } from 'appflow-constructs';
import { App, Stack, Tags } from 'aws-cdk-lib';
import { refusedAfter, scheduledCopy } from './copying-flow';

/** The app that the CDK CLI deploys in `cdk-cli.test.ts`, in the version that the context names. */
const VERSIONS: Record<string, (stack: Stack) => void> = {
  original: (stack) => Tags.of(scheduledCopy(stack)).add('team', 'sales'),
  changed: (stack) => void scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }),
  replaced: (stack) => void scheduledCopy(stack, { flowName: 'other' }),
  refused: (stack) => refusedAfter(scheduledCopy(stack, { flowName: 'other', description: 'a change' }), stack),
};

const app = new App();
VERSIONS[app.node.tryGetContext('version')](new Stack(app, 'Stack'));
app.synth();
