import { member, text } from './unknown';
import type { ConnectorPlan } from '../rules/connector';
import type { PlanPath } from '../rules/rule';

/** Reads what rules see of a custom connector back from a request of RegisterConnector. */
export function readConnector(request: unknown): ConnectorPlan {
  return { connectorLabel: text(member(request, 'connectorLabel')), description: text(member(request, 'description')) };
}

/** Where in the request a part of it is. */
export function pathInConnector(_: unknown, at: PlanPath): PlanPath {
  return at;
}
