import { App } from 'aws-cdk-lib';
import { CustomConnector } from './custom-connector';

const app = new App();
new CustomConnector(app, 'CustomConnector');
app.synth();
