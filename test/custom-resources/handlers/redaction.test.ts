import { redact } from '../../../lib/custom-resources/handlers/redaction';

test.each([
  ['https://b.s3.amazonaws.com/k?X-Amz-Credential=abc%2F1&X-Amz-Signature=0f&x=1', 'https://b.s3.amazonaws.com/k?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&x=1'],
  ['AWS4-HMAC-SHA256 Credential=abc/2026/x, SignedHeaders=host, Signature=0f0f', 'AWS4-HMAC-SHA256 Credential=[redacted], SignedHeaders=host, Signature=[redacted]'],
  ['key AKIAIOSFODNN7EXAMPLE is unknown', 'key [redacted] is unknown'],
  ['Authorization: Bearer eyJhbGciOi.abc', 'Authorization: Bearer [redacted]'],
  ['{"refresh_token":"5Aep861","clientSecret": "s3cr3t!"}', '{"refresh_token":"[redacted]","clientSecret": "[redacted]"}'],
  ['password=hunter22&grant_type=password', 'password=[redacted]&grant_type=password'],
  ['{"apiSecretKey":"s3cr3t!","apiToken": "dt0c01","secretAccessKey":"wJalr"}', '{"apiSecretKey":"[redacted]","apiToken": "[redacted]","secretAccessKey":"[redacted]"}'],
  ['datakey=abcde&applicationKey=fghij&jwt_token=klmno&patToken=pqrst', 'datakey=[redacted]&applicationKey=[redacted]&jwt_token=[redacted]&patToken=[redacted]'],
  ["flow 'Orders' could not be activated: the token of the profile has expired", "flow 'Orders' could not be activated: the token of the profile has expired"],
  ['arn:aws:appflow:eu-west-1:111122223333:flow/Orders', 'arn:aws:appflow:eu-west-1:111122223333:flow/Orders'],
])('%s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('given secrets, as they are and as URLs spell them', () => {
  expect(redact('one a+b/c two a%2Bb%2Fc three', 'a+b/c', undefined, '')).toBe('one [redacted] two [redacted] three');
});
