import { Secrets } from '../secrets';
import { SsmService } from '../ssm';
import { invalid } from './template';

const REFERENCE = /\{\{resolve:([a-z-]+):(.*?)\}\}/g;

/**
 * Resolves dynamic references at the moment a handler needs them:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 * Resolved secrets are remembered only to strike them out of messages.
 */
export class DynamicReferences {
  private readonly resolved = new Set<string>();

  constructor(private readonly secrets: Secrets, private readonly ssm: SsmService) {}

  resolve(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replace(REFERENCE, (_, service: string, reference: string) => this.lookUp(service, reference));
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.resolve(item));
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.resolve(member)]));
    }
    return value;
  }

  /** A message without the secrets that were resolved. */
  redact(message: string): string {
    return [...this.resolved].sort((a, b) => b.length - a.length).reduce((text, secret) => text.replaceAll(secret, '****'), message);
  }

  private lookUp(service: string, reference: string): string {
    switch (service) {
      case 'ssm':
        return this.ssm.get(reference.replace(/:\d+$/, ''));
      case 'secretsmanager':
        return this.secret(reference);
      default:
        throw invalid(`the local cloud does not resolve dynamic references to ${service}`);
    }
  }

  private secret(reference: string): string {
    const parts = reference.split(':');
    const idLength = parts[0] === 'arn' ? 7 : 1;
    const id = parts.slice(0, idLength).join(':');
    const [kind = 'SecretString', key = '', stage = ''] = parts.slice(idLength);
    if (kind !== 'SecretString' || !['', 'AWSCURRENT'].includes(stage)) {
      throw invalid(`the local cloud resolves the current SecretString of a secret only, not ${kind}:${key}:${stage}`);
    }
    const value = this.secrets.value(id);
    const text = key === '' ? value : memberOf(value, key, id);
    if (text !== '') {
      this.resolved.add(text);
    }
    return text;
  }
}

/** Secure values may not be referred to in custom resources: dynamic references, general considerations. */
export function refuseSecureReferences(logicalId: string, properties: unknown): void {
  if (/\{\{resolve:(secretsmanager|ssm-secure):/.test(JSON.stringify(properties) ?? '')) {
    throw invalid(`dynamic references to secure values are not supported in custom resources: ${logicalId}`);
  }
}

function memberOf(secret: string, key: string, id: string): string {
  let members: unknown;
  try {
    members = JSON.parse(secret);
  } catch {
    throw invalid(`Could not parse SecretString JSON of the secret ${id}`);
  }
  const value = (members as Record<string, unknown> | null)?.[key];
  if (value === undefined) {
    throw invalid(`Could not find a value associated with JSONKey in SecretString of the secret ${id}`);
  }
  return String(value);
}
