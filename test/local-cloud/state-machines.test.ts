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

const heard = () => cloud.lambda.logs.filter(({ text }) => text.startsWith('{')).map(({ text }) => JSON.parse(text));

test.each([
  ['is over at once', 0, 'SUCCEEDED', 0, 1],
  ['is tried again', 3, 'SUCCEEDED', 90, 4],
  ['fails when it was tried too often', 4, 'FAILED', 90, 4],
])('a task %s', async (_, failures, status, waitedSeconds, calls) => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true, Retry: [RETRY] }) }));
  expect(await run(machine, { failures })).toMatchObject({ status, waitedSeconds });
  expect(heard()).toHaveLength(calls);
});

test('a catcher is told of the error as Lambda reports it', async () => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] }), Caught: task({ End: true }) }));
  expect(await run(machine, { failures: 1 })).toMatchObject({ status: 'SUCCEEDED' });
  const [, caught] = heard();
  expect(caught.Error).toBe('Retry');
  expect(JSON.parse(caught.Cause)).toMatchObject({ errorType: 'Retry', errorMessage: 'not yet' });
});

test('a state machine does what its role lets it', async () => {
  const { machine } = await deploy(stateMachine({ Task: task({ End: true }) }, [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:other' }]));
  expect(await run(machine, {})).toMatchObject({ status: 'FAILED' });
  expect(heard()).toEqual([]);
});

test.each([
  ['another state', { Task: { Type: 'Wait', Seconds: 1, End: true } }, 'no state of type Wait'],
  ['another member', { Task: task({ End: true, ResultPath: '$.x' }) }, 'ResultPath'],
  ['a resource that is no function', { Task: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } }, 'arn:aws:states:::lambda:invoke'],
  ['no end', { Task: task({}) }, 'needs either Next or End'],
  ['a missing state', { Task: task({ Next: 'Nowhere' }) }, 'Nowhere'],
])('what it does not know is refused by name: %s', async (_, states, reason) => {
  await expect(deploy(stateMachine(states))).rejects.toThrow(StackFailure);
  expect(cloud.events('Stack').map((event) => event.reason).join()).toContain(reason);
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
