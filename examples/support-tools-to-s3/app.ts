import { App } from 'aws-cdk-lib';
import { SupportToolsToS3 } from './support-tools-to-s3';

const app = new App();
new SupportToolsToS3(app, 'SupportToolsToS3');
app.synth();
