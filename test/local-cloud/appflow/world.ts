import { type ConnectorType } from '@aws-sdk/client-appflow';
import { type PolicyDocument } from './bucket-policy';
import { type RunEnd } from './run';

/** What the service can see of the rest of the cloud. Each look-up is optional: what cannot be looked up is not refused. */
export interface World {
  readonly account: string;
  readonly region: string;
  /** @default 'aws' */
  readonly partition?: string;
  /** @default - the clock */
  readonly now?: () => Date;
  /** The policy of a bucket; undefined where it has none. Given, CreateFlow and UpdateFlow look at the policies of source and destination. */
  readonly bucketPolicies?: (bucketName: string) => PolicyDocument | undefined;
  /** Whether a bucket holds an object under a prefix. */
  readonly hasObjects?: (bucketName: string, prefix: string) => boolean;
  /** Refuse an S3 source without objects, by `hasObjects`: stated in a comment of the Alchemy AppFlow provider, not reproduced. @default false */
  readonly refuseEmptySourcePrefix?: boolean;
  /** Whether a partner event source is associated with an event bus. Given, StartFlow looks before it activates a flow to Amazon EventBridge. */
  readonly hasEventBus?: (partnerEventSource: string) => boolean;
  /** Whether AppFlow may read a secret. Given, CreateConnectorProfile looks at `clientCredentialsArn`. */
  readonly secretReadable?: (secretArn: string) => boolean;
  /** Whether AppFlow may invoke a function for a resource of its own. Given, RegisterConnector looks at the function of the connector. */
  readonly functionInvocable?: (functionArn: string, sourceArn: string) => boolean;
  /** Whether the vendor takes the credentials of a profile. The credentials themselves are not passed on. */
  readonly vendorAccepts?: (connectorType: ConnectorType, connectorProfileName: string) => boolean;
  /** The objects of a vendor application with their fields. Without it the operations on entities are refused by name. */
  readonly entities?: (connectorType: ConnectorType) => Readonly<Record<string, readonly string[]>> | undefined;
  /** When a started run ends. @default - its first look shows it in progress, the next one ended */
  readonly runsSettleAfter?: RunEnd;
  /** Records that a run moves when a test says nothing else. @default 10 */
  readonly recordsPerRun?: number;
  /**
   * How many calls a second AppFlow takes of the account; it throttles the others. The service's own rates are not documented. Calls without a caller,
   * which are a test's own, are always taken. @default - any number
   */
  readonly callsPerSecond?: number;
  /** @default - the service's own: 1000 flows, 100 connector profiles, 1000 concurrent runs (user guide, service-quotas) */
  readonly quotas?: Partial<Quotas>;
}

export interface Quotas {
  readonly flows: number;
  readonly connectorProfiles: number;
  readonly concurrentRuns: number;
}

/** ARNs of the resources of one account in one Region (Service Authorization Reference, Amazon AppFlow). */
export class Names {
  readonly partition: string;

  constructor(private readonly world: Pick<World, 'account' | 'region' | 'partition'>) {
    this.partition = world.partition ?? 'aws';
  }

  flow(name: string): string { return this.arn('flow', name); }

  profile(name: string): string { return this.arn('connectorprofile', name); }

  connector(label: string): string { return this.arn('connector', label); }

  bucket(name: string): string { return `arn:${this.partition}:s3:::${name}`; }

  /** Credentials sit in a secret `appflow!{account}-{profile}` (user guide, on Secrets Manager); Secrets Manager adds six characters. */
  credentials(profile: string, suffix: string): string {
    const { region, account } = this.world;
    return `arn:${this.partition}:secretsmanager:${region}:${account}:secret:appflow!${account}-${profile}-${suffix}`;
  }

  private arn(kind: string, name: string): string {
    const { region, account } = this.world;
    return `arn:${this.partition}:appflow:${region}:${account}:${kind}/${name}`;
  }
}
