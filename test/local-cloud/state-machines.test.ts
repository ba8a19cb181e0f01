import { setTimeout } from 'node:timers/promises';
import { LambdaClient, GetFunctionCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { lambdaFunction } from './cloudformation/samples';
import { LocalCloud, StackFailure } from './local-cloud';

jest.setTimeout(30_000);

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

/** Fails as often as it is told, and then returns what it was given. */
const FLAKY = `let calls = 0;
exports.handler = async (event) => {
  console.log(JSON.stringify(event));
  if (calls++ < (event.failures ?? 0)) throw Object.assign(new Error('not yet'), { name: 'Retry' });
  return { given: event };
};`;

const RETRY = { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, MaxAttempts: 3, BackoffRate: 1 };

function stateMachine(states: object, statements: object[] = [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['Handler', 'Arn'] } }]) {
  return {
    ...lambdaFunction(FLAKY),
    StatesRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
        Policies: [{ PolicyName: 'Invoke', PolicyDocument: { Statement: statements } }],
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: { 'Fn::Sub': JSON.stringify({ StartAt: 'Task', States: states }) },
        RoleArn: { 'Fn::GetAtt': ['StatesRole', 'Arn'] },
      },
    },
  };
}

const task = (more: object) => ({ Type: 'Task', Resource: '${Handler.Arn}', ...more });

const jsonata = (state: object) => ({ QueryLanguage: 'JSONata', End: true, ...state });
const startFlow = (Arguments: object) => jsonata({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:appflow:startFlow', Arguments });

async function deploy(Resources: object) {
  const { resources } = await cloud.deploy({ stackName: 'Stack', template: { Resources } });
  return { machine: resources.Machine.physicalId, fn: String(resources.Handler.attributes!.Arn) };
}

async function run(machine: string, input: object) {
  const client = new SFNClient({ endpoint: cloud.endpoint, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
  const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: machine, input: JSON.stringify(input) }));
  await cloud.stateMachines.settled();
  return cloud.stateMachines.executions.find(({ arn }) => arn === executionArn)!;
}

/** What functions have written, once so many of them have. It can come after their answers. */
async function heard(count: number) {
  const lines = () => cloud.lambda.logs.filter(({ text }) => text.startsWith('{')).map(({ text }) => JSON.parse(text));
  for (const end = Date.now() + 10_000; lines().length < count && Date.now() < end;) {
    await setTimeout(20);
  }
  return lines();
}

test.each([
  ['is over at once', 0, 'SUCCEEDED', 0, 1],
  ['is tried again', 3, 'SUCCEEDED', 90, 4],
  ['fails when it was tried too often', 4, 'FAILED', 90, 4],
])('a task %s', async (_, failures, status, waitedSeconds, calls) => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true, Retry: [RETRY] }) }));
  expect(await run(machine, { failures })).toMatchObject({ status, waitedSeconds });
  expect(await heard(calls)).toHaveLength(calls);
});

test('a catcher is told of the error as Lambda reports it', async () => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }), Caught: task({ End: true }) }));
  expect(await run(machine, { failures: 1 })).toMatchObject({ status: 'SUCCEEDED' });
  const [, caught] = await heard(2);
  expect(caught.Error).toBe('Retry');
  expect(JSON.parse(caught.Cause)).toMatchObject({ errorType: 'Retry', errorMessage: 'not yet' });
});

test('a state machine does what its role lets it', async () => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true }) }, [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:other' }]));
  expect(await run(machine, {})).toMatchObject({ status: 'FAILED' });
  expect(await heard(0)).toEqual([]);
});

test.each([
  ['another state', { Task: { Type: 'Wait', Seconds: 1, End: true } }, 'no state of type Wait in JSONPath'],
  ['another call', { Task: jsonata({ Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage' }) }, 'aws-sdk:sqs:sendMessage'],
  ['an argument that AppFlow does not have', { Task: startFlow({ flowName: 'x' }) }, 'The field "flowName" is not supported'],
  ['no expression', { Task: startFlow({ FlowName: '{% $x( %}' }) }, 'JSONata syntax error in Task'],
  ['a function that Step Functions does not have', { Task: startFlow({ FlowName: '{% $eval(\'1\') %}' }) }, 'no function $eval'],
  ['JSONPath in JSONata', { Task: jsonata({ Type: 'Pass', ResultPath: '$.x' }) }, 'ResultPath'],
  ['a name that is too long', { Task: task({ Next: 'x'.repeat(81) }), ['x'.repeat(81)]: task({ End: true }) }, 'too long'],
  ['a name twice', { Task: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'Task', States: { Task: jsonata({ Type: 'Pass' }) } }] } }, 'DUPLICATE_STATE_NAME'],
  ['another member', { Task: task({ End: true, ResultPath: '$.x' }) }, 'ResultPath'],
  ['a resource that is no function', { Task: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } }, 'arn:aws:states:::lambda:invoke'],
  ['no end', { Task: task({}) }, 'needs either Next or End'],
  ['a missing state', { Task: task({ Next: 'Nowhere' }) }, 'Nowhere'],
])('what it does not know is refused by name: %s', async (_, states, reason) => {
  await expect(deploy(stateMachine(states))).rejects.toThrow(StackFailure);
  expect(cloud.events('Stack').map((event) => event.reason).join()).toContain(reason);
});

describe('states in JSONata', () => {
  const pass = (state: object) => ({ Type: 'Pass', ...jsonata(state) });
  const execute = async (states: object, input: object = {}) => run((await deploy(stateMachine(states))).machine, input);

  test('have variables, which branches read and do not assign', async () => {
    const both = (branch: object) => ({
      Task: pass({ Assign: { one: '{% $states.input.a %}' }, Next: 'Both', End: undefined }),
      Both: { Type: 'Parallel', ...jsonata({ Branches: [{ StartAt: 'Branch', States: { Branch: pass(branch) } }] }) },
    });
    expect((await execute(both({ Output: '{% $one + 1 %}' }), { a: 1 })).output).toEqual([2]);
    await cloud.destroy('Stack');
    expect(await execute(both({ Assign: { one: 2 } }), { a: 1 })).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('outer scope') });
  });

  test.each([
    ['nothing', '{% $states.input.b %}', 'returned nothing'],
    ['an error', '{% 1 + \'a\' %}', 'must evaluate to a number'],
  ])('fail when an expression comes to %s', async (_, Output, cause) => {
    expect(await execute({ Task: pass({ Output }) })).toMatchObject({
      status: 'FAILED', error: 'States.QueryEvaluationError', cause: expect.stringContaining(cause),
    });
  });

  test('map over items, so many at a time, in their order', async () => {
    const wait = { Type: 'Wait', ...jsonata({ Seconds: '{% $states.input %}' }) };
    const map = { Type: 'Map', ...jsonata({ Items: [3, 1, 2, 4], MaxConcurrency: 2, ItemProcessor: { StartAt: 'Wait', States: { Wait: wait } } }) };
    cloud.stateMachines.millisecondsPerSecond = 20;
    expect(await execute({ Task: map })).toMatchObject({ output: [3, 1, 2, 4], waitedSeconds: 7 });
  });

  test('choose, and fail where no condition holds', async () => {
    const choice = { Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Condition: '{% $states.input.a > 1 %}', Next: 'Many' }] };
    const { machine } = await deploy(stateMachine({ Task: choice, Many: pass({ Output: 'many' }) }));
    expect((await run(machine, { a: 2 })).output).toBe('many');
    expect((await run(machine, { a: 1 })).error).toBe('States.NoChoiceMatched');
    expect((await run(machine, { a: 'x' })).error).toBe('States.QueryEvaluationError');
  });

  test('have an execution fail that has too many events', async () => {
    expect(await execute({ Task: { ...pass({ Next: 'Task' }), End: undefined } })).toMatchObject({
      status: 'FAILED', cause: 'The execution reached the maximum number of history events (25000).',
    });
  });
});

test('a function is invoked over HTTP, and its error is told', async () => {
  const { fn } = await deploy(stateMachine({ Task: task({ End: true }) }));
  const client = new LambdaClient({ endpoint: cloud.endpoint, region: cloud.region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
  const invoke = async (event: object) => {
    const { FunctionError, Payload } = await client.send(new InvokeCommand({ FunctionName: fn, Payload: JSON.stringify(event) }));
    return { FunctionError, payload: JSON.parse(Buffer.from(Payload!).toString()) };
  };
  expect(await invoke({ failures: 1 })).toEqual({
    FunctionError: 'Unhandled', payload: { errorType: 'Retry', errorMessage: 'not yet', trace: expect.arrayContaining(['Retry: not yet']) },
  });
  expect(await invoke({ a: 1 })).toEqual({ FunctionError: undefined, payload: { given: { a: 1 } } });
  expect((await client.send(new GetFunctionCommand({ FunctionName: fn }))).Configuration).toMatchObject({ State: 'Active' });
  await expect(client.send(new InvokeCommand({ FunctionName: `${fn}x` }))).rejects.toThrow('Function not found');
  await expect(client.send(new InvokeCommand({ FunctionName: fn, InvocationType: 'Event' }))).rejects.toThrow('as Event');
});
