import type { Secrets } from './secrets';
import { type LocalRequest, type LocalResponse, type LocalService, ServiceError } from './service';

/** Secrets Manager, as far as secrets are read: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export class SecretsManagerService implements LocalService {
  readonly signingName = 'secretsmanager';

  constructor(private readonly secrets: Secrets) {}

  operationOf(request: LocalRequest): string | undefined {
    return request.headers['x-amz-target']?.split('.').pop();
  }

  renderError(error: ServiceError): LocalResponse {
    return json(error.status, { __type: error.code, message: error.message }, { 'x-amzn-errortype': error.code });
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const operation = this.operationOf(request);
    if (operation !== 'GetSecretValue') {
      throw new ServiceError('UnknownOperationException', `the local cloud does not know secretsmanager:${operation}`);
    }
    const { SecretId: id, VersionStage: stage = 'AWSCURRENT', VersionId: version } = JSON.parse(request.body.toString('utf8')) as Record<string, string>;
    if (stage !== 'AWSCURRENT' || version !== undefined) {
      throw new ServiceError('InvalidParameterException', 'the local cloud keeps the current version of a secret only');
    }
    const arn = this.secrets.arnOf(id);
    if (request.caller.mayDo && !request.caller.mayDo('secretsmanager:GetSecretValue', arn)) {
      throw new ServiceError('AccessDeniedException', `not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`);
    }
    return json(200, { ARN: arn, SecretString: this.secrets.value(id), VersionStages: [stage] });
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): LocalResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body: JSON.stringify(body) };
}
