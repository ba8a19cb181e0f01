import { Mapping, Mask } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { refusedAfter, scheduledCopy } from './copying-flow';
import { describeWithFaults, type Step } from './step-with-faults';

const original = (stack: Stack) => void scheduledCopy(stack);

const STEPS: Record<string, Step> = {
  'create': { define: original },
  'change tasks': { before: original, define: (stack) => void scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }) },
  'replace': {
    before: original,
    define: (stack) => void scheduledCopy(stack, { flowName: 'other' }),
    lastOfDeployment: 'StartFlow',
  },
  'roll a change back': {
    before: original,
    define: (stack) => refusedAfter(scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }), stack),
    fails: true,
    lastOfDeployment: 'CreateFlow',
  },
  'destroy': { before: original },
};

/** What the SDK itself repeats it repeats in each step alike: the first one shows that. */
Object.entries(STEPS).forEach(([name, step]) => describeWithFaults(name, step, name === 'create' ? undefined : ['access-denied', 'lost-response']));
