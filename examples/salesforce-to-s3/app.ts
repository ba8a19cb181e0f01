import { App } from 'aws-cdk-lib';
import { SalesforceToS3 } from './salesforce-to-s3';

const app = new App();
new SalesforceToS3(app, 'SalesforceToS3', { changed: app.node.tryGetContext('revision') === '2' });
app.synth();
