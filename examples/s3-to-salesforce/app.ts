import { App } from 'aws-cdk-lib';
import { S3ToSalesforce } from './s3-to-salesforce';

const app = new App();
new S3ToSalesforce(app, 'S3ToSalesforce');
app.synth();
