import { App, Stack } from 'aws-cdk-lib';
import { VERSIONS } from './versions';

/** The app that the CDK CLI runs in `cdk-cli.test.ts`. */
const app = new App();
VERSIONS.original(new Stack(app, 'Stack'));
app.synth();
