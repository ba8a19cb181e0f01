import { ServiceError } from '../service';
import { DynamicReferences, refuseSecureReferences } from './dynamic-references';
import { ResourceSpec } from './resource-spec';
import { CustomResourceProvider } from './resources/custom-resource';
import { uuidOf } from './resources/generated-name';
import { CreateRequest, DeleteRequest, HandlerFailure, ResourceProvider, ResourceRequest, UpdateRequest } from './resources/provider';
import { ResourceModel, StackIdentity } from './stack';
import { invalid } from './template';

/** A resource as the engine hands it to a handler. */
export interface ResourceSubject {
  readonly stack: StackIdentity;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface HandlerParts {
  readonly providers: ReadonlyMap<string, ResourceProvider>;
  readonly generic: ResourceProvider;
  readonly custom: CustomResourceProvider;
  readonly references: DynamicReferences;
}

/** Hands resources to the provider of their type, with dynamic references resolved, and words its failures as CloudFormation does. */
export class ResourceHandlers {
  private attempts = 0;

  constructor(private readonly parts: HandlerParts) {}

  /** Refuses a resource that no handler would take, before anything is created. */
  check({ logicalId, type, properties }: ResourceSubject): void {
    if (isCustom(type)) {
      if (properties.ServiceToken === undefined) {
        throw invalid(`Invalid template resource property: ServiceToken of ${logicalId} is required`);
      }
      refuseSecureReferences(logicalId, properties);
    } else if (type.startsWith('AWS::CloudFormation::') && type !== NESTED_STACK) {
      throw invalid(`the local cloud does not support ${type} (${logicalId})`);
    } else if (type !== 'AWS::CDK::Metadata') {
      ResourceSpec.of(type).check(logicalId, properties as Record<string, unknown>);
    }
  }

  /** Whether going from one set of properties to another makes a new resource. */
  replaces(type: string, changed: string[]): boolean {
    return !isCustom(type) && type !== 'AWS::CDK::Metadata' && changed.some((property) => ResourceSpec.of(type).causesReplacement(property));
  }

  async create(subject: ResourceSubject, created: (physicalId: string) => void): Promise<ResourceModel> {
    return this.run(subject, async (provider, request) => provider.create({ ...request, created } satisfies CreateRequest));
  }

  async update(subject: ResourceSubject, current: ResourceModel, previousProperties: Readonly<Record<string, unknown>>): Promise<ResourceModel> {
    return this.run(subject, async (provider, request) => provider.update({
      ...request, current, previousProperties: this.parts.references.resolve(previousProperties) as Record<string, unknown>,
    } satisfies UpdateRequest));
  }

  async delete(subject: ResourceSubject, current: ResourceModel): Promise<void> {
    return this.run(subject, async (provider, request) => provider.delete({ ...request, current } satisfies DeleteRequest));
  }

  /** A message that may be shown. */
  redact(message: string): string {
    return this.parts.references.redact(message);
  }

  private async run<T>(subject: ResourceSubject, work: (provider: ResourceProvider, request: ResourceRequest) => Promise<T>): Promise<T> {
    this.attempts += 1;
    const token = uuidOf(`${subject.stack.id}/${subject.logicalId}/${this.attempts}`);
    try {
      const properties = this.parts.references.resolve(subject.properties) as Record<string, unknown>;
      return await work(this.providerOf(subject.type), { ...subject, properties, token });
    } catch (error) {
      throw new HandlerFailure(this.redact(reasonOf(error, token)));
    }
  }

  private providerOf(type: string): ResourceProvider {
    return isCustom(type) ? this.parts.custom : this.parts.providers.get(type) ?? this.parts.generic;
  }
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

export function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

/** Errors after which an SDK tries again: throttling, server errors, and no answer. */
function isRetriable(error: unknown): boolean {
  return error instanceof ServiceError && (error.status === 429 || error.status >= 500 || error.code.startsWith('Throttling'));
}

/**
 * Calls a service the way a handler's SDK does: three attempts unless told, as in the standard retry mode of the AWS SDKs. Where calls are throttled for
 * their rate, CloudFormation itself invokes the handler again, with growing pauses.
 */
export async function withRetries<T>(
  { handlerAttempts: attempts, throttlingPause }: { readonly handlerAttempts: number; readonly throttlingPause?: number }, call: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const isPatient = throttlingPause !== undefined && error instanceof ServiceError && error.code.startsWith('Throttling');
      if (!isPatient && (attempt >= attempts || !isRetriable(error))) {
        throw error;
      }
      await pause(isPatient ? throttlingPause : 5 * attempt);
    }
  }
}

async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function reasonOf(error: unknown, token: string): string {
  if (error instanceof HandlerFailure) {
    return error.message;
  }
  if (error instanceof ServiceError) {
    return `Resource handler returned message: "${error.message} (Status Code: ${error.status})" (RequestToken: ${token}, HandlerErrorCode: ${handlerErrorCode(error)})`;
  }
  return `Resource handler returned message: "${error instanceof Error ? error.message : error}" (RequestToken: ${token}, HandlerErrorCode: InternalFailure)`;
}

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
function handlerErrorCode(error: ServiceError): string {
  const codes: [RegExp, string][] = [
    [/^Throttling/, 'Throttling'],
    [/^AccessDenied/, 'AccessDenied'],
    [/^ResourceNotFound|^NoSuch/, 'NotFound'],
    [/Exists|^Conflict|AlreadyOwned/, 'AlreadyExists'],
    [/^ServiceQuotaExceeded/, 'ServiceLimitExceeded'],
    [/^Internal/, 'ServiceInternalError'],
    [/^NetworkFailure/, 'NetworkFailure'],
    [/^Validation|^UnsupportedOperation|^Invalid/, 'InvalidRequest'],
  ];
  return codes.find(([pattern]) => pattern.test(error.code))?.[1] ?? 'GeneralServiceException';
}
