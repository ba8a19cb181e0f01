import { Token } from 'aws-cdk-lib';
import type { Path } from './nodes';
import type { EndPlan, FlowPlan } from '../../lib/private/flow-plan';
import * as rules from '../../lib/private/rules';
import type { ConnectorProfilePlan } from '../../lib/private/rules/connector-profile';
import { isPlainObject, literalNumber, literalString } from '../../lib/private/values';

/** Stands for a value that is known only at deploy time. */
export const UNKNOWN = '(known only at deploy time)';

/** The plans of flows and connector profiles that constructs make meanwhile. */
export function plansOf(build: () => void): { flows: FlowPlan[]; profiles: ConnectorProfilePlan[] } {
  const [flows, profiles] = [jest.spyOn(rules, 'checkFlow'), jest.spyOn(rules, 'checkConnectorProfile')];
  try {
    build();
    return { flows: flows.mock.calls.map(([plan]) => plan), profiles: profiles.mock.calls.map(([plan]) => plan) };
  } finally {
    flows.mockRestore();
    profiles.mockRestore();
  }
}

/** What a document says of a flow: its plan without what only constructs or the rest of a template know. */
export function writtenDown({ environment, byCloudFormation, leftAsDraft, flowStatus, source, destination, tasks, ...plan }: FlowPlan): object {
  return { ...plan, source: writtenEnd(source), destination: writtenEnd(destination), tasks: tasks.map(({ madeFor, ...task }) => task) };
}

function writtenEnd<T extends EndPlan>(
  { connectorLabel, profileConnectorType, profileConnectorLabel, profileProperties, profileEnvironment, ...end }: T,
): object {
  return end;
}

/** A plan, or a part of one, in one form: without what is not given or empty, and without the different kinds of tokens and functions. */
export function normal(value: unknown): unknown {
  if (typeof value === 'string') {
    const text = literalString(value);
    return text === undefined || text.includes('{{resolve:') ? UNKNOWN : text;
  }
  if (typeof value === 'number') {
    return literalNumber(value) ?? UNKNOWN;
  }
  if (Token.isUnresolved(value) || isFunction(value)) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.length > 0 ? value.map(normal) : undefined;
  }
  if (!isPlainObject(value)) {
    return value ?? undefined;
  }
  const members = Object.entries(value).map(([name, member]) => [name, normal(member)] as const).filter(([, member]) => member !== undefined);
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}

/** The values in a plan that have no parts, and where they are. */
export function leavesOf(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (Token.isUnresolved(value) || typeof value !== 'object' || value === null) {
    return value !== undefined ? [{ path, value }] : [];
  }
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, Array.isArray(value) ? Number(name) : name]));
}

function isFunction(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).some((name) => name === 'Ref' || name.startsWith('Fn::'));
}
