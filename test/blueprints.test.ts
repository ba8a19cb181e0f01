import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as library from 'appflow-constructs';
import {
  ConnectorProfile, CustomerProfilesDestination, FlowLock, FlowSchedule, Mapping, OnDemandFlow, SalesforceConnection, SalesforceSource, ScheduledFlow,
  type ScheduledFlowProps,
} from 'appflow-constructs';
import {
  Annotations, Aspects, ConstructSelector, Duration, type IAspect, type InjectionContext, type IPropertyInjector, Mixin, Mixins, PropertyInjectors,
  SecretValue, type Stack, Tags,
} from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct, type IConstruct } from 'constructs';
import { backfilled, salesforceProfile, salesforceToS3 } from './samples';
import { errorsOf, newStack, templateOf } from './synthesis';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d';

/** What a company wants of all its flows, unless they say otherwise. */
class Standards implements IPropertyInjector {
  public readonly contexts: InjectionContext[] = [];

  constructor(public readonly constructUniqueId: string, private readonly standards: object) {}

  public inject(props: object, context: InjectionContext): object {
    this.contexts.push(context);
    return { ...this.standards, ...props };
  }
}

/** Changes each flow that CloudFormation makes. */
class EveryFlow implements IAspect {
  constructor(private readonly change: (flow: CfnFlow) => void) {}

  public visit(node: IConstruct) {
    if (CfnFlow.isCfnFlow(node)) {
      this.change(node);
    }
  }
}

let stack: Stack;
let key: IKey;
beforeEach(() => {
  stack = newStack();
  key = Key.fromKeyArn(stack, 'Key', KEY_ARN);
});

function scheduledProps(): ScheduledFlowProps {
  return { ...salesforceToS3(stack), schedule: FlowSchedule.every(Duration.hours(1)), tasks: [Mapping.all()] };
}

function resources(type: string): any[] {
  return Object.values<any>(templateOf(stack).Resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

const flows = () => resources('AWS::AppFlow::Flow');

describe('property injection', () => {
  const constructs = Object.entries(library).filter(([name, value]) => typeof value === 'function' && value.prototype instanceof Construct && name !== 'Flow');

  test.each(constructs)('%s can be given standards', (name, construct) => {
    const { name: className, PROPERTY_INJECTION_ID: id } = construct as unknown as { name: string; PROPERTY_INJECTION_ID?: string };
    expect([className, id]).toEqual([name, `appflow-constructs.${name}`]);
  });

  test('gives flows what they do not say', () => {
    const standards = new Standards(ScheduledFlow.PROPERTY_INJECTION_ID, { encryptionKey: key, description: 'Acme' });
    PropertyInjectors.of(stack).add(standards);
    const flow = new ScheduledFlow(stack, 'Flow', scheduledProps());
    new ScheduledFlow(stack, 'Described', { ...scheduledProps(), description: 'Mine' });
    expect(standards.contexts).toEqual([{ scope: stack, id: 'Flow' }, { scope: stack, id: 'Described' }]);
    expect(flow).toBeInstanceOf(ScheduledFlow);
    expect(flows()).toEqual([
      expect.objectContaining({ Description: 'Acme', KMSArn: KEY_ARN }), expect.objectContaining({ Description: 'Mine', KMSArn: KEY_ARN }),
    ]);
  });

  test('gives them to flows of a subclass, and to flows in other constructs', () => {
    class CompanyFlow extends ScheduledFlow {
      constructor(scope: Construct, id: string, props: ScheduledFlowProps) {
        super(scope, id, { ...props, flowName: `acme-${id}` });
      }
    }
    PropertyInjectors.of(stack).add(
      new Standards(ScheduledFlow.PROPERTY_INJECTION_ID, { description: 'increments' }), new Standards(OnDemandFlow.PROPERTY_INJECTION_ID, { description: 'history' }),
    );
    new CompanyFlow(stack, 'leads', scheduledProps());
    backfilled(stack);
    expect(flows().map(({ Description }) => Description).sort()).toEqual(['history', 'increments', 'increments']);
    expect(flows().map(({ FlowName }) => FlowName)).toContain('acme-leads');
  });

  test('gives connector profiles a key', () => {
    PropertyInjectors.of(stack).add(new Standards(ConnectorProfile.PROPERTY_INJECTION_ID, { encryptionKey: key }));
    new ConnectorProfile(stack, 'Profile', { connection: SalesforceConnection.refreshToken({ refreshToken: SecretValue.secretsManager('tokens') }) });
    expect(resources('AWS::AppFlow::ConnectorProfile')).toEqual([expect.objectContaining({ KMSArn: KEY_ARN })]);
  });

  test('changes nothing by itself', () => {
    const idsOf = (make: (scope: Stack) => void) => {
      stack = newStack();
      make(stack);
      return Object.keys(templateOf(stack).Resources);
    };
    const make = () => new ScheduledFlow(stack, 'Flow', scheduledProps());
    expect(idsOf(() => {
      PropertyInjectors.of(stack).add(new Standards(ScheduledFlow.PROPERTY_INJECTION_ID, {}));
      make();
    })).toEqual(idsOf(make));
  });
});

describe('an aspect', () => {
  test('that gives flows a key changes generated names, as the key of a flow does: AppFlow cannot change it', () => {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], encryptionKey: key });
    const [{ FlowName: withKey }] = flows();
    stack = newStack();
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    Aspects.of(stack).add(new EveryFlow((flow) => { flow.kmsArn = KEY_ARN; }));
    expect(flows()).toEqual([expect.objectContaining({ FlowName: withKey, KMSArn: KEY_ARN })]);
    stack = newStack();
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()] });
    expect(flows()[0].FlowName).not.toEqual(withKey);
  });

  test('that gives flows a key is seen by the guard of flows with names of their own', () => {
    new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], flowName: 'leads' });
    Aspects.of(stack).add(new EveryFlow((flow) => { flow.kmsArn = KEY_ARN; }));
    expect(resources('Custom::AppFlowFlowGuard').map(({ Flows }) => Object.values(Flows))).toEqual([[expect.objectContaining({ KmsArn: KEY_ARN })]]);
  });

  test('that gives flows a key is seen by the lock of flows', () => {
    const directory = mkdtempSync(join(tmpdir(), 'flow-lock-'));
    const locked = (change: (flow: CfnFlow) => void, update: boolean) => {
      stack = newStack();
      new FlowLock(stack, 'Lock', { file: join(directory, 'appflow.lock.json'), update });
      new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), tasks: [Mapping.all()], flowName: 'leads' });
      Aspects.of(stack).add(new EveryFlow(change));
      return templateOf(stack);
    };
    try {
      locked(() => {}, true);
      expect(() => locked((flow) => { flow.kmsArn = KEY_ARN; }, false)).toThrow('flow-changed-under-its-name');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('can set a standard in the template, and tags', () => {
    new ScheduledFlow(stack, 'Flow', scheduledProps());
    Aspects.of(stack).add(new EveryFlow((flow) => {
      flow.addPropertyOverride('TriggerConfig.TriggerProperties.FlowErrorDeactivationThreshold', 3);
      flow.tags.setTag('owner', 'sales');
    }));
    const [{ TriggerConfig, Tags: tags }] = flows();
    expect(TriggerConfig.TriggerProperties).toMatchObject({ ScheduleExpression: 'rate(1hours)', FlowErrorDeactivationThreshold: 3 });
    expect(tags).toContainEqual({ Key: 'owner', Value: 'sales' });
  });

  test('can refuse what a company does not want', () => {
    new ScheduledFlow(stack, 'Flow', scheduledProps());
    new ScheduledFlow(stack, 'Encrypted', { ...scheduledProps(), encryptionKey: key });
    Aspects.of(stack).add(new EveryFlow((flow) => {
      if (flow.kmsArn === undefined) {
        Annotations.of(flow).addError('flows are encrypted with a key of ours');
      }
    }));
    templateOf(stack);
    expect(errorsOf(stack)).toEqual(['[Error at /Stack/Flow/Resource] flows are encrypted with a key of ours']);
  });
});

describe('a mixin', () => {
  class Described extends Mixin {
    public supports(construct: IConstruct): construct is CfnFlow {
      return CfnFlow.isCfnFlow(construct);
    }

    public applyTo(construct: IConstruct) {
      (construct as CfnFlow).description = 'Acme';
    }
  }

  test('can be given to a flow', () => {
    expect(new ScheduledFlow(stack, 'Flow', scheduledProps()).with(new Described())).toBeInstanceOf(ScheduledFlow);
    new ScheduledFlow(stack, 'Other', scheduledProps());
    expect(flows().map(({ Description }) => Description)).toEqual(['Acme', undefined]);
  });

  test('can be given to all flows of an app', () => {
    new ScheduledFlow(stack, 'Flow', scheduledProps());
    backfilled(stack);
    Mixins.of(stack.node.root, ConstructSelector.resourcesOfType('AWS::AppFlow::Flow')).requireAll().apply(new Described());
    expect(flows().map(({ Description }) => Description)).toEqual(['Acme', 'Acme', 'Acme']);
  });
});

test('tags of the app reach flows, and those that the custom resource makes', () => {
  Tags.of(stack.node.root).add('owner', 'sales');
  new ScheduledFlow(stack, 'Flow', scheduledProps());
  const source = new SalesforceSource(salesforceProfile(stack), { object: 'Lead' });
  new OnDemandFlow(stack, 'Provided', { source, destination: new CustomerProfilesDestination({ domainName: 'd' }), tasks: [Mapping.fields(['Id'])] });
  expect(flows()[0].Tags).toContainEqual({ Key: 'owner', Value: 'sales' });
  expect(resources('Custom::AppFlowFlow')).toEqual([expect.objectContaining({ Tags: expect.objectContaining({ owner: 'sales' }) })]);
});

test('the L1 of a flow can be changed', () => {
  const flow = new ScheduledFlow(stack, 'Flow', scheduledProps());
  const resource = flow.node.defaultChild as CfnFlow;
  resource.overrideLogicalId('Mine');
  resource.addPropertyOverride('TriggerConfig.TriggerProperties.ScheduleExpression', 'rate(2hours)');
  expect(templateOf(stack).Resources.Mine.Properties.TriggerConfig.TriggerProperties.ScheduleExpression).toEqual('rate(2hours)');
});
