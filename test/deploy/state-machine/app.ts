import { App, Stack } from 'aws-cdk-lib';
import { type Declaration, define, STACK } from './declaration';

/** The app that the CDK CLI deploys in `cdk-cli.test.ts`: what the context declares. */
const app = new App();
define(new Stack(app, STACK), JSON.parse(String(app.node.tryGetContext('declaration'))) as Declaration);
app.synth();
