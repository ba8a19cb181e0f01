import { ServiceError } from './service';

/** The secrets of the local cloud. Their values are read by the engine, to resolve dynamic references, and through the API. */
export class Secrets {
  private readonly secrets = new Map<string, { readonly name: string; value: string }>();

  get arns(): string[] {
    return [...this.secrets.keys()];
  }

  put(arn: string, name: string, value: string): void {
    const taken = [...this.secrets].find(([other, secret]) => secret.name === name && other !== arn);
    if (taken) {
      throw new ServiceError('ResourceExistsException', `the secret ${name} already exists`);
    }
    this.secrets.set(arn, { name, value });
  }

  has(id: string): boolean {
    return this.find(id) !== undefined;
  }

  /** The value of a secret, by its name or by its ARN with or without the six characters that Secrets Manager adds. */
  value(id: string): string {
    const secret = this.find(id);
    if (!secret) {
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    }
    return secret.value;
  }

  arnOf(id: string): string {
    const secret = this.find(id);
    return [...this.secrets].find(([, other]) => other === secret)?.[0] ?? id;
  }

  delete(arn: string): void {
    this.secrets.delete(arn);
  }

  private find(id: string): { readonly value: string } | undefined {
    return this.secrets.get(id)
      ?? [...this.secrets].find(([arn, { name }]) => name === id || arn.replace(/-[^-]{6}$/, '') === id)?.[1];
  }
}
