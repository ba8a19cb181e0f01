import { member, memberAt, text } from './unknown';
import type { ConnectorPlan } from '../rules/connector';
import type { PlanPath } from '../rules/rule';

const PLACES: ReadonlyMap<string | number, PlanPath> = new Map([
  ['provisioningType', ['connectorProvisioningType']],
  ['lambdaArn', ['connectorProvisioningConfig', 'lambda', 'lambdaArn']],
]);

/** Reads what rules see of a custom connector back from a request of RegisterConnector. */
export function readConnector(request: unknown): ConnectorPlan {
  return {
    connectorLabel: text(member(request, 'connectorLabel')),
    description: text(member(request, 'description')),
    provisioningType: text(member(request, 'connectorProvisioningType')),
    lambdaArn: text(memberAt(request, 'connectorProvisioningConfig', 'lambda', 'lambdaArn')),
  };
}

/** Where in the request a part of it is. */
export function pathInConnector(_: unknown, [part, ...rest]: PlanPath): PlanPath {
  return part === undefined ? [] : [...PLACES.get(part) ?? [part], ...rest];
}
