import { App } from 'aws-cdk-lib';
import { SapToRedshiftServerless } from './sap-to-redshift-serverless';

const app = new App();
new SapToRedshiftServerless(app, 'SapToRedshiftServerless');
app.synth();
