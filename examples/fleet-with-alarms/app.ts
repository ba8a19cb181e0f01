import { App } from 'aws-cdk-lib';
import { FleetWithAlarms } from './fleet-with-alarms';

const app = new App();
new FleetWithAlarms(app, 'FleetWithAlarms');
app.synth();
