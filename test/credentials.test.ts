import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import {
  ConnectorProfile, FlowSchedule, Mapping, Provisioning, S3Destination, SalesforceConnection, type SalesforceConnectionOptions, SalesforceSource,
  ScheduledFlow,
} from 'appflow-constructs';
import { App, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { canary, filesIn, leaksOf, textOf } from './canaries';
import { authenticationFailed } from './local-cloud/appflow/refusal';
import type { FaultKind } from './local-cloud/faults';
import { LocalCloud, type StackDescription, StackFailure } from './local-cloud/local-cloud';

const VAULT = 'vault';
const CLIENT_ID = 'client';
const ROOT = resolve(__dirname, '..');
const CANARIES = {
  refreshToken: canary(),
  accessToken: canary(),
  jwtToken: `e30.e30.${canary()}`,
  authCode: canary(),
  clientSecret: canary(),
  // Amazon AppFlow refuses tokens with white space in them.
  brokenToken: `${canary()} ${canary()}`,
};
type CanaryName = keyof typeof CANARIES;

const leaks = (places: Readonly<Record<string, string>>) => leaksOf(CANARIES, places);

const reference = (jsonField: string) => SecretValue.secretsManager(VAULT, { jsonField });
const plain = (name: string) => SecretValue.unsafePlainText(CANARIES[name as CanaryName]);

/** Profiles of every way to sign in but the client credentials alone, which AppFlow refuses; their names, ARNs and secrets are put out. */
function profiles(
  stack: Stack, credential: (name: CanaryName) => SecretValue, options: SalesforceConnectionOptions = {}, provisioning?: Provisioning,
) {
  const clientCredentials = new Secret(stack, 'ConnectedApp', {
    secretObjectValue: { clientId: SecretValue.unsafePlainText(CLIENT_ID), clientSecret: credential('clientSecret') },
  });
  const [refreshToken, accessToken, jwtToken, authCode] = (['refreshToken', 'accessToken', 'jwtToken', 'authCode'] as const).map(credential);
  const connections = {
    RefreshToken: SalesforceConnection.refreshToken({ ...options, refreshToken, clientCredentials }),
    AccessToken: SalesforceConnection.accessToken({ ...options, accessToken }),
    JwtBearer: SalesforceConnection.jwtBearer({ ...options, jwtToken, clientCredentials }),
    AuthorizationCode: SalesforceConnection.authorizationCode({
      ...options, authCode, redirectUri: 'https://acme.example/callback', accessToken, refreshToken, clientCredentials,
    }),
  };
  return Object.entries(connections).map(([id, connection]) => {
    const profile = new ConnectorProfile(stack, id, { connectorProfileName: id, connection, provisioning });
    new CfnOutput(stack, `${id}Name`, { value: profile.connectorProfileName, description: `${profile}` });
    new CfnOutput(stack, `${id}Arn`, { value: profile.connectorProfileArn });
    new CfnOutput(stack, `${id}Secret`, { value: profile.credentialsArn });
    return profile;
  });
}

function flowFrom(profile: ConnectorProfile) {
  const stack = Stack.of(profile);
  new ScheduledFlow(stack, 'Flow', {
    source: new SalesforceSource(profile, { object: 'Account' }),
    destination: new S3Destination(new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY })),
    schedule: FlowSchedule.every(Duration.hours(1)),
    tasks: [Mapping.all()],
  });
}

let directory: string;
let outputs = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Synthesizes a stack into a directory of its own. */
function synthesize(define: (stack: Stack) => void): string {
  const outdir = join(directory, String(outputs++));
  const app = new App({ outdir });
  define(new Stack(app, 'Stack'));
  app.synth();
  return outdir;
}

describe.each([
  ['CloudFormation', Provisioning.byCloudFormation()],
  ['the custom resource', Provisioning.byCustomResource()],
])('credentials that are references, of profiles made by %s,', (maker, provisioning) => {
  const isByHandler = maker === 'the custom resource';
  let cloud: LocalCloud;
  let outdir: string;
  /** Whether Salesforce takes the credentials. */
  let accepted: boolean;
  /** What Salesforce says about credentials, if anything; it may repeat them. */
  let answer: ((credentials: any) => string) | undefined;
  /** The credentials as they reached the endpoint, which does not keep them, by operation and profile. */
  let received: Record<string, any>;

  beforeEach(async () => {
    accepted = true;
    answer = undefined;
    received = {};
    cloud = await LocalCloud.start({ world: { vendorAccepts: () => accepted } });
    cloud.secrets.put('arn:aws:secretsmanager:eu-west-1:111111111111:secret:vault-abcdef', VAULT, JSON.stringify(CANARIES));
    const { appflow } = cloud;
    const receive = (operation: string | undefined, input: any) => {
      if (operation === 'CreateConnectorProfile' || operation === 'UpdateConnectorProfile') {
        const { Salesforce: credentials } = input.connectorProfileConfig.connectorProfileCredentials;
        received[`${operation} ${input.connectorProfileName}`] = credentials;
        if (answer !== undefined) {
          throw authenticationFailed(answer(credentials));
        }
      }
    };
    const invoke = appflow.invoke.bind(appflow);
    appflow.invoke = (operation, input, caller) => {
      receive(operation, input);
      return invoke(operation, input, caller);
    };
    const handle = appflow.handle.bind(appflow);
    appflow.handle = async (request) => {
      receive(appflow.operationOf(request), JSON.parse(request.body.toString() || '{}'));
      return handle(request);
    };
  });
  afterEach(async () => cloud.stop());

  async function deploy(define: (stack: Stack) => void): Promise<StackDescription> {
    outdir = synthesize(define);
    return cloud.deploy({ stackName: 'Stack', cdkOutDirectory: outdir });
  }

  async function failureOf(define: (stack: Stack) => void): Promise<StackFailure> {
    const failure = await deploy(define).then(() => undefined, (error: unknown) => error);
    expect(failure).toBeInstanceOf(StackFailure);
    return failure as StackFailure;
  }

  /** All that somebody without access to the secrets can come to see, by place. */
  function said(failure?: StackFailure): Record<string, string> {
    const stack = cloud.cloudformation.find('Stack') ?? cloud.cloudformation.all[0];
    const described = cloud.appflow.invoke('DescribeConnectorProfiles');
    return {
      ...filesIn(outdir),
      'the events': textOf(stack.events),
      'the stack': textOf(stack),
      'the outputs': textOf(stack.outputs),
      'the handler\'s log': textOf(cloud.lambda.logs),
      'the calls': textOf(cloud.calls.all),
      'the calls of AppFlow': textOf(cloud.appflow.calls),
      'DescribeConnectorProfiles': JSON.stringify(described),
      'the profiles': textOf([...cloud.appflow.profiles.values()]),
      'the flows': textOf([...cloud.appflow.flows.values()]),
      'the message': failure !== undefined ? `${failure.message}\n${failure.stack}\n${textOf(failure)}` : '',
    };
  }

  /** Waits for a line of the handler's log: it comes by another way than the answer, and so may come later. */
  async function logged(line: string): Promise<void> {
    const end = Date.now() + 10_000;
    while (!textOf(cloud.lambda.logs).includes(line) && Date.now() < end) {
      await sleep(10);
    }
    expect(textOf(cloud.lambda.logs)).toContain(line);
  }

  const everyWay = (options?: SalesforceConnectionOptions) => (stack: Stack) => flowFrom(profiles(stack, reference, options, provisioning)[0]);

  test('reach AppFlow, and nobody else', async () => {
    await deploy(everyWay());
    const arn = expect.stringMatching(/^arn:aws:secretsmanager:/);
    const { refreshToken, accessToken, jwtToken, authCode, clientSecret } = CANARIES;
    expect(received).toEqual({
      'CreateConnectorProfile RefreshToken': { refreshToken, clientCredentialsArn: arn },
      'CreateConnectorProfile AccessToken': { accessToken },
      'CreateConnectorProfile JwtBearer': { jwtToken, clientCredentialsArn: arn, oAuth2GrantType: 'JWT_BEARER' },
      'CreateConnectorProfile AuthorizationCode': {
        oAuthRequest: { authCode, redirectUri: 'https://acme.example/callback' },
        accessToken,
        refreshToken,
        clientCredentialsArn: arn,
        oAuth2GrantType: 'AUTHORIZATION_CODE',
      },
    });
    const { clientCredentialsArn } = received['CreateConnectorProfile JwtBearer'];
    expect(JSON.parse(cloud.secrets.value(clientCredentialsArn))).toEqual({ clientId: CLIENT_ID, clientSecret });

    await logged('Custom::AppFlowFlowActivation');
    const places = said();
    const some = ['manifest.json', 'tree.json', 'Stack.template.json', 'Stack.assets.json', 'cdk.out'];
    expect(Object.keys(places)).toEqual(expect.arrayContaining(some));
    expect(places['the outputs']).toContain('JwtBearerSecret');
    expect(JSON.parse(places.DescribeConnectorProfiles).connectorProfileDetails).toHaveLength(4);
    expect(leaks(places)).toEqual([]);
  });

  test('reach AppFlow again with a change, and go with the stack, and nobody else sees them', async () => {
    await deploy(everyWay());
    await deploy(everyWay({ sandbox: true }));
    expect(received['UpdateConnectorProfile JwtBearer'].jwtToken).toEqual(CANARIES.jwtToken);
    expect(leaks(said())).toEqual([]);
    await cloud.destroy('Stack');
    expect(cloud.appflow.profiles.size).toEqual(0);
    expect(leaks(said())).toEqual([]);
  });

  const kinds: FaultKind[] = ['access-denied', 'internal-error', 'throttle', 'timeout', 'lost-response'];
  test.each(kinds)('are in no message when CreateConnectorProfile fails: %s', async (kind) => {
    cloud.faults.inject({ service: 'appflow', operation: 'CreateConnectorProfile', kind, times: 100 });
    // A handler goes on asking while it has time.
    cloud.lambda.maximumTimeoutSeconds = 3;
    const failure = await failureOf(everyWay());
    expect(failure.reasons).toContainEqual(expect.stringContaining(isByHandler ? 'appflow-constructs:' : kind));
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message when Salesforce does not take them', async () => {
    accepted = false;
    const failure = await failureOf(everyWay());
    expect(failure.reasons).toContainEqual(expect.stringContaining('authenticating with the connector endpoint'));
    expect(received).not.toEqual({});
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message though Salesforce repeats them', async () => {
    answer = (credentials) => `invalid_grant: refresh_token=${credentials.refreshToken}, ${JSON.stringify(credentials)}`;
    const failure = await failureOf((stack) => {
      new ConnectorProfile(stack, 'Profile', {
        provisioning,
        connection: SalesforceConnection.refreshToken({ refreshToken: reference('refreshToken'), accessToken: reference('accessToken') }),
      });
    });
    expect(Object.values(received)).toEqual([{ refreshToken: CANARIES.refreshToken, accessToken: CANARIES.accessToken }]);
    expect(failure.reasons).toContainEqual(expect.stringContaining('invalid_grant'));
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message when they cannot be tokens', async () => {
    const failure = await failureOf((stack) => {
      new ConnectorProfile(stack, 'Profile', { provisioning, connection: SalesforceConnection.accessToken({ accessToken: reference('brokenToken') }) });
    });
    expect(Object.values(received)).toEqual([{ accessToken: CANARIES.brokenToken }]);
    expect(failure.reasons).toContainEqual(expect.stringContaining('accessToken'));
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message when the secret lacks what is referred to', async () => {
    const failure = await failureOf((stack) => {
      new ConnectorProfile(stack, 'Profile', { provisioning, connection: SalesforceConnection.accessToken({ accessToken: reference('absent') }) });
    });
    expect(failure.reasons).toContainEqual(expect.stringContaining(isByHandler ? "has no field 'absent'" : 'JSONKey'));
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message when the connected app is to sign in by itself', async () => {
    const failure = await failureOf((stack) => {
      const secret = new Secret(stack, 'ConnectedApp', { secretObjectValue: { clientSecret: reference('clientSecret') } });
      new ConnectorProfile(stack, 'Profile', { provisioning, connection: SalesforceConnection.clientCredentials({ clientCredentials: secret }) });
    });
    expect(Object.values(received)).toEqual([{ clientCredentialsArn: expect.stringMatching(/^arn:/), oAuth2GrantType: 'CLIENT_CREDENTIALS' }]);
    expect(failure.reasons).toContainEqual(expect.stringContaining('AuthCode cannot be blank'));
    expect(leaks(said(failure))).toEqual([]);
  });

  test('are in no message when the flow cannot be activated', async () => {
    // The handler waits for permissions that may be on their way, but not for long if it has little time.
    cloud.lambda.maximumTimeoutSeconds = 4;
    cloud.faults.inject({ service: 'appflow', operation: 'StartFlow', kind: 'access-denied', times: 100 });
    const failure = await failureOf(everyWay());
    expect(failure.reasons).toContainEqual(expect.stringContaining('appflow-constructs:flow-not-'));
    await logged('appflow-constructs:flow-not-');
    expect(leaks(said(failure))).toEqual([]);
  });
});

test('the template holds no dynamic reference of a profile that the custom resource makes, since CloudFormation would resolve it', () => {
  const outdir = synthesize((stack) => void new ConnectorProfile(stack, 'Profile', {
    provisioning: Provisioning.byCustomResource(), connection: SalesforceConnection.accessToken({ accessToken: reference('accessToken') }),
  }));
  const { Resources } = JSON.parse(filesIn(outdir)['Stack.template.json']);
  expect(JSON.stringify(Resources)).not.toContain('{{resolve:');
  expect(JSON.stringify(Resources)).toContain('"resolve:secretsmanager":"vault:SecretString:accessToken::"');
});

describe('credentials in plain text', () => {
  let files: Record<string, string>;
  beforeAll(() => {
    const outdir = synthesize((stack) => flowFrom(profiles(stack, plain)[0]));
    files = filesIn(outdir);
  });

  test('stand in the template where the profile has them, and nowhere else', () => {
    const { Resources, ...rest } = JSON.parse(files['Stack.template.json']);
    expect(leaks({ rest: JSON.stringify(rest) })).toEqual([]);
    const found = pathsOf(Resources, (value) => leaks({ here: value }).length > 0)
      .map((path) => path.join('.').replace(/^ConnectedApp[^.]*/, 'ConnectedApp'));
    const credentials = 'Properties.ConnectorProfileConfig.ConnectorProfileCredentials.Salesforce';
    expect(found.sort()).toEqual([
      // The author of the stack has put this one there.
      'ConnectedApp.Properties.SecretString',
      `${idOf(Resources, 'AccessToken')}.${credentials}.AccessToken`,
      `${idOf(Resources, 'AuthorizationCode')}.${credentials}.AccessToken`,
      `${idOf(Resources, 'AuthorizationCode')}.${credentials}.ConnectorOAuthRequest.AuthCode`,
      `${idOf(Resources, 'AuthorizationCode')}.${credentials}.RefreshToken`,
      `${idOf(Resources, 'JwtBearer')}.${credentials}.JwtToken`,
      `${idOf(Resources, 'RefreshToken')}.${credentials}.RefreshToken`,
    ].sort());
  });

  test('stand in no other file, but for the CDK\'s copy of the properties', () => {
    const { 'Stack.template.json': template, 'tree.json': tree, ...others } = files;
    expect(Object.keys(others)).toEqual(expect.arrayContaining(['manifest.json', 'Stack.assets.json', 'cdk.out']));
    expect(leaks(others)).toEqual([]);
    const found = pathsOf(JSON.parse(tree), (value) => leaks({ here: value }).length > 0);
    expect(found.filter((path) => !path.includes('aws:cdk:cloudformation:props'))).toEqual([]);
  });

  test('are warned of by their names', () => {
    const warnings = Object.entries(files).filter(([name]) => /^(manifest|.*\.metadata)\.json$/.test(name)).map(([, content]) => content).join('\n');
    expect(warnings).toContain('appflow-constructs:credential-in-plain-text');
    for (const name of ['refreshToken', 'accessToken', 'jwtToken', 'authCode']) {
      expect(warnings).toContain(`the credential '${name}' stands in the template in plain text`);
    }
    expect(leaks({ warnings })).toEqual([]);
  });
});

test('the snapshots hold no credential that a test has written out', () => {
  const tests = filesIn(__dirname, (name) => name.endsWith('.ts'));
  const literals = Object.values(tests).flatMap((source) => [...source.matchAll(/unsafePlainText\('([^']+)'\)/g)].map(([, literal]) => literal));
  expect(literals).toContain('5Aep861');
  const snapshots = Object.assign({}, ...['test', 'examples', 'lib'].map((root) => filesIn(join(ROOT, root), (name) => name.endsWith('.snap'))));
  const all = Object.values(snapshots).join('\n');
  expect(all).toContain('credential-in-plain-text');
  expect(literals.filter((literal) => all.includes(literal))).toEqual([]);
  expect(leaks(snapshots)).toEqual([]);
});

test.each(Object.entries(CANARIES))('the search would notice the %s', (name, value) => {
  const found = [`${name} in place`];
  expect(leaks({ place: `{"Reason": "bad token ${value}"}` })).toEqual(found);
  expect(leaks({ place: `cut off: ${value.slice(0, -5)}` })).toEqual(found);
  expect(leaks({ place: encodeURIComponent(`token=${value}`) })).toEqual(found);
  for (const before of ['', 'a', 'ab']) {
    expect(leaks({ place: Buffer.from(`${before}${value}.`).toString('base64') })).toEqual(found);
  }
  expect(leaks({ place: 'nothing' })).toEqual([]);
});

/** The paths to the texts in a value that satisfy a condition. */
function pathsOf(value: unknown, wanted: (text: string) => boolean, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => [
      ...wanted(key) ? [[...path, `(the key ${key})`]] : [],
      ...pathsOf(member, wanted, [...path, key]),
    ]);
  }
  return wanted(String(value)) ? [path] : [];
}

function idOf(resources: Record<string, any>, profileName: string): string {
  return Object.keys(resources).find((id) => resources[id].Properties?.ConnectorProfileName === profileName)!;
}
