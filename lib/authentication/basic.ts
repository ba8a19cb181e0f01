import type { SecretValue } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderSecret } from './credential';

/** Sign-in with the name and password of a user. */
export interface BasicAuthOptions {
  /** The name of the user. */
  readonly username: string;

  /** The password of the user. */
  readonly password: SecretValue;
}

/** Renders name and password in the API's words. */
export function renderBasic(scope: Construct, { username, password }: BasicAuthOptions): Record<string, unknown> {
  return { username, password: renderSecret(scope, 'password', password) };
}
