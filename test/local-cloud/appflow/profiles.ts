import { createHash } from 'node:crypto';
import {
  type ConnectionMode, type ConnectorProfile, type ConnectorProfileConfig, type ConnectorProfileProperties, type ConnectorType,
  type CreateConnectorProfileRequest, type CreateConnectorProfileResponse, type DeleteConnectorProfileRequest,
  type DescribeConnectorProfilesRequest, type DescribeConnectorProfilesResponse, type PrivateConnectionProvisioningState,
  type UpdateConnectorProfileRequest, type UpdateConnectorProfileResponse,
} from '@aws-sdk/client-appflow';
import { pageOf } from './page';
import { profileRefusal } from './profile-rule';
import { conflict, notFound, quotaExceeded } from './refusal';
import { type Names, type World } from './world';

const PROFILES_OF_AN_ACCOUNT = 100;

/** A connector profile as the service keeps it: the credentials are checked and not kept. */
export interface Profile {
  readonly arn: string;
  readonly name: string;
  readonly connectorType: ConnectorType;
  readonly connectorLabel?: string;
  readonly kmsArn?: string;
  readonly credentialsArn: string;
  readonly createdAt: Date;
  connectionMode: ConnectionMode;
  properties: ConnectorProfileProperties;
  privateConnection?: PrivateConnectionProvisioningState;
  lastUpdatedAt: Date;
}

/** The connector profiles of the account, by name. */
export class Profiles {
  readonly all = new Map<string, Profile>();

  constructor(
    private readonly world: World,
    private readonly names: Names,
    private readonly now: () => Date,
    private readonly flowsUsing: (name: string) => string[],
  ) {}

  create(input: CreateConnectorProfileRequest): CreateConnectorProfileResponse {
    const { connectorProfileName, connectorType, connectorLabel, kmsArn, connectionMode, connectorProfileConfig } = input;
    const name = connectorProfileName!;
    if (this.all.has(name)) throw conflict(`A connector profile with the name ${name} already exists`);
    const quota = this.world.quotas?.connectorProfiles ?? PROFILES_OF_AN_ACCOUNT;
    if (this.all.size >= quota) throw quotaExceeded(`The account already has ${quota} connector profiles`);
    this.check(name, connectorType!, connectorLabel, connectorProfileConfig!);
    const createdAt = this.now();
    const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6);
    this.all.set(name, {
      arn: this.names.profile(name),
      name,
      connectorType: connectorType!,
      connectorLabel,
      kmsArn,
      credentialsArn: this.names.credentials(name, suffix),
      createdAt,
      lastUpdatedAt: createdAt,
      connectionMode: connectionMode!,
      properties: connectorProfileConfig!.connectorProfileProperties!,
      privateConnection: beginPrivate(connectionMode!),
    });
    return { connectorProfileArn: this.names.profile(name) };
  }

  update({ connectorProfileName, connectionMode, connectorProfileConfig }: UpdateConnectorProfileRequest): UpdateConnectorProfileResponse {
    const profile = this.get(connectorProfileName!);
    this.check(profile.name, profile.connectorType, profile.connectorLabel, connectorProfileConfig!);
    if (connectionMode !== profile.connectionMode) profile.privateConnection = beginPrivate(connectionMode!);
    profile.connectionMode = connectionMode!;
    profile.properties = connectorProfileConfig!.connectorProfileProperties!;
    profile.lastUpdatedAt = this.now();
    return { connectorProfileArn: profile.arn };
  }

  delete({ connectorProfileName, forceDelete }: DeleteConnectorProfileRequest): void {
    const { name } = this.get(connectorProfileName!);
    const users = this.flowsUsing(name);
    if (users.length > 0 && !forceDelete) {
      throw conflict(`The connector profile ${name} is in use by: ${users.join(', ')}. Please set forceDelete to true or delete the flows`);
    }
    this.all.delete(name);
  }

  /** Names that do not exist are left out: the operation declares no ResourceNotFoundException. */
  describe(input: DescribeConnectorProfilesRequest): DescribeConnectorProfilesResponse {
    const { connectorProfileNames, connectorType, connectorLabel } = input;
    const wanted = [...this.all.values()].filter((profile) => (connectorProfileNames === undefined || connectorProfileNames.includes(profile.name))
      && (connectorType === undefined || connectorType === profile.connectorType)
      && (connectorLabel === undefined || connectorLabel === profile.connectorLabel));
    const { items, nextToken } = pageOf('DescribeConnectorProfiles', wanted, input);
    const connectorProfileDetails = items.map(describedProfile);
    // The next look finds the private connection made.
    for (const profile of items) {
      if (profile.privateConnection?.status === 'PENDING') profile.privateConnection = { status: 'CREATED' };
    }
    return { connectorProfileDetails, nextToken };
  }

  get(name: string): Profile {
    const profile = this.all.get(name);
    if (!profile) throw notFound(`Connector Profile with name: ${name} does not exist`);
    return profile;
  }

  private check(name: string, connectorType: ConnectorType, connectorLabel: string | undefined, config: ConnectorProfileConfig): void {
    const refusal = profileRefusal({ name, connectorType, connectorLabel, config }, this.world);
    if (refusal) throw refusal;
  }
}

function beginPrivate(mode: ConnectionMode): PrivateConnectionProvisioningState | undefined {
  return mode === 'Private' ? { status: 'PENDING' } : undefined;
}

function describedProfile(profile: Profile): ConnectorProfile {
  return {
    connectorProfileArn: profile.arn,
    connectorProfileName: profile.name,
    connectorType: profile.connectorType,
    connectorLabel: profile.connectorLabel,
    connectionMode: profile.connectionMode,
    credentialsArn: profile.credentialsArn,
    connectorProfileProperties: profile.properties,
    createdAt: profile.createdAt,
    lastUpdatedAt: profile.lastUpdatedAt,
    privateConnectionProvisioningState: profile.privateConnection,
  };
}
