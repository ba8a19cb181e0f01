import { ConnectorProfile, type IConnectorProfile, WriteOperation } from 'appflow-constructs';
import { CfnParameter, SecretValue, type Stack, Token } from 'aws-cdk-lib';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';

/** Properties of a resource, or a part of them, as found in the wild. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Configuration = any;

/** Members whose values are credentials. */
export const CREDENTIALS: readonly string[] = [
  'accessToken', 'apiKey', 'apiSecretKey', 'apiToken', 'applicationKey', 'authCode', 'clientSecret', 'datakey', 'jwtToken', 'password', 'refreshToken',
  'secretAccessKey', 'secretKey',
];
const NUMBERS = ['maxPageSize', 'maxParallelism', 'portNumber', 'targetFileSize'];
const BOOLEANS = [
  'disableSSO', 'enableDynamicFieldUpdate', 'failOnFirstError', 'includeAllVersions', 'includeDeletedRecords', 'includeRenditions', 'includeSourceFiles',
  'isRedshiftServerless', 'isSandboxEnvironment', 'preserveSourceDataTyping', 'usePrivateLinkForMetadataAndAuthorization',
];

/** What a configuration says and refers to, in the terms of the CDK: a `Ref` becomes a parameter, a bucket's name a bucket, and so on. */
export class Material {
  private count = 0;

  constructor(private readonly stack: Stack) {}

  /**
   * The members of a structure, spelled as the library does, with the type that their names tell: texts, numbers, credentials, and structures in turn.
   */
  public members(structure: Configuration = {}): Configuration {
    return Object.fromEntries(Object.entries(structure).map(([name, value]) => {
      const member = uncapitalized(name);
      return [member, this.member(member, value)];
    }));
  }

  private member(name: string, value: Configuration): unknown {
    if (CREDENTIALS.includes(name)) {
      return this.credential(value);
    }
    if (NUMBERS.includes(name)) {
      return this.number(value);
    }
    if (BOOLEANS.includes(name)) {
      return value === true || value === 'true';
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.text(element));
    }
    return typeof value === 'object' && !isIntrinsic(value) ? this.members(value) : this.text(value);
  }

  /** A map, whose keys are the user's own. */
  public map(value: Configuration): Record<string, string> | undefined {
    return value && Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.text(member)]));
  }

  public text(value: Configuration): string {
    if (typeof value !== 'object') {
      return String(value);
    }
    return Token.asString(this.reference(value));
  }

  /** As `text`, for what may be left out. */
  public optionalText(value: Configuration): string | undefined {
    return value !== undefined ? this.text(value) : undefined;
  }

  public number(value: Configuration): number {
    if (typeof value !== 'object') {
      return Number(value);
    }
    return Token.asNumber(this.reference(value));
  }

  /** As `number`, for what may be left out. */
  public optionalNumber(value: Configuration): number | undefined {
    return value !== undefined ? this.number(value) : undefined;
  }

  public credential(value: Configuration): SecretValue {
    return SecretValue.unsafePlainText(this.text(value));
  }

  public bucket(name: Configuration): IBucket {
    return Bucket.fromBucketName(this.stack, this.id(), this.text(name));
  }

  public optionalBucket(name: Configuration): IBucket | undefined {
    return name !== undefined ? this.bucket(name) : undefined;
  }

  /** Where records go that a destination refuses, and the like. */
  public errorHandling(config: Configuration) {
    return config && {
      failOnFirstDestinationError: this.members(config).failOnFirstError,
      bucket: this.optionalBucket(config.BucketName),
      prefix: this.optionalText(config.BucketPrefix),
    };
  }

  public writeOperation(type: Configuration, idFieldNames: Configuration): WriteOperation | undefined {
    const ids = idFieldNames?.map((name: Configuration) => this.text(name));
    switch (type) {
      case 'UPDATE': return WriteOperation.update(ids ?? []);
      case 'UPSERT': return WriteOperation.upsert(ids ?? []);
      case 'DELETE': return WriteOperation.delete(ids);
      default: return undefined;
    }
  }

  public role(arn: Configuration): IRole {
    return Role.fromRoleArn(this.stack, this.id(), this.text(arn));
  }

  public optionalRole(arn: Configuration): IRole | undefined {
    return arn !== undefined ? this.role(arn) : undefined;
  }

  public key(arn: Configuration): IKey | undefined {
    return arn !== undefined ? Key.fromKeyArn(this.stack, this.id(), this.text(arn)) : undefined;
  }

  public secret(arn: Configuration): ISecret | undefined {
    return arn !== undefined ? Secret.fromSecretCompleteArn(this.stack, this.id(), this.text(arn)) : undefined;
  }

  public profile(name: Configuration): IConnectorProfile {
    return ConnectorProfile.fromConnectorProfileName(this.stack, this.id(), this.text(name));
  }

  /** An intrinsic function; what it refers to is a parameter. */
  private reference(value: Configuration): Configuration {
    const { Ref: name } = value;
    if (typeof name === 'string' && !name.startsWith('AWS::') && this.stack.node.tryFindChild(name) === undefined) {
      new CfnParameter(this.stack, name);
    }
    return value;
  }

  private id(): string {
    return `Import${this.count++}`;
  }
}

function isIntrinsic(value: object): boolean {
  const [name] = Object.keys(value);
  return name === 'Ref' || name?.startsWith('Fn::');
}

function uncapitalized(name: string): string {
  return name[0].toLowerCase() + name.slice(1);
}
