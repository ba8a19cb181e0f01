import { DataPull, Flow, FlowActivation, FlowActivationState, FlowSchedule, FlowTags, Mapping, Mask, RunOnDeploy } from 'appflow-constructs';
import { CfnParameter, CfnResource, Duration, RemovalPolicy, type Stack, Tags } from 'aws-cdk-lib';
import { onDemandCopy, refusedAfter, scheduledBeside, scheduledCopy } from './copying-flow';
import { LocalStack } from './local-stack';

let local: LocalStack;
beforeEach(async () => {
  local = await LocalStack.start();
});
afterEach(async () => {
  await local.stop();
});

const tasksOf = (name: string) => local.flow(name)!.definition.tasks.map(({ taskType }) => taskType);

describe('a scheduled flow', () => {
  test('is active after its creation, with its tags', async () => {
    await local.deploy((stack) => Tags.of(scheduledCopy(stack)).add('team', 'sales'));
    expect(local.flow('copy')).toMatchObject({ status: 'Active', tags: { team: 'sales' } });
    expect(local.newCalls()).toEqual(['CreateFlow', 'DescribeFlow', 'StartFlow']);
  });

  test('is left alone by a deployment without changes', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.newCalls();
    await local.deploy((stack) => void scheduledCopy(stack));
    expect(local.newCalls()).toEqual([]);
  });

  test.each([
    ['that an operator has stopped', async () => void local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' })],
    ['that AppFlow has deactivated after errors', async () => {
      for (let run = 0; run < 2; run++) {
        local.cloud.appflow.setNextRun('copy', { status: 'Error', message: 'no more' });
        local.cloud.appflow.trigger('copy');
        local.cloud.appflow.invoke('DescribeFlow', { flowName: 'copy' });
        local.cloud.appflow.invoke('DescribeFlow', { flowName: 'copy' });
      }
    }],
  ])('%s is active again after a deployment that changes only something else', async (_, happens) => {
    const schedule = FlowSchedule.every(Duration.hours(1), { deactivationThreshold: 2 });
    const define = (topics: number) => (stack: Stack) => {
      scheduledCopy(stack, { schedule });
      Array.from({ length: topics }, (__, index) => new CfnResource(stack, `Bus${index}`, { type: 'AWS::Events::EventBus', properties: { Name: `bus-${index}` } }));
    };
    await local.deploy(define(0));
    await happens();
    expect(local.flow('copy')!.status).toEqual('Suspended');
    local.newCalls();
    await local.deploy(define(1));
    expect(local.flow('copy')!.status).toEqual('Active');
    expect(local.newCalls()).toEqual(['DescribeFlow', 'StartFlow']);
  });

  test('is active again after a deployment with another value of a parameter', async () => {
    const define = (value: string) => (stack: Stack) => {
      scheduledCopy(stack);
      new CfnParameter(stack, 'Parameter', { default: value });
    };
    await local.deploy(define('one'));
    local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' });
    await local.deploy(define('other'));
    expect(local.flow('copy')!.status).toEqual('Active');
  });

  test('stays active through a change of its tasks, without being started again', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.newCalls();
    await local.deploy((stack) => void scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }));
    expect(tasksOf('copy')).toEqual(['Map_all', 'Mask']);
    expect(local.flow('copy')!.status).toEqual('Active');
    expect(local.newCalls()).not.toContain('StartFlow');
  });

  test('is active again after a change, though an operator has stopped it', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' });
    await local.deploy((stack) => void scheduledCopy(stack, { description: 'changed' }));
    expect(local.flow('copy')!.status).toEqual('Active');
  });

  test('is suspended when that is declared, and active when that is declared again', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    await local.deploy((stack) => void scheduledCopy(stack, { activation: FlowActivation.byCustomResource(FlowActivationState.SUSPENDED) }));
    expect(local.flow('copy')!.status).toEqual('Suspended');
    await local.deploy((stack) => void scheduledCopy(stack));
    expect(local.flow('copy')!.status).toEqual('Active');
  });

  test.each([
    ['alone in its stack', () => undefined],
    ['beside another', (stack: Stack) => void scheduledBeside(stack)],
  ])('stays active when it is handed over between CloudFormation and the custom resource, %s', async (_, beside) => {
    const [cloudFormation, customResource, nobody] = [FlowActivation.byCloudFormation(), FlowActivation.byCustomResource(), FlowActivation.manual()];
    for (const activation of [cloudFormation, customResource, cloudFormation, nobody]) {
      await local.deploy((stack) => {
        scheduledCopy(stack, { activation });
        beside(stack);
      });
      expect(local.flow('copy')!.status).toEqual('Active');
    }
  });

  test('is taken over by others and back, while its stack is rolled back', async () => {
    await local.deploy((stack) => {
      scheduledCopy(stack);
      scheduledBeside(stack);
    });
    const failure = await local.tryDeploy((stack) => {
      scheduledBeside(stack);
      const copy = scheduledCopy(stack, { activation: FlowActivation.byCloudFormation() });
      refusedAfter(copy, stack);
    });
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(local.flow('copy')!.status).toEqual('Active');
    await local.deploy((stack) => void scheduledBeside(stack));
    expect([...local.cloud.appflow.flows.keys()]).toEqual(['beside']);
  });

  test.each([
    ['that is replaced', (props: object) => ({ flowName: 'copy', ...props }), { flowName: 'other' }],
    ['that is incremental', (props: object) => ({ pull: DataPull.incremental({ timestampField: 'changed' }), ...props }), {}],
  ])('%s is left to CloudFormation, and to nobody, as it is', async (_, propsWith, change) => {
    await local.deploy((stack) => void scheduledCopy(stack, propsWith({})));
    for (const activation of [FlowActivation.byCloudFormation(), FlowActivation.manual(), FlowActivation.byCustomResource()]) {
      await local.deploy((stack) => void scheduledCopy(stack, propsWith({ activation })));
      expect([...local.cloud.appflow.flows.values()].map(({ status }) => status)).toEqual(['Active']);
    }
    await local.deploy((stack) => void scheduledCopy(stack, propsWith(change)));
    await local.destroy();
    expect(local.cloud.appflow.flows.size).toEqual(0);
  });

  test('is stopped before it is deleted, also when another one stays', async () => {
    await local.deploy((stack) => {
      scheduledCopy(stack);
      scheduledBeside(stack);
    });
    local.newCalls();
    await local.deploy((stack) => void scheduledBeside(stack));
    expect(local.newCalls()).toEqual(['DescribeFlow', 'DescribeFlow', 'StopFlow', 'DeleteFlow']);
    expect(local.flow('beside')!.status).toEqual('Active');
  });

  test('stays a draft when nobody activates it', async () => {
    await local.deploy((stack) => void scheduledCopy(stack, { activation: FlowActivation.manual() }));
    expect(local.flow('copy')!.status).toEqual('Draft');
  });

  test('is replaced by another name: the new flow is active, and the old one is gone', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    await local.deploy((stack) => void scheduledCopy(stack, { flowName: 'other' }));
    expect(local.flow('other')!.status).toEqual('Active');
    expect(local.flow('copy')).toBeUndefined();
  });

  test('is as it was when a change fails and is rolled back', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    const before = structuredClone(local.flow('copy')!.definition);
    const failure = await local.tryDeploy((stack) => refusedAfter(scheduledCopy(stack, { tasks: [Mapping.all(), Mask.all('name')] }), stack));
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(local.flow('copy')).toMatchObject({ status: 'Active', definition: before });
  });

  test.each(['byCustomResource', 'leaveAsFound'] as const)('is as it was when its replacement fails and is rolled back: %s', async (way) => {
    const activation = FlowActivation[way]();
    await local.deploy((stack) => void scheduledCopy(stack, { activation }));
    const failure = await local.tryDeploy((stack) => refusedAfter(scheduledCopy(stack, { activation, flowName: 'other' }), stack));
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(local.flow('copy')!.status).toEqual('Active');
    expect(local.flow('other')).toBeUndefined();
  });

  test('leaves nothing behind when its creation fails', async () => {
    const failure = await local.tryDeploy((stack) => refusedAfter(scheduledCopy(stack), stack));
    expect(failure?.description.status).toEqual('ROLLBACK_COMPLETE');
    expect(local.cloud.appflow.flows.size).toEqual(0);
  });

  test('is stopped before it is deleted', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.newCalls();
    await local.destroy();
    expect(local.newCalls()).toEqual(['DescribeFlow', 'StopFlow', 'DeleteFlow']);
    expect(local.cloud.appflow.flows.size).toEqual(0);
  });

  test('that somebody has deleted by hand does not stand in the way of a deletion', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.cloud.appflow.invoke('DeleteFlow', { flowName: 'copy', forceDelete: true });
    await local.destroy();
    expect(local.cloud.appflow.flows.size).toEqual(0);
  });

  test('that somebody has deleted by hand is a clear failure of the next deployment, which is taken back', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.cloud.appflow.invoke('DeleteFlow', { flowName: 'copy', forceDelete: true });
    const failure = await local.tryDeploy((stack) => {
      scheduledCopy(stack);
      scheduledBeside(stack);
    });
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(failure?.reasons.join()).toMatch(/flow 'copy' could not be read: .*; if the flow was deleted by hand, remove it from the stack and deploy, then add it again/);
    expect(local.cloud.appflow.flows.size).toEqual(0);
    await local.deploy((stack) => void scheduledBeside(stack));
    expect(local.flow('beside')!.status).toEqual('Active');
  });

  test('that has lost its tag is a clear failure of the next deployment, which is taken back', async () => {
    await local.deploy((stack) => void scheduledCopy(stack));
    local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' });
    local.cloud.appflow.invoke('UntagResource', { resourceArn: local.flow('copy')!.arn, tagKeys: ['appflow-constructs:stack'] });
    const failure = await local.tryDeploy((stack) => {
      scheduledCopy(stack);
      scheduledBeside(stack);
    });
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(failure?.reasons.join()).toMatch(/has the tag appflow-constructs:stack/);
    expect([...local.cloud.appflow.flows.keys()]).toEqual(['copy']);
  });

  test.each([
    ['destroyed', async () => local.destroy()],
    ['deployed without it', async () => local.deploy((stack) => void scheduledBeside(stack))],
  ])('goes on running when it is retained, and its stack is %s', async (_, goes) => {
    await local.deploy((stack) => {
      scheduledBeside(stack);
      scheduledCopy(stack).applyRemovalPolicy(RemovalPolicy.RETAIN);
    });
    await goes();
    expect(local.flow('copy')!.status).toEqual('Active');
  });

  test('is left as an operator wants it, where that is declared', async () => {
    const define = (props: object) => (stack: Stack) => void scheduledCopy(stack, { activation: FlowActivation.leaveAsFound(), ...props });
    await local.deploy(define({}));
    expect(local.flow('copy')!.status).toEqual('Active');
    local.cloud.appflow.invoke('StopFlow', { flowName: 'copy' });
    await local.deploy(define({ description: 'changed' }));
    expect(local.flow('copy')!.status).toEqual('Suspended');
    await local.deploy(define({ flowName: 'other' }));
    await local.deploy(define({ flowName: 'other', description: 'changed again' }));
    expect(local.flow('other')!.status).toEqual('Suspended');
    local.cloud.appflow.invoke('StartFlow', { flowName: 'other' });
    await local.deploy(define({}));
    expect(local.flow('copy')!.status).toEqual('Active');
    expect(local.cloud.appflow.flows.size).toEqual(1);
  });

  test('waits for all that it was told to wait for', async () => {
    await local.deploy((stack) => {
      const needed = new CfnResource(stack, 'Needed', { type: 'AWS::Events::EventBus', properties: { Name: 'needed' } });
      scheduledCopy(stack).node.addDependency(needed);
    });
    const order = local.cloud.events('Stack').filter(({ status }) => status === 'CREATE_COMPLETE').map(({ logicalId }) => logicalId);
    const position = (start: string) => order.findIndex((id) => id.startsWith(start));
    const activation = position('AppFlowConstructsProviderActivation');
    expect(activation).toBeGreaterThan(0);
    expect(position('Needed')).toBeLessThan(activation);
    expect(position('BucketPolicy')).toBeLessThan(activation);
  });

  test('is activated, and stopped, while what it was told to wait for is there', async () => {
    const { stackId } = await local.deploy((stack) => {
      const follower = new CfnResource(stack, 'Follower', { type: 'AWS::Events::EventBus', properties: { Name: 'follower' } });
      const flow = scheduledCopy(stack);
      follower.node.addDependency(flow);
      flow.activateAfter(follower);
    });
    await local.destroy();
    const order = (wanted: string) => local.cloud.events(stackId).filter(({ status }) => status === wanted).map(({ logicalId }) => logicalId)
      .flatMap((id) => ['Copy', 'Follower', 'AppFlowConstructsProviderActivation'].filter((start) => id.startsWith(start)));
    expect(order('CREATE_COMPLETE')).toEqual(['Copy', 'Follower', 'AppFlowConstructsProviderActivation']);
    expect(order('DELETE_COMPLETE')).toEqual(['AppFlowConstructsProviderActivation', 'Follower', 'Copy']);
  });
});

describe('an on-demand flow', () => {
  const runs = () => local.flow('copy')!.runs.length;

  test('is never run or stopped unless that is asked for', async () => {
    await local.deploy((stack) => void onDemandCopy(stack));
    await local.destroy();
    expect(local.newCalls()).toEqual(['CreateFlow', 'DeleteFlow']);
  });

  test('runs once when it is created', async () => {
    const define = (props: object) => (stack: Stack) => void onDemandCopy(stack, { runOnDeploy: RunOnDeploy.onCreate(), ...props });
    await local.deploy(define({}));
    expect(runs()).toEqual(1);
    await local.deploy(define({ description: 'changed' }));
    expect(runs()).toEqual(1);
    await local.destroy();
    expect(local.newCalls()).not.toContain('StopFlow');
  });

  test('runs when it is changed, if that is asked for', async () => {
    const define = (props: object) => (stack: Stack) => void onDemandCopy(stack, { runOnDeploy: RunOnDeploy.onChange(), ...props });
    await local.deploy(define({}));
    await local.deploy(define({}));
    expect(runs()).toEqual(1);
    await local.deploy(define({ tasks: [Mapping.all({ exclude: ['name'] })] }));
    expect(runs()).toEqual(2);
  });

  test('runs once though its creation is delivered twice', async () => {
    local.cloud.cloudformation.duplicateDelivery = true;
    await local.deploy((stack) => void onDemandCopy(stack, { runOnDeploy: RunOnDeploy.onCreate() }));
    expect(runs()).toEqual(1);
  });

  test('is active once it has become a scheduled one', async () => {
    await local.deploy((stack) => void onDemandCopy(stack));
    await local.deploy((stack) => void scheduledCopy(stack, { pull: DataPull.complete() }));
    expect(local.flow('copy')!.status).toEqual('Active');
    expect(local.flow('copy')!.definition.triggerConfig.triggerType).toEqual('Scheduled');
  });

  test('is on demand again when becoming a scheduled one fails', async () => {
    await local.deploy((stack) => void onDemandCopy(stack, { runOnDeploy: RunOnDeploy.onCreate() }));
    const failure = await local.tryDeploy((stack) => refusedAfter(scheduledCopy(stack), stack));
    expect(failure?.description.status).toEqual('UPDATE_ROLLBACK_COMPLETE');
    expect(local.flow('copy')!.definition.triggerConfig.triggerType).toEqual('OnDemand');
    expect(runs()).toEqual(1);
  });
});

describe('tags of a flow that the stack does not own', () => {
  const name = 'theirs';
  const tagged = (tags: Record<string, string>, flowName = name) => (stack: Stack) => void new FlowTags(stack, 'Tags', {
    flow: Flow.fromFlowName(stack, 'Imported', flowName), tags,
  });

  beforeEach(async () => {
    // Somebody else's flow, made by the API.
    await local.deploy((stack) => void onDemandCopy(stack, { flowName: 'pattern' }));
    const { triggerConfig, sourceFlowConfig, destinationFlowConfigList, tasks } = local.flow('pattern')!.definition;
    for (const flowName of [name, 'theirs-too']) {
      local.cloud.appflow.invoke('CreateFlow', { flowName, triggerConfig, sourceFlowConfig, destinationFlowConfigList, tasks, tags: { owner: 'them' } } as never);
    }
  });
  const withPattern = (define: (stack: Stack) => void) => (stack: Stack) => {
    onDemandCopy(stack, { flowName: 'pattern' });
    define(stack);
  };
  const deploy = async (define: (stack: Stack) => void) => local.deploy(withPattern(define));

  test('come, change and go, and those of others stay', async () => {
    await deploy(tagged({ team: 'a', stage: 'prod' }));
    expect(local.flow(name)!.tags).toEqual({ owner: 'them', team: 'a', stage: 'prod' });
    await deploy(tagged({ team: 'b' }));
    expect(local.flow(name)!.tags).toEqual({ owner: 'them', team: 'b' });
    await deploy(() => undefined);
    expect(local.flow(name)!.tags).toEqual({ owner: 'them' });
  });

  test('do not take over a tag of others', async () => {
    const failure = await local.tryDeploy(withPattern(tagged({ owner: 'us' })));
    expect(failure?.reasons.join()).toContain('foreign-tag');
    expect(local.flow(name)!.tags).toEqual({ owner: 'them' });
  });

  test('move to another flow', async () => {
    await deploy(tagged({ team: 'a' }));
    await deploy(tagged({ team: 'a' }, 'theirs-too'));
    expect(local.flow('theirs-too')!.tags).toEqual({ owner: 'them', team: 'a' });
    expect(local.flow(name)!.tags).toEqual({ owner: 'them' });
  });
});

test('nothing that a deployment says holds a credential of the handler', async () => {
  await local.deploy((stack) => void scheduledCopy(stack));
  const said = JSON.stringify([local.cloud.lambda.logs, local.cloud.events('Stack')]);
  expect(said).not.toMatch(/SECRET|SESSION_TOKEN|AWS4-HMAC|X-Amz-Signature/);
});
