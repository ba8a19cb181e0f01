import { LocalRequest, LocalResponse, LocalService, ServiceError } from './service';

/** The parameter that says that an account is bootstrapped, and the version of the CDK's current bootstrap template. */
const BOOTSTRAP_VERSION: [string, string] = ['/cdk-bootstrap/hnb659fds/version', '30'];

/** Parameter Store, as far as the CDK CLI and template parameters read it. */
export class SsmService implements LocalService {
  readonly signingName = 'ssm';
  private readonly parameters = new Map<string, string>([BOOTSTRAP_VERSION]);

  put(name: string, value: string): void {
    this.parameters.set(name, value);
  }

  /** The value of a parameter; throws as the service does where there is none. */
  get(name: string): string {
    const value = this.parameters.get(name);
    if (value === undefined) {
      throw new ServiceError('ParameterNotFound', `parameter ${name} not found`);
    }
    return value;
  }

  operationOf(request: LocalRequest): string | undefined {
    return request.headers['x-amz-target']?.split('.').pop();
  }

  renderError(error: ServiceError): LocalResponse {
    return json(error.status, { __type: error.code, message: error.message }, { 'x-amzn-errortype': error.code });
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const operation = this.operationOf(request);
    if (operation !== 'GetParameter') {
      throw new ServiceError('UnknownOperationException', `the local cloud does not know ssm:${operation}`);
    }
    const { Name: name } = JSON.parse(request.body.toString('utf8')) as { Name: string };
    if (request.caller.mayDo && !request.caller.mayDo('ssm:GetParameter', `arn:aws:ssm:*:*:parameter/${name.replace(/^\//, '')}`)) {
      throw new ServiceError('AccessDeniedException', 'not authorized to perform: ssm:GetParameter');
    }
    return json(200, { Parameter: { Name: name, Type: 'String', Value: this.get(name), Version: 1 } });
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): LocalResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1', ...headers }, body: JSON.stringify(body) };
}
