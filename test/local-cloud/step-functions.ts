import { type LocalRequest, type LocalResponse, type LocalService, ServiceError } from './service';
import type { StateMachines } from './state-machines';

/** Step Functions, as far as executions are started: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export class StepFunctionsService implements LocalService {
  readonly signingName = 'states';

  constructor(private readonly machines: StateMachines) {}

  operationOf(request: LocalRequest): string | undefined {
    return request.headers['x-amz-target']?.split('.').pop();
  }

  renderError(error: ServiceError): LocalResponse {
    return json(error.status, { __type: error.code, message: error.message }, { 'x-amzn-errortype': error.code });
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const operation = this.operationOf(request);
    const { stateMachineArn, input = '{}', ...others } = JSON.parse(request.body.toString('utf8')) as Record<string, string>;
    if (operation !== 'StartExecution' || Object.keys(others).length > 0) {
      throw new ServiceError('UnknownOperationException', `the local cloud does not know states:${operation} with ${Object.keys(others).join() || 'these members'}`);
    }
    if (request.caller.mayDo && !request.caller.mayDo('states:StartExecution', stateMachineArn)) {
      throw new ServiceError('AccessDeniedException', `not authorized to perform: states:StartExecution on resource: ${stateMachineArn}`);
    }
    return json(200, { executionArn: this.machines.start(stateMachineArn, input).arn, startDate: Date.now() / 1000 });
  }
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): LocalResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0', ...headers }, body: JSON.stringify(body) };
}
