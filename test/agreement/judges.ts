import { checkDocument } from '../../lib/private/documents';
import { AppFlowService } from '../local-cloud/appflow/appflow-service';
import { type JsonObject } from '../local-cloud/appflow/json';
import { ServiceError } from '../local-cloud/service';

/** What the local endpoint and the rules say of a request. */
export interface Verdicts {
  /** The refusal of the endpoint, or undefined where it takes the request. */
  readonly refusal?: string;
  /** The codes of the rules' errors, and of their warnings, each once. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const WORLD = { account: '111122223333', region: 'us-east-1', quotas: { flows: Infinity, connectorProfiles: Infinity } };

/** An endpoint that has connector profiles. */
export function endpointWith(profiles: readonly JsonObject[]): AppFlowService {
  const service = new AppFlowService(WORLD);
  profiles.forEach((profile) => service.invoke('CreateConnectorProfile', profile));
  return service;
}

/** Asks both. What the endpoint makes is taken away again. */
export function judge(service: AppFlowService, operation: 'CreateFlow' | 'CreateConnectorProfile', request: JsonObject): Verdicts {
  const codes = (severity: string) => [...new Set(checkDocument(request)!.filter((finding) => finding.severity === severity)
    .map(({ code }) => code.replace('appflow-constructs:', '')))].sort();
  return { refusal: refusalOf(service, operation, request), errors: codes('error'), warnings: codes('warning') };
}

function refusalOf(service: AppFlowService, operation: 'CreateFlow' | 'CreateConnectorProfile', request: JsonObject): string | undefined {
  try {
    service.invoke(operation, request);
  } catch (error) {
    if (error instanceof ServiceError) {
      return `${error.name}: ${error.message}`;
    }
    throw error;
  } finally {
    service.calls.length = 0;
  }
  if (operation === 'CreateFlow') {
    service.invoke('DeleteFlow', { flowName: request.flowName, forceDelete: true });
  } else {
    service.invoke('DeleteConnectorProfile', { connectorProfileName: request.connectorProfileName, forceDelete: true });
  }
  return undefined;
}
