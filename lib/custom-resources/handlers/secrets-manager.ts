import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Deadline } from './deadline';
import { ServiceCalls } from './service';

/** Which value of a secret is meant. */
export interface SecretVersion {
  readonly versionStage?: string;
  readonly versionId?: string;
}

/** What the handlers need of Secrets Manager. Every call rejects with a `ServiceError` only. */
export interface SecretStore {
  /** The text of a secret, or undefined where it holds none. */
  value(secretId: string, version: SecretVersion): Promise<string | undefined>;
}

/** Secrets Manager through the SDK, within the time of one invocation. The client is made when the first secret is asked for. */
export class SecretsManagerService implements SecretStore {
  private readonly calls: ServiceCalls;
  private client?: SecretsManagerClient;

  /**
   * @param permissionsAreNew whether the deployment may just have granted the permissions, so that a denial can pass by itself
   */
  constructor(deadline: Deadline, permissionsAreNew: boolean) {
    this.calls = new ServiceCalls(deadline, permissionsAreNew);
  }

  public async value(secretId: string, { versionStage, versionId }: SecretVersion): Promise<string | undefined> {
    const client = this.client ??= new SecretsManagerClient(this.calls.configuration);
    const command = new GetSecretValueCommand({ SecretId: secretId, VersionStage: versionStage, VersionId: versionId });
    return this.calls.make(async abortSignal => (await client.send(command, { abortSignal })).SecretString);
  }

  public close(): void {
    this.client?.destroy();
  }
}
