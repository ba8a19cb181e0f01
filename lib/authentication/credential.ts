import { type SecretValue, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AppFlowError } from '../private/errors';
import { decide, warn } from '../private/report';

interface GivenCredential {
  readonly name: string;
  readonly secret: SecretValue;
}

/** The credentials of each connector profile. They go with the profiles. */
const given = new WeakMap<Construct, GivenCredential[]>();

/** The credentials that a scope was given, of which the values themselves no longer tell that they are credentials. */
export function credentialsOf(scope: Construct): readonly GivenCredential[] {
  return given.get(scope) ?? [];
}

/**
 * Renders a credential for the template, where it belongs only as a dynamic reference or a parameter.
 *
 * @param name what the credential is called in the API, for the message; its value is in none
 */
export function renderSecret(scope: Construct, name: string, secret: SecretValue | undefined): string | undefined {
  if (secret === undefined) {
    return undefined;
  }
  // Types forbid it, but not in every language.
  if (typeof secret === 'string') {
    throw new AppFlowError('credential-no-secret-value', {
      what: `the credential '${name}' is a text, which would stand in the template in plain text`,
      allowed: 'a SecretValue',
      remedy: 'keep it in AWS Secrets Manager, and give SecretValue.secretsManager or the secretValue of a secret',
    }, scope);
  }
  given.set(scope, [...credentialsOf(scope), { name, secret }]);
  const value: unknown = Stack.of(scope).resolve(secret);
  if (typeof value === 'string' && !value.includes('{{resolve:')) {
    warn(scope, 'credential-in-plain-text', {
      what: `the credential '${name}' stands in the template in plain text, where everyone who may read the template can read it`,
      allowed: 'a dynamic reference, or a parameter with noEcho',
      remedy: 'keep it in AWS Secrets Manager, and give SecretValue.secretsManager or the secretValue of a secret',
    });
    // The rule says the same of what stands in a template.
    decide(scope, 'credential-in-template');
  }
  // AppFlow's own resource is where the credential belongs.
  return secret.unsafeUnwrap();
}
