import type { Lambda } from './lambda';
import { type LocalRequest, type LocalResponse, type LocalService, ServiceError } from './service';
import { errorPayload } from './state-tasks';

const PATH = /^\/2015-03-31\/functions\/([^/]+)(\/invocations)?$/;

/** Lambda, as far as functions are invoked: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export class LambdaService implements LocalService {
  readonly signingName = 'lambda';

  constructor(private readonly lambda: Lambda) {}

  operationOf({ method, path }: LocalRequest): string | undefined {
    const [, , isInvocation] = PATH.exec(path) ?? [];
    return method === 'POST' && isInvocation ? 'Invoke' : method === 'GET' && PATH.test(path) && !isInvocation ? 'GetFunction' : undefined;
  }

  renderError(error: ServiceError): LocalResponse {
    return json(error.status, { Type: 'User', Message: error.message }, { 'x-amzn-errortype': error.code });
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const arn = decodeURIComponent(PATH.exec(request.path)?.[1] ?? '');
    switch (this.operationOf(request)) {
      case 'Invoke':
        this.authorize(request, 'lambda:InvokeFunction', arn);
        return this.invoke(request, arn);
      case 'GetFunction':
        this.authorize(request, 'lambda:GetFunction', arn);
        if (!this.lambda.configurationOf(arn)) {
          throw new ServiceError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
        }
        return json(200, { Configuration: { FunctionArn: arn, State: 'Active', LastUpdateStatus: 'Successful' } });
      default:
        throw new ServiceError('UnknownOperationException', `the local cloud does not know lambda: ${request.method} ${request.path}`, 404);
    }
  }

  private authorize({ caller }: LocalRequest, action: string, arn: string): void {
    if (caller.mayDo && !caller.mayDo(action, arn)) {
      throw new ServiceError('AccessDeniedException', `not authorized to perform: ${action} on resource: ${arn}`, 403);
    }
  }

  private async invoke({ headers, body }: LocalRequest, arn: string): Promise<LocalResponse> {
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type !== 'RequestResponse') {
      throw new ServiceError('InvalidParameterValueException', `the local cloud invokes no function as ${type} over HTTP`);
    }
    const outcome = await this.lambda.invoke(arn, JSON.parse(body.toString('utf8') || '{}'));
    return 'result' in outcome
      ? json(200, outcome.result ?? null)
      : json(200, errorPayload(outcome.error), { 'x-amz-function-error': 'Unhandled' });
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): LocalResponse {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
