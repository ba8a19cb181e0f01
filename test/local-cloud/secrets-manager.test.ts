import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LocalCloud } from './local-cloud';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:vault-AbCdEf';
const ROLE = 'arn:aws:iam::111111111111:role/reader';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await LocalCloud.start();
  cloud.secrets.put(ARN, 'vault', 'a text');
  cloud.identities.createRole('reader', ROLE);
});
afterAll(async () => cloud.stop());

async function read(SecretId: string, accessKeyId = 'local'): Promise<string | undefined> {
  const client = new SecretsManagerClient({
    endpoint: cloud.endpoint, region: cloud.region, credentials: { accessKeyId, secretAccessKey: 'local' }, maxAttempts: 1,
  });
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  } finally {
    client.destroy();
  }
}

test.each(['vault', ARN, ARN.slice(0, -7)])('a secret is read by %s', async (id) => {
  expect(await read(id)).toBe('a text');
});

test('one that is not there is not found', async () => {
  await expect(read('other')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a role reads what it may', async () => {
  const key = cloud.identities.issueKey(ROLE);
  await expect(read('vault', key)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  cloud.identities.putPolicy('reader', 'inline', { Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: `${ARN.slice(0, -6)}??????` } });
  expect(await read('vault', key)).toBe('a text');
});
