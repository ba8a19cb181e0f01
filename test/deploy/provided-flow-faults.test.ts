import { CustomerProfilesDestination, Mapping, Mask, type ScheduledFlowProps } from 'appflow-constructs';
import { type Stack, Tags } from 'aws-cdk-lib';
import { refusedAfter, scheduledCopy } from './copying-flow';
import { describeWithFaults, type Step } from './step-with-faults';

/** A destination that CloudFormation does not have, so that the handler creates, updates and deletes the flow. */
const provided = (stack: Stack, props: Partial<ScheduledFlowProps> = {}) => scheduledCopy(stack, {
  destination: new CustomerProfilesDestination({ domainName: 'domain' }), ...props,
});
const original = (stack: Stack) => void provided(stack);

const STEPS: Record<string, Step> = {
  'create': { define: original },
  'change': { before: original, define: (stack) => Tags.of(provided(stack, { tasks: [Mapping.all(), Mask.all('name')] })).add('team', 'sales') },
  'replace': { before: original, define: (stack) => void provided(stack, { flowName: 'other' }) },
  'roll a replacement back': {
    before: original,
    define: (stack) => refusedAfter(provided(stack, { flowName: 'other' }), stack),
    fails: true,
    lastOfDeployment: 'CreateFlow',
  },
  'destroy': { before: original },
};

/** What the SDK itself repeats is met before it comes to what is called: the flows that CloudFormation makes show that, and what a denial does. */
Object.entries(STEPS).forEach(([name, step]) => describeWithFaults(name, step, name === 'create' ? ['access-denied', 'lost-response'] : ['lost-response']));
