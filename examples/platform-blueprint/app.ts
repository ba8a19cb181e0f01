import { App } from 'aws-cdk-lib';
import { PlatformBlueprint } from './platform-blueprint';

const app = new App();
new PlatformBlueprint(app, 'PlatformBlueprint');
app.synth();
