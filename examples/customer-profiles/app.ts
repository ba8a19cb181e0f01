import { App } from 'aws-cdk-lib';
import { CustomerProfiles } from './customer-profiles';

const app = new App();
new CustomerProfiles(app, 'CustomerProfiles');
app.synth();
