import type { ConnectorProfilePlan } from '../rules/connector-profile';
import type { PlanPath } from '../rules/rule';
import { isPlainObject } from '../values';
import { pathInUnion, readUnion } from './flow-request';
import { member, memberAt, text, UNKNOWN, UNKNOWN_TEXT } from './unknown';

const PROPERTIES = ['connectorProfileConfig', 'connectorProfileProperties'];
const CREDENTIALS = ['connectorProfileConfig', 'connectorProfileCredentials'];

/** Reads the plan of a connector profile back from a request of CreateConnectorProfile. */
export function readConnectorProfile(request: unknown, surroundings: Pick<ConnectorProfilePlan, 'region' | 'isKept'> = {}): ConnectorProfilePlan {
  const connectorType = text(member(request, 'connectorType')) ?? UNKNOWN_TEXT;
  const credentials = memberAt(request, ...CREDENTIALS);
  const { properties: given, propertiesOf: credentialsOf } = readUnion(credentials, connectorType);
  return {
    ...surroundings,
    connectorProfileName: text(member(request, 'connectorProfileName')) ?? UNKNOWN_TEXT,
    connectorType,
    connectorLabel: text(member(request, 'connectorLabel')),
    connectionMode: text(member(request, 'connectionMode')) ?? UNKNOWN_TEXT,
    kmsArn: text(member(request, 'kmsArn')),
    ...readUnion(memberAt(request, ...PROPERTIES), connectorType),
    credentials: isPlainObject(credentials) || credentials === UNKNOWN ? given : undefined,
    credentialsOf,
    otherCredentials: isPlainObject(credentials) && credentialsOf !== undefined
      ? Object.fromEntries(credentialsOf.map((name) => [name, credentials[name]]))
      : undefined,
  };
}

/** Where in the request a part of the plan is. */
export function pathInConnectorProfile(request: unknown, [part, ...rest]: PlanPath): PlanPath {
  const connectorType = text(member(request, 'connectorType'));
  switch (part) {
    case 'properties': return [...PROPERTIES, ...pathInUnion(memberAt(request, ...PROPERTIES), connectorType, rest)];
    case 'credentials': return [...CREDENTIALS, ...pathInUnion(memberAt(request, ...CREDENTIALS), connectorType, rest)];
    case 'propertiesOf': return [...PROPERTIES, ...rest];
    case 'credentialsOf':
    case 'otherCredentials': return [...CREDENTIALS, ...rest];
    default: return part === undefined ? [] : [part, ...rest];
  }
}
