import { Token } from 'aws-cdk-lib';
import type { PlanPath } from '../rules/rule';
import { isPlainObject } from '../values';
import { TRIGGER_TYPE } from '../vocabulary';
import { readConnectorProfile } from './connector-profile-request';
import type { ProfileFacts, Surroundings } from './flow-request';
import { fromCloudFormation, placesIn } from './from-cloudformation';
import { type Environment, MAX_DEPTH, resolve } from './intrinsics';
import { member, memberAt, text, UNKNOWN_TEXT } from './unknown';

/** The parts of a template that are looked at. */
export interface Template {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Outputs?: unknown;
}

/** A resource of AppFlow's in a template, as the request that CloudFormation makes of it. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly request: unknown;
  /** What the rest of the template says of it. */
  readonly surroundings: Surroundings;
  /** Where in the resource's properties a part of the request is. */
  readonly locate: (at: PlanPath) => PlanPath;
}

const FLOW = 'AWS::AppFlow::Flow';
const CONNECTOR_PROFILE = 'AWS::AppFlow::ConnectorProfile';

/** Resources that may refer to a flow, and don't start it. */
const PASSIVE = /^AWS::(AppFlow|CloudWatch|Logs)::/;

/** The resources of AppFlow's in a template. */
export function templateResources({ Resources: resources, Outputs: outputs }: Template, environment: Environment): TemplateResource[] {
  const own = Object.entries(resources).flatMap(([logicalId, resource]) => {
    const type = member(resource, 'Type');
    return typeof type === 'string' && type.startsWith('AWS::AppFlow::')
      ? [{ logicalId, type, properties: member(resource, 'Properties') ?? {} }]
      : [];
  });
  // Only a reference certainly means the profile of this template: there may be another of the same name.
  const profileNames = new Map(own.filter(({ type }) => type === CONNECTOR_PROFILE)
    .map(({ logicalId }) => [logicalId, Token.asString({ Ref: logicalId })]));
  const requests = own.map((resource) => ({
    ...resource,
    request: fromCloudFormation(resolve(resource.properties, { environment, names: profileNames })),
  }));
  const profiles = new Map(requests.filter(({ type }) => type === CONNECTOR_PROFILE)
    .map(({ logicalId, request }) => [profileNames.get(logicalId)!, profileFacts(request)]));
  const isReferred = references(own.some(({ type }) => type === FLOW) ? [...Object.values(resources), ...exported(outputs)] : []);

  return requests.map(({ logicalId, type, properties, request }) => ({
    logicalId,
    type,
    request,
    surroundings: {
      environment: environment.region !== undefined || environment.account !== undefined
        ? { account: environment.account ?? UNKNOWN_TEXT, region: environment.region ?? UNKNOWN_TEXT }
        : undefined,
      profile: (name) => name !== undefined ? profiles.get(name) : undefined,
      leftAsDraft: type === FLOW && isCreatedAsDraft(request) && !isReferred.has(logicalId),
      byCloudFormation: true,
    },
    locate: placesIn(properties),
  }));
}

/** What a flow's rules need to know of the profile. */
function profileFacts(request: unknown): ProfileFacts {
  const { connectorType, connectorLabel, properties } = readConnectorProfile(request);
  return { profileConnectorType: connectorType, profileConnectorLabel: connectorLabel, profileProperties: properties };
}

/** CloudFormation leaves flows that do not run on demand as drafts, unless it is told otherwise. */
function isCreatedAsDraft(request: unknown): boolean {
  const trigger = text(memberAt(request, 'triggerConfig', 'triggerType'));
  return (trigger === TRIGGER_TYPE.SCHEDULED || trigger === TRIGGER_TYPE.EVENT) && member(request, 'flowStatus') === undefined;
}

/** The logical ids to which something refers that could activate a flow. */
function references(places: readonly unknown[]): Set<string> {
  const ids = new Set<string>();
  for (const place of places) {
    if (!PASSIVE.test(String(text(member(place, 'Type'))))) {
      collect(place, ids, 0);
    }
  }
  return ids;
}

/** The outputs that other stacks can use. */
function exported(outputs: unknown): unknown[] {
  return isPlainObject(outputs) ? Object.values(outputs).filter((output) => member(output, 'Export') !== undefined) : [];
}

function collect(value: unknown, ids: Set<string>, depth: number) {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) {
    return;
  }
  for (const [name, each] of Object.entries(value)) {
    for (const id of name === 'Ref' || name === 'Fn::GetAtt' || name === 'Fn::Sub' ? idsIn(name, each) : []) {
      ids.add(id);
    }
    collect(each, ids, depth + 1);
  }
}

function idsIn(name: string, argument: unknown): string[] {
  const words = [argument].flat().filter((word) => typeof word === 'string');
  return name === 'Fn::Sub'
    ? [...String(words[0]).matchAll(/\$\{([^}.!]+)/g)].map(([, id]) => id)
    : words.slice(0, 1).map((word) => word.split('.')[0]);
}
