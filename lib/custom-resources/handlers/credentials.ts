import { CustomResourceError, ErrorCode } from './errors';
import type { SecretStore } from './secrets-manager';
import type { ServiceError } from './service';

/** The one member of a structure that stands for a credential: its value says where in Secrets Manager the credential is. */
const REFERENCE = 'resolve:secretsmanager';

/** Puts credentials in the places of their references. What it has read must be in no message. */
export class Credentials {
  private readonly secrets = new Map<string, Promise<string>>();
  private readonly read = new Set<string>();

  constructor(private readonly store: SecretStore) {}

  /** What was read, in the forms in which it may come back. */
  public get values(): string[] {
    return [...this.read].flatMap(value => [value, JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64')]);
  }

  public async resolve(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) {
      return Promise.all(value.map(async element => this.resolve(element)));
    }
    if (typeof value !== 'object' || value === null) {
      return value;
    }
    const reference = (value as Record<string, unknown>)[REFERENCE];
    if (typeof reference === 'string') {
      return this.lookUp(reference);
    }
    return Object.fromEntries(await Promise.all(Object.entries(value).map(async ([name, member]) => [name, await this.resolve(member)] as const)));
  }

  /** A reference is spelled as in CloudFormation's dynamic references: `secret-id:SecretString:json-key:version-stage:version-id`. */
  private async lookUp(reference: string): Promise<string> {
    const parts = reference.split(':');
    const idLength = parts[0] === 'arn' ? 7 : 1;
    const id = parts.slice(0, idLength).join(':');
    const [, key, versionStage, versionId] = parts.slice(idLength);
    const secret = await this.secret(id, versionStage || undefined, versionId || undefined);
    const value = key ? memberOf(secret, key, id) : secret;
    this.read.add(value);
    return value;
  }

  private async secret(id: string, versionStage: string | undefined, versionId: string | undefined): Promise<string> {
    const place = [id, versionStage, versionId].join('\n');
    const text = this.secrets.get(place) ?? this.fetch(id, versionStage, versionId);
    this.secrets.set(place, text);
    return text;
  }

  private async fetch(id: string, versionStage: string | undefined, versionId: string | undefined): Promise<string> {
    let text: string | undefined;
    try {
      text = await this.store.value(id, { versionStage, versionId });
    } catch (error) {
      const { reason } = error as ServiceError;
      throw new CustomResourceError(ErrorCode.SECRET_NOT_READ, `the secret '${id}' could not be read: Secrets Manager answered ${reason} to GetSecretValue; `
        + 'look whether the secret exists, and whether its policy and that of its key let this account read it, and deploy again');
    }
    if (text === undefined) {
      throw new CustomResourceError(ErrorCode.SECRET_NOT_READ, `the secret '${id}' holds no text; keep the credential as its SecretString`);
    }
    this.read.add(text);
    return text;
  }
}

/** The parser's own message would quote the secret. */
function memberOf(secret: string, key: string, id: string): string {
  let members: unknown;
  try {
    members = JSON.parse(secret);
  } catch {
    throw new CustomResourceError(ErrorCode.SECRET_NOT_READ, `the secret '${id}' is not JSON, so it has no field '${key}'; correct the secret, or leave jsonField out`);
  }
  const value = (members as Record<string, unknown> | null)?.[key];
  if (value === undefined || value === null) {
    throw new CustomResourceError(ErrorCode.SECRET_NOT_READ, `the secret '${id}' has no field '${key}'; add the field to the secret, or correct jsonField`);
  }
  return String(value);
}
