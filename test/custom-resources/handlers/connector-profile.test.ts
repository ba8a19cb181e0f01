import { CustomResource, customResourceEvent } from './custom-resource';
import { type Fault, InMemoryAppFlow, lost, refused } from './in-memory-appflow';
import { ResponseBucket } from './response-bucket';
import { SimulatedTime } from './simulated-time';
import { answer, CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';
import { provideConnectorProfile } from '../../../lib/custom-resources/handlers/connector-profile';
import type { SecretStore, SecretVersion } from '../../../lib/custom-resources/handlers/secrets-manager';
import { ServiceError } from '../../../lib/custom-resources/handlers/service';

const TOKEN = 'canary"token\\with/escapes';
const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:vault-AbCdEf';
const SECRETS: Record<string, string | undefined> = {
  vault: JSON.stringify({ token: TOKEN, other: 'canary-other', number: 7 }), [ARN]: 'canary-text', binary: undefined, text: 'canary-no-json',
};

const bucket = new ResponseBucket();
let appflow: InMemoryAppFlow;
let resource: CustomResource;
let asked: [string, SecretVersion][];
const secrets: SecretStore = {
  async value(id, version) {
    asked.push([id, version]);
    if (!Object.hasOwn(SECRETS, id)) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.", false);
    }
    return SECRETS[id];
  },
};

async function deliver(event: CustomResourceEvent) {
  await answer({ ...event, ResponseURL: bucket.url }, { getRemainingTimeInMillis: () => 30_000 },
    (request, _, trail) => provideConnectorProfile(request, appflow, secrets, new SimulatedTime(), trail));
  return bucket.answer;
}

interface Given {
  readonly name?: string;
  readonly reference?: string;
  readonly connectorType?: string;
  readonly connectorLabel?: string;
  readonly kmsArn?: string;
  readonly connectionMode?: string;
}

function profile({ name = 'crm', reference = 'vault:SecretString:token::', ...others }: Given = {}) {
  return {
    Profile: {
      connectorProfileName: name,
      connectorType: 'Honeycode',
      connectionMode: 'Public',
      ...others,
      connectorProfileConfig: {
        connectorProfileCredentials: { Honeycode: { accessToken: { 'resolve:secretsmanager': reference } } },
        connectorProfileProperties: { Honeycode: {} },
      },
    },
  };
}

beforeAll(() => bucket.open());
afterAll(() => bucket.close());
let output: string;
beforeEach(() => {
  output = '';
  bucket.puts.length = 0;
  asked = [];
  jest.spyOn(console, 'log').mockImplementation(line => (output += line));
  appflow = new InMemoryAppFlow();
  resource = new CustomResource('Custom::AppFlowConnectorProfile', deliver);
});
afterEach(() => {
  expect([output, ...bucket.puts.map(({ body }) => body)].join('\n')).not.toMatch(/canary/);
});

const names = () => [...appflow.profiles.keys()];
const credentials = (name: string) => (appflow.profiles.get(name) as any)?.connectorProfileConfig.connectorProfileCredentials.Honeycode;

describe('credentials are read from Secrets Manager', () => {
  test.each<[string, string, string, [string, SecretVersion]]>([
    ['a field of a secret', 'vault:SecretString:token::', TOKEN, ['vault', {}]],
    ['a field that is a number', 'vault:SecretString:number::', '7', ['vault', {}]],
    ['a secret by its ARN', `${ARN}:SecretString:::`, 'canary-text', [ARN, {}]],
    ['a stage', `${ARN}:SecretString::AWSPREVIOUS:`, 'canary-text', [ARN, { versionStage: 'AWSPREVIOUS' }]],
    ['a version', 'vault:SecretString:token::1a2b', TOKEN, ['vault', { versionId: '1a2b' }]],
    ['a secret, and nothing else', 'text', 'canary-no-json', ['text', {}]],
  ])('%s', async (_, reference, value, read) => {
    expect(await resource.deploy(profile({ reference }))).toMatchObject({ Status: 'SUCCESS' });
    expect(credentials('crm')).toEqual({ accessToken: value });
    expect(asked).toEqual([read]);
  });

  test.each([
    ['nobody:SecretString:token::', "the secret 'nobody' could not be read: Secrets Manager answered ResourceNotFoundException to GetSecretValue"],
    ['binary:SecretString:::', "the secret 'binary' holds no text"],
    ['text:SecretString:token::', "the secret 'text' is not JSON, so it has no field 'token'"],
    ['vault:SecretString:absent::', "the secret 'vault' has no field 'absent'"],
  ])('or what is wrong with them is said: %s', async (reference, reason) => {
    const result = await resource.deploy(profile({ reference }));
    expect(result.Reason).toContain(reason);
    expect(result).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/unchanged$/) });
    expect(result.Reason).toMatch(/\(appflow-constructs:secret-not-read\)$/);
    expect(appflow.calls).toEqual([]);
  });

  test.each([
    ['as it is', TOKEN],
    ['in JSON', JSON.stringify(TOKEN)],
    ['in a URL', encodeURIComponent(TOKEN)],
    ['in base64', Buffer.from(TOKEN).toString('base64')],
    ['where the message is cut', `${'x'.repeat(490)} ${TOKEN}`],
  ])('and are in no message, though AppFlow repeats them %s', async (_, text) => {
    appflow.inject({ operation: 'createProfile', error: refused('ConnectorAuthenticationException', `invalid_grant: ${text}`) });
    const { Reason } = await resource.deploy(profile());
    expect(Reason).toContain('look whether the application takes the credentials in Secrets Manager');
    expect(Reason).not.toContain('escapes');
    expect(Reason).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 8));
  });
});

describe('a connector profile is created', () => {
  test('with its attributes', async () => {
    const { PhysicalResourceId, Data } = await resource.deploy(profile());
    expect(PhysicalResourceId).toMatch(/^crm~[0-9a-f]{16}$/);
    expect(Data).toEqual({ ConnectorProfileName: 'crm', ConnectorProfileArn: 'arn of crm', CredentialsArn: 'credentials of crm' });
  });

  test('once, also when its Create is delivered to another process', async () => {
    await resource.deploy(profile());
    await provideConnectorProfile(resource.events[0], appflow, secrets, new SimulatedTime(), { subject: '', trace: 'unchanged' });
    expect(names()).toEqual(['crm']);
  });

  test.each([true, false])('though CreateConnectorProfile gets lost, carried out: %s', async afterEffect => {
    appflow.inject({ operation: 'createProfile', error: lost(), afterEffect });
    expect(await resource.deploy(profile())).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual(['crm']);
  });

  test.each<[string, Fault[]]>([
    ['nobody knows whether it was created', [{ operation: 'createProfile', error: lost(), afterEffect: true, lasting: true }]],
    ['it cannot be looked at', [{ operation: 'describeProfile', nth: 2, error: refused('AccessDeniedException') }]],
  ])('and deleted again, when %s', async (_, faults) => {
    faults.forEach(fault => appflow.inject(fault));
    expect(await resource.deploy(profile())).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/started$/) });
    expect(names()).toEqual([]);
  });

  test('unless there is one of its name, which is left alone', async () => {
    appflow.profiles.set('crm', { connectorProfileName: 'crm', owner: 'them' });
    expect((await resource.deploy(profile())).Reason).toMatch(/'crm' exists already.*\(appflow-constructs:connector-profile-exists\)$/);
    expect(appflow.profiles.get('crm')).toMatchObject({ owner: 'them' });
  });
});

describe('a connector profile is changed', () => {
  test('with what the secrets hold then', async () => {
    await resource.deploy(profile());
    await resource.deploy(profile({ reference: 'vault:SecretString:other::', connectionMode: 'Private' }));
    expect(credentials('crm')).toEqual({ accessToken: 'canary-other' });
    expect(appflow.changes).toEqual(['createProfile crm', 'updateProfile crm']);
  });

  test('back, when the change is rolled back', async () => {
    await resource.deploy(profile());
    await resource.deploy(profile({ reference: 'vault:SecretString:other::' }), { failsElsewhere: true });
    expect(credentials('crm')).toEqual({ accessToken: TOKEN });
  });

  test('with what AppFlow said, when it refuses', async () => {
    await resource.deploy(profile());
    appflow.inject({ operation: 'updateProfile', error: refused('ValidationException', 'bad') });
    expect((await resource.deploy(profile({ reference: 'vault:SecretString:other::' }))).Reason).toMatch(/\(appflow-constructs:connector-profile-not-updated\)$/);
    expect(credentials('crm')).toEqual({ accessToken: TOKEN });
  });
});

describe('a connector profile is replaced', () => {
  beforeEach(async () => {
    await resource.deploy(profile());
  });

  test('by one of another name, again and again', async () => {
    for (const name of ['second', 'third', 'crm', 'second']) {
      await resource.deploy(profile({ name }));
      expect(names()).toEqual([name]);
    }
  });

  test('and is there again when that is rolled back, without a new sign-in', async () => {
    await resource.deploy(profile({ name: 'second' }));
    await resource.deploy(profile({ name: 'third' }), { failsElsewhere: true });
    expect(names()).toEqual(['second']);
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
    expect(appflow.changes.filter(call => call.startsWith('updateProfile'))).toEqual([]);
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual([]);
  });

  test.each<Given>([{ connectorType: 'Salesforce' }, { connectorLabel: 'Label' }, { kmsArn: 'key' }])('but not under its name: %j', async change => {
    const result = await resource.deploy(profile(change));
    expect(result.Reason).toContain('A profile also needs another name for another connector, for another key');
    expect(resource.answers.at(-1)!.Status).toBe('SUCCESS');
    expect(names()).toEqual(['crm']);
    expect(await resource.deploy(profile({ ...change, name: 'second' }))).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual(['second']);
  });

  test('and is there still when the new one cannot be created', async () => {
    appflow.inject({ operation: 'createProfile', error: lost(), afterEffect: true, lasting: true });
    expect(await resource.deploy(profile({ name: 'second' }))).toMatchObject({ Status: 'FAILED' });
    expect(names()).toEqual(['crm']);
  });

  test('unless there is one of the other name, which is left alone', async () => {
    appflow.profiles.set('theirs', { connectorProfileName: 'theirs' });
    expect((await resource.deploy(profile({ name: 'theirs' }))).Reason).toContain('connector-profile-exists');
    expect(names()).toEqual(['crm', 'theirs']);
  });
});

describe('a connector profile is deleted', () => {
  test('if it is there', async () => {
    await resource.deploy(profile());
    appflow.profiles.clear();
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
  });

  test.each([true, false])('though DeleteConnectorProfile gets lost, carried out: %s', async afterEffect => {
    await resource.deploy(profile());
    appflow.inject({ operation: 'deleteProfile', error: lost(), afterEffect });
    expect(await resource.destroy()).toMatchObject({ Status: 'SUCCESS' });
    expect(names()).toEqual([]);
  });

  test('but not one that this resource did not create', async () => {
    appflow.profiles.set('crm', { connectorProfileName: 'crm' });
    for (const PhysicalResourceId of ['Stack-Resource-1A2B3C', 'crm', 'crm~another']) {
      await deliver(customResourceEvent({ RequestType: 'Delete', PhysicalResourceId, ResourceProperties: profile() }));
    }
    expect(names()).toEqual(['crm']);
  });
});
