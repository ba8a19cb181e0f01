import type { AppFlow, ProfileDescription, ProfileRequest } from './appflow';
import { CustomResourceEvent, Outcome, Properties, Trail } from './cloudformation';
import { Credentials } from './credentials';
import type { TimeLeft } from './deadline';
import { CustomResourceError, ErrorCode } from './errors';
import { canonical, clientToken } from './ownership';
import { another, persist, persistUntilGone } from './persistence';
import { ProfileId } from './profile-id';
import { requiredStructure, requiredText } from './properties';
import { redact } from './redaction';
import { refusal } from './refusal';
import type { SecretStore } from './secrets-manager';
import { asServiceError, ServiceError } from './service';

const REMEDIES = {
  ValidationException: 'correct what AppFlow names, and deploy again',
  ConnectorAuthenticationException: 'look whether the application takes the credentials in Secrets Manager, and deploy again',
  ConflictException: 'another operation on the connector profile is going on, or flows use it: wait, or delete those flows, and deploy again',
  ConnectorServerException: 'look whether the application answers, and deploy again',
  InternalServerException: 'look at the connector profile in the AppFlow console, and deploy again',
  AccessDeniedException: 'look whether a policy of the organization or of the key denies the action',
};

/** `Custom::AppFlowConnectorProfile`: a connector profile that CloudFormation cannot express, or is not to make. */
export async function provideConnectorProfile(
  event: CustomResourceEvent, appflow: AppFlow, secrets: SecretStore, time: TimeLeft, trail: Trail,
): Promise<Outcome> {
  const credentials = new Credentials(secrets);
  try {
    const profile = new ProvidedConnectorProfile(event, appflow, credentials, time, trail);
    return event.RequestType === 'Delete' ? await profile.delete() : await profile.apply();
  } catch (error) {
    (error as Error).message = redact((error as Error).message, ...credentials.values);
    throw error;
  }
}

class ProvidedConnectorProfile {
  private readonly profile: Properties;

  constructor(
    private readonly event: CustomResourceEvent,
    private readonly appflow: AppFlow,
    private readonly credentials: Credentials,
    private readonly time: TimeLeft,
    private readonly trail: Trail,
  ) {
    this.profile = (event.ResourceProperties.Profile ?? {}) as Properties;
  }

  public async apply(): Promise<Outcome> {
    const name = requiredText(requiredStructure(this.event.ResourceProperties, 'Profile'), 'connectorProfileName');
    const wanted = ProfileId.of(this.profile);
    this.trail.subject = `${wanted}`;
    const current = this.event.RequestType === 'Update' ? ProfileId.parse(this.event.PhysicalResourceId!) : undefined;
    if (current === undefined) {
      return this.outcome(wanted, await this.create(name));
    }
    if (current.isOfSameProfile(wanted)) {
      return this.outcome(current, await this.update(name, wanted));
    }
    const predecessor = current.predecessor(wanted);
    const found = predecessor && await this.describe(name);
    // A rollback: CloudFormation has not deleted the profile yet that it returns to.
    return found !== undefined ? this.outcome(predecessor!, found) : this.outcome(wanted.succeeding(current), await this.replace(name));
  }

  public async delete(): Promise<Outcome> {
    const { PhysicalResourceId = '' } = this.event;
    const declared = ProfileId.of(this.profile);
    // Before a Create that failed without anybody knowing what it did, there was no such profile.
    if (PhysicalResourceId === `${declared}/create-failed/started` || ProfileId.parse(PhysicalResourceId).isOfSameProfile(declared)) {
      await this.deleteProfile(String(this.profile.connectorProfileName));
    }
    return { physicalResourceId: PhysicalResourceId };
  }

  private outcome(id: ProfileId, { arn, credentialsArn }: ProfileDescription): Outcome {
    const name = String(this.profile.connectorProfileName);
    return { physicalResourceId: `${id}`, data: { ConnectorProfileName: name, ConnectorProfileArn: arn, CredentialsArn: credentialsArn } };
  }

  private async create(name: string): Promise<ProfileDescription> {
    const request = await this.request();
    const isThere = await this.describe(name) !== undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        this.trail.trace = isThere ? 'unchanged' : 'started';
        await this.appflow.createProfile(request, clientToken(this.event));
        break;
      } catch (error) {
        const refused = this.redacted(asServiceError(error));
        if (refused.isConflict && await this.describe(name) !== undefined) {
          // Our own request, repeated with its token, AppFlow would have answered as it did before.
          this.trail.trace = 'unchanged';
          throw exists(name);
        }
        if (!refused.ambiguous || !await another(attempt, this.time)) {
          this.trail.trace = isThere || !refused.ambiguous && attempt === 0 ? 'unchanged' : 'started';
          throw new CustomResourceError(ErrorCode.PROFILE_NOT_CREATED,
            `connector profile '${name}' could not be created: ${refusal('CreateConnectorProfile', refused, REMEDIES)}`);
        }
      }
    }
    this.trail.trace = 'started';
    return this.existing(name);
  }

  private async replace(name: string): Promise<ProfileDescription> {
    try {
      return await this.create(name);
    } catch (error) {
      // CloudFormation keeps the old physical id, and so sends no Delete for the new profile.
      if (this.trail.trace === 'started') {
        await this.deleteProfile(name).catch(() => undefined);
      }
      throw error;
    }
  }

  private async update(name: string, wanted: ProfileId): Promise<ProfileDescription> {
    const before = (this.event.OldResourceProperties?.Profile ?? {}) as Properties;
    // A replacement that failed has not touched this profile, and an authorization code works only once.
    const isTouched = ProfileId.of(before).isOfSameProfile(wanted) && canonical(before) !== canonical(this.profile);
    if (isTouched) {
      const { connectorType, connectorLabel, kmsArn, ...request } = await this.request();
      try {
        await persist(async () => this.appflow.updateProfile(request as ProfileRequest, clientToken(this.event)), this.time);
      } catch (error) {
        throw new CustomResourceError(ErrorCode.PROFILE_NOT_UPDATED,
          `connector profile '${name}' could not be updated: ${refusal('UpdateConnectorProfile', this.redacted(asServiceError(error)), REMEDIES)}`);
      }
    }
    return this.existing(name);
  }

  private async deleteProfile(name: string): Promise<void> {
    try {
      await persistUntilGone(async () => this.appflow.deleteProfile(name), this.time);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.PROFILE_NOT_DELETED,
        `connector profile '${name}' could not be deleted: ${refusal('DeleteConnectorProfile', error as ServiceError, REMEDIES)}`);
    }
  }

  private async existing(name: string): Promise<ProfileDescription> {
    const found = await this.describe(name);
    if (found === undefined) {
      throw new CustomResourceError(ErrorCode.PROFILE_NOT_FOUND, `connector profile '${name}' does not exist in this account and Region; `
        + 'if it was deleted by hand, remove it from the stack and deploy, then add it again');
    }
    return found;
  }

  private async describe(name: string): Promise<ProfileDescription | undefined> {
    try {
      return await this.appflow.describeProfile(name);
    } catch (error) {
      throw new CustomResourceError(ErrorCode.PROFILE_NOT_READ,
        `connector profile '${name}' could not be read: ${refusal('DescribeConnectorProfiles', error as ServiceError, REMEDIES)}`);
    }
  }

  private async request(): Promise<ProfileRequest> {
    return await this.credentials.resolve(this.profile) as ProfileRequest;
  }

  /** Before anything is cut off: half a credential would not be found any more. */
  private redacted({ reason, message, ambiguous }: ServiceError): ServiceError {
    return new ServiceError(reason, redact(message, ...this.credentials.values), ambiguous);
  }
}

function exists(name: string): CustomResourceError {
  return new CustomResourceError(ErrorCode.PROFILE_EXISTS,
    `connector profile '${name}' exists already, and this request did not create it, so it was left alone; give the profile another connectorProfileName, `
    + 'or leave it out. A profile also needs another name for another connector, for another key, and when CloudFormation made it until now');
}
