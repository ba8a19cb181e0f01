import { App } from 'aws-cdk-lib';
import { SalesforceToEventBridge } from './salesforce-to-event-bridge';

const app = new App();
new SalesforceToEventBridge(app, 'SalesforceToEventBridge');
app.synth();
