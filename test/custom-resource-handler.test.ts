import { CustomResourceHandler, type CustomResourceHandlerOptions, Mapping, OnDemandFlow, RunOnDeploy, RunWait } from 'appflow-constructs';
import { App, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnKey, Key } from 'aws-cdk-lib/aws-kms';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CustomResourceConfig } from 'aws-cdk-lib/custom-resources';
import { s3ToS3 } from './samples';
import { newStack, warningsOf } from './synthesis';

const KEY_ARN = 'arn:aws:kms:eu-west-1:111111111111:key/0a1b2c3d';

/** A flow that needs the handler, and the CDK's provider framework, too. */
function runFlow(stack: Stack) {
  new OnDemandFlow(stack, 'Flow', { ...s3ToS3(stack), tasks: [Mapping.all()], runOnDeploy: RunOnDeploy.onChange({ wait: RunWait.untilSuccessful() }) });
}

/** The log group of the handler of a stack, and how many there are. */
function logGroup(stack: Stack): any {
  const [group, ...others] = Object.values(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'));
  expect(others).toEqual([]);
  return group;
}

function keyStatements(stack: Stack): any[] {
  return Object.values<any>(Template.fromStack(stack).findResources('AWS::KMS::Key')).flatMap(({ Properties }) => Properties.KeyPolicy?.Statement ?? []);
}

test.each<[string, CustomResourceHandlerOptions, object]>([
  ['nothing', {}, { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
  ['the retention', { logRetention: RetentionDays.ONE_YEAR }, { Properties: { RetentionInDays: 365 }, DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
  ['no end of the retention', { logRetention: RetentionDays.INFINITE }, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }],
  [
    'the removal policy', { logRemovalPolicy: RemovalPolicy.RETAIN },
    { Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' },
  ],
])('%s is decided', (_, options, expected) => {
  const stack = newStack();
  CustomResourceHandler.configure(stack, options);
  runFlow(stack);
  expect(logGroup(stack)).toEqual({ Type: 'AWS::Logs::LogGroup', ...expected });
});

describe('a key', () => {
  const statement = {
    Sid: 'AllowCloudWatchLogsUseKey',
    Effect: 'Allow',
    Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] } },
    Action: [
      'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey',
    ],
    Resource: '*',
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*']],
        },
      },
    },
  };

  test.each<[string, (stack: Stack) => Key | CfnKey]>([
    ['a Key', (stack) => new Key(stack, 'Key')],
    ['a CfnKey', (stack) => new CfnKey(stack, 'Key')],
  ])('may be used by CloudWatch Logs for log groups of the account: %s', (_, make) => {
    const stack = newStack();
    const key = make(stack);
    runFlow(stack);
    CustomResourceHandler.configure(stack, { logEncryptionKey: key });
    expect(logGroup(stack).Properties).toEqual({ KmsKeyId: stack.resolve(key.keyRef.keyArn), RetentionInDays: 30 });
    expect(keyStatements(stack)).toEqual([expect.objectContaining({ Action: 'kms:*' }), statement]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('has one statement for the handlers of all stacks', () => {
    const app = new App();
    const keys = new Stack(app, 'Keys');
    CustomResourceHandler.configure(app, { logEncryptionKey: new Key(keys, 'Key') });
    const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
    stacks.forEach(runFlow);
    for (const stack of stacks) {
      expect(logGroup(stack).Properties.KmsKeyId).toEqual({ 'Fn::ImportValue': expect.stringContaining('Keys:ExportsOutputFnGetAttKey') });
    }
    expect(keyStatements(keys)).toEqual([expect.objectContaining({ Action: 'kms:*' }), statement]);
  });

  test('that is imported is warned of, with the statement that it needs', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    CustomResourceHandler.configure(stack, { logEncryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN) });
    runFlow(stack);
    expect(logGroup(stack).Properties.KmsKeyId).toBe(KEY_ARN);
    const [warning, ...others] = warningsOf(stack);
    expect(others).toEqual([]);
    expect(warning).toContain('Amazon CloudWatch Logs needs a statement in it');
    expect(JSON.parse(/before the deployment: (\{.*\}) \[ack/.exec(warning)![1])).toMatchObject({
      Sid: 'AllowCloudWatchLogsUseKey',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:*']],
          },
        },
      },
    });
  });

  test('that another one takes the place of is not touched', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const [given, taken] = ['Given', 'Taken'].map((id) => new CfnKey(stack, id));
    CustomResourceHandler.configure(stack, { logEncryptionKey: taken });
    CustomResourceHandler.configure(app, { logEncryptionKey: given });
    runFlow(stack);
    expect(logGroup(stack).Properties.KmsKeyId).toEqual(stack.resolve(taken.attrArn));
    expect(Template.fromStack(stack).toJSON().Resources.Given).toEqual({ Type: 'AWS::KMS::Key' });
  });
});

describe.each([['before', true], ['after', false]])('decisions that are made %s the handler is', (_, isBefore) => {
  function decided(stacks: Stack[], decide: () => void): any[] {
    const steps = [decide, () => stacks.forEach(runFlow)];
    (isBefore ? steps : steps.reverse()).forEach((step) => step());
    return stacks.map(logGroup);
  }

  test('hold for what is in the scope, and the nearest one holds', () => {
    const app = new App();
    const stage = new Stage(app, 'Stage');
    const [elsewhere, inStage, nearest] = [new Stack(app, 'Elsewhere'), new Stack(stage, 'InStage'), new Stack(stage, 'Nearest')];
    const groups = decided([elsewhere, inStage, nearest], () => {
      CustomResourceHandler.configure(nearest, { logRetention: RetentionDays.ONE_DAY });
      CustomResourceHandler.configure(stage, { logRetention: RetentionDays.ONE_WEEK, logRemovalPolicy: RemovalPolicy.RETAIN });
      CustomResourceHandler.configure(app, { logRetention: RetentionDays.ONE_YEAR });
    });
    expect(groups.map(({ Properties }) => Properties.RetentionInDays)).toEqual([365, 7, 1]);
    expect(groups.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Delete', 'Retain', 'Retain']);
  });

  test('hold for nested stacks', () => {
    const stack = newStack();
    const [group] = decided([new NestedStack(stack, 'Nested')], () => CustomResourceHandler.configure(stack, { logRetention: RetentionDays.ONE_DAY }));
    expect(group.Properties.RetentionInDays).toBe(1);
  });

  test('hold that are made in the CDK\'s way', () => {
    const stack = newStack();
    const [group] = decided([stack], () => {
      CustomResourceConfig.of(stack).addLogRetentionLifetime(RetentionDays.THREE_DAYS);
      CustomResourceConfig.of(stack.node.root).addRemovalPolicy(RemovalPolicy.RETAIN);
    });
    expect(group).toMatchObject({ Properties: { RetentionInDays: 3 }, DeletionPolicy: 'Retain' });
  });
});

test('a later decision at the same scope leaves what it does not mention', () => {
  const stack = newStack();
  runFlow(stack);
  CustomResourceHandler.configure(stack, { logRetention: RetentionDays.ONE_DAY, logRemovalPolicy: RemovalPolicy.RETAIN });
  CustomResourceHandler.configure(stack, { logRetention: RetentionDays.TWO_WEEKS, logRemovalPolicy: undefined });
  expect(logGroup(stack)).toMatchObject({ Properties: { RetentionInDays: 14 }, DeletionPolicy: 'Retain' });
});

test('the runtime is decided in the CDK\'s way', () => {
  const stack = newStack();
  runFlow(stack);
  CustomResourceConfig.of(stack).addLambdaRuntime(Runtime.NODEJS_22_X);
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(functions.filter(({ Properties }) => Properties.Handler.startsWith('index.')).map(({ Properties }) => Properties.Runtime)).toEqual(Array(3).fill('nodejs22.x'));
});
