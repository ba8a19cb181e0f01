const REDACTED = '[redacted]';

/** The process's own credentials, which an SDK error could repeat. */
const OWN_CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN'];

/** What credentials are called, by AppFlow and by those that it signs in to. */
const NAMES = [
  '(?:access|refresh|id|session|security|api|jwt|pat|personal_?access)?_?token',
  'client_?secret',
  '(?:api_?)?secret_?key',
  'secret_?access_?key',
  'secret',
  'password',
  '(?:api|application|data)_?key',
  'auth_?code',
].join('|');

const PATTERNS: [RegExp, string][] = [
  // Signed URLs, and the Authorization header of signature version 4.
  [/\b(X-Amz-(?:Signature|Credential|Security-Token)|Signature|Credential|AWSAccessKeyId)=[^&\s"',]+/gi, `$1=${REDACTED}`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  // What a vendor's sign-in error may repeat through AppFlow: `refresh_token=…`, `"clientSecret": "…"`, `password: …`.
  [new RegExp(`\\b(${NAMES})(["']?\\s*[=:]\\s*["']?)[^\\s"'&,;]{4,}`, 'gi'), `$1$2${REDACTED}`],
];

/** Takes out of a text whatever is, or looks like, a credential, and the given secrets. */
export function redact(text: string, ...secrets: (string | undefined)[]): string {
  const known = [...secrets, ...OWN_CREDENTIALS.map(name => process.env[name])]
    .filter((secret): secret is string => secret !== undefined && secret.length >= 4)
    .flatMap(secret => [secret, encodeURIComponent(secret)])
    .sort((a, b) => b.length - a.length);
  const withoutKnown = known.reduce((result, secret) => result.split(secret).join(REDACTED), text);
  return PATTERNS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), withoutKnown);
}
