import { DynamicReferences } from './dynamic-references';
import { Secrets } from '../secrets';
import { SsmService } from '../ssm';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:crm/tokens-A1b2C3';

function references(): DynamicReferences {
  const secrets = new Secrets();
  secrets.put(ARN, 'crm/tokens', '{"token":"hush","port":5432}');
  const ssm = new SsmService();
  ssm.put('/name', 'orders');
  return new DynamicReferences(secrets, ssm);
}

test.each([
  ['by name', '{{resolve:secretsmanager:crm/tokens:SecretString:token}}', 'hush'],
  ['by ARN', `{{resolve:secretsmanager:${ARN}:SecretString:token::}}`, 'hush'],
  ['by ARN without its last characters', `{{resolve:secretsmanager:${ARN.slice(0, -7)}:SecretString:token:AWSCURRENT}}`, 'hush'],
  ['as a whole', '{{resolve:secretsmanager:crm/tokens}}', '{"token":"hush","port":5432}'],
  ['a number', '{{resolve:secretsmanager:crm/tokens:SecretString:port}}', '5432'],
  ['within text', 'a {{resolve:ssm:/name:1}} b {{resolve:ssm:/name}}', 'a orders b orders'],
])('a value is found %s', (_, reference, value) => {
  expect(references().resolve({ deep: [reference] })).toEqual({ deep: [value] });
});

test.each([
  ['{{resolve:ssm-secure:x:1}}', 'ssm-secure'],
  ['{{resolve:secretsmanager:crm/tokens:SecretString:token:AWSPREVIOUS}}', 'AWSPREVIOUS'],
  ['{{resolve:secretsmanager:none}}', "can't find the specified secret"],
  ['{{resolve:secretsmanager:crm/tokens:SecretString:none}}', 'JSONKey'],
])('%s is refused', (reference, message) => {
  expect(() => references().resolve(reference)).toThrow(message);
});

test('what was resolved is struck out of messages', () => {
  const found = references();
  found.resolve('{{resolve:secretsmanager:crm/tokens:SecretString:token}}');
  expect(found.redact("Value 'hush' is bad")).toBe("Value '****' is bad");
});
