import { Flow, FlowRun, type FlowRunOptions, FlowRuns, FlowSchedule, Mapping, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { CfnParameter, Duration, type Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { s3ToS3 } from './samples';
import { newStack, templateOf } from './synthesis';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

const flow = (name = 'Flow') => new OnDemandFlow(stack, name, { ...s3ToS3(stack), tasks: [Mapping.all()] });

function cfnFlow(triggerType: string): CfnFlow {
  return new CfnFlow(stack, 'CfnFlow', {
    flowName: 'flow',
    triggerConfig: { triggerType },
    sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties: { s3: { bucketName: 'lake', bucketPrefix: 'in' } } },
    destinationFlowConfigList: [{ connectorType: 'S3', destinationConnectorProperties: { s3: { bucketName: 'lake' } } }],
    tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { s3: 'NO_OP' } }],
  });
}

/** The template of a state machine: its definition, with names in the place of references, and the statements of its role. */
function machine(definition: sfn.IChainable, props: Partial<sfn.StateMachineProps> = {}) {
  new sfn.StateMachine(stack, 'Machine', { ...props, definitionBody: sfn.DefinitionBody.fromChainable(definition) });
  const resources: any[] = Object.values(templateOf(stack).Resources);
  const { DefinitionString } = resources.find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine').Properties;
  const parts = typeof DefinitionString === 'string' ? [DefinitionString] : DefinitionString['Fn::Join'][1];
  return {
    definition: JSON.parse(parts.map((part: any) => typeof part === 'string' ? part : part.Ref ?? part['Fn::GetAtt'].join('.')).join('')),
    statements: resources.find(({ Type }) => Type === 'AWS::IAM::Policy').Properties.PolicyDocument.Statement,
  };
}

/** The states of a run, by the last words of their names. */
function statesOf({ definition }: { definition: any }, name = 'Run'): Record<string, any> {
  return Object.fromEntries(Object.entries(definition.States[name].Branches[0].States).map(([state, body]) => [state.slice(name.length + 2), body]));
}

const BOTH = ['appflow:StartFlow', 'appflow:DescribeFlowExecutionRecords'];
const allowed = (actions: string[], Resource: unknown) => actions.map((Action) => ({ Action, Effect: 'Allow', Resource }));

describe('the role of the state machine is allowed', () => {
  test.each([
    ['a flow of the stack', () => flow(), { 'Fn::GetAtt': [expect.stringMatching(/^Flow/), 'FlowArn'] }],
    ['an L1', () => cfnFlow('OnDemand'), { 'Fn::GetAtt': ['CfnFlow', 'FlowArn'] }],
    ['an imported flow', () => Flow.fromFlowArn(stack, 'Imported', 'arn:aws:appflow:eu-west-1:111111111111:flow/orders'), 'arn:aws:appflow:eu-west-1:111111111111:flow/orders'],
  ])('what it does to %s, and to no other', (_, make, resource) => {
    expect(machine(new FlowRun(stack, 'Run', { flow: make() })).statements).toEqual(allowed(BOTH, resource));
  });

  test('to cancel runs where it does', () => {
    expect(machine(new FlowRun(stack, 'Run', { flow: cfnFlow('OnDemand'), cancelOnTimeout: true })).statements).toEqual(
      allowed([...BOTH, 'appflow:CancelFlowExecutions'], { 'Fn::GetAtt': ['CfnFlow', 'FlowArn'] }));
  });

  test('the same of several flows', () => {
    expect(machine(new FlowRuns(stack, 'Runs', { flows: [flow('One'), flow('Two')] })).statements).toEqual(
      allowed(BOTH, ['One', 'Two'].map((id) => ({ 'Fn::GetAtt': [expect.stringMatching(`^${id}`), 'FlowArn'] }))));
  });
});

describe('names of states', () => {
  test('begin with that of the run, which is the construct\'s or another', () => {
    const rendered = machine(new FlowRun(stack, 'Run', { flow: flow(), stateName: 'Load orders', comment: 'each night' }));
    expect(rendered.definition.StartAt).toBe('Load orders');
    expect(rendered.definition.States['Load orders'].Comment).toBe('each night');
    expect(Object.keys(statesOf(rendered, 'Load orders'))).toEqual(expect.arrayContaining(['start', 'wait', 'look', 'judge', 'failed', 'done']));
  });

  test('are unique, also where runs have prefixes, or one id', () => {
    const run = (scope: Construct) => new FlowRun(scope, 'Run', { flow: Flow.fromFlowName(scope, 'Flow', 'orders') });
    const [one, two] = ['One', 'Two'].map((id) => run(new Construct(stack, id)));
    const { definition } = machine(one.prefixStates('First ').next(two.prefixStates('Second ')));
    expect(Object.keys(definition.States)).toEqual(['First Run', 'Second Run']);
    expect(Object.keys(definition.States['First Run'].Branches[0].States)).toContain('First Run: start');
  });

  test('are no longer than Step Functions takes, and differ where long names do', () => {
    const names = ['a', 'b'].map((end) => 'x'.repeat(79) + end);
    const runs = names.map((stateName) => new FlowRun(stack, stateName, { flow: flow(`Flow${stateName}`), stateName, minimumRecords: 1, cancelOnTimeout: true }));
    const { definition } = machine(runs[0].next(runs[1]));
    const states = names.flatMap((name) => Object.keys(definition.States[name].Branches[0].States));
    expect(new Set(states).size).toBe(states.length);
    expect(Math.max(...states.map((state) => state.length))).toBeLessThanOrEqual(80);
  });
});

describe('options', () => {
  const states = (options: FlowRunOptions = {}) => statesOf(machine(new FlowRun(stack, 'Run', { flow: flow(), ...options })));
  const attempts = ({ start }: Record<string, any>) => start.Retry.find(({ ErrorEquals }: any) => ErrorEquals.includes('Appflow.ConflictException'));

  test('say how long a run is waited for, for an hour if nobody says', () => {
    expect(attempts(states())).toMatchObject({
      ErrorEquals: ['Appflow.ConflictException', 'Appflow.ServiceQuotaExceededException'], IntervalSeconds: 30, BackoffRate: 1, MaxAttempts: 120,
    });
  });

  test('can have a run that cannot start fail at once', () => {
    expect(attempts(states({ startTimeout: Duration.seconds(0) }))).toBeUndefined();
  });

  test('leave out the states that are not needed', () => {
    const all = Object.keys(states({ minimumRecords: 1, cancelOnTimeout: true }));
    stack = newStack();
    const few = Object.keys(states({ allowFailedRecords: true }));
    expect(all.filter((state) => !few.includes(state))).toEqual(['records not written', 'too few records', 'cancel']);
  });

  test('can be known only at deploy time', () => {
    const minimumRecords = new CfnParameter(stack, 'Minimum', { type: 'Number' }).valueAsNumber;
    expect(JSON.stringify(states({ minimumRecords }).judge)).toContain('RecordsProcessed < Minimum');
  });
});

describe('the query language', () => {
  const members = (language: sfn.QueryLanguage | undefined, options: FlowRunOptions = {}) =>
    Object.keys(machine(new FlowRun(stack, 'Run', { flow: flow(), ...options }), { queryLanguage: language }).definition.States.Run);

  test.each([
    ['JSONPath', undefined, ['ResultSelector'], ['Output', 'QueryLanguage']],
    ['JSONPath, and says so', sfn.QueryLanguage.JSON_PATH, ['ResultSelector'], ['Output', 'QueryLanguage']],
    ['JSONata', sfn.QueryLanguage.JSONATA, ['Output'], ['ResultSelector', 'QueryLanguage']],
  ])('is that of a state machine in %s', (_, language, has, lacks) => {
    const found = members(language);
    expect(found).toEqual(expect.arrayContaining(has));
    expect(found).not.toEqual(expect.arrayContaining(lacks));
  });

  test('can be another', () => {
    expect(members(sfn.QueryLanguage.JSON_PATH, { queryLanguage: sfn.QueryLanguage.JSONATA })).toEqual(expect.arrayContaining(['QueryLanguage', 'Output']));
  });
});

test.each([
  ['a scheduled flow', () => new ScheduledFlow(stack, 'Flow', { ...s3ToS3(stack), tasks: [Mapping.all()], schedule: FlowSchedule.every(Duration.hours(1)) })],
  ['an L1 of one', () => cfnFlow('Event')],
])('%s is refused', (_, make) => {
  const made = make();
  expect(() => new FlowRun(stack, 'Run', { flow: made })).toThrow(/appflow-constructs:flow-run-not-on-demand at Stack\/Run/);
  expect(() => new FlowRuns(stack, 'Runs', { flows: [made] })).toThrow(/appflow-constructs:flow-run-not-on-demand at Stack\/Runs/);
});

test.each<[keyof FlowRunOptions, Duration]>([
  ['timeout', Duration.seconds(59)],
  ['timeout', Duration.hours(49)],
  ['timeout', Duration.seconds(new CfnParameter(newStack(), 'Seconds', { type: 'Number' }).valueAsNumber)],
  ['startTimeout', Duration.hours(49)],
  ['pollInterval', Duration.millis(0)],
  ['pollInterval', Duration.hours(2)],
])('a %s out of range is refused', (option, duration) => {
  const made = flow();
  expect(() => new FlowRun(stack, 'Run', { flow: made, [option]: duration })).toThrow(new RegExp(`'${option}'.*appflow-constructs:flow-run-duration-out-of-range`));
});

test('a number of records that is none is refused', () => {
  const made = flow();
  expect(() => new FlowRun(stack, 'Run', { flow: made, minimumRecords: -1 })).toThrow(/appflow-constructs:run-wait-minimum-records-invalid/);
});
