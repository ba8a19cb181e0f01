import * as fc from 'fast-check';
import { CONNECTOR_TYPES, connectorRecord } from '../../lib/private/connector-records';
import { toApi } from '../local-cloud/appflow/from-cloudformation';
import { flowFrom, flowTo, membersOf, profileOf } from '../real-configurations/made-up';
import type { Configuration } from '../real-configurations/material';

/** Flows and connector profiles that AppFlow takes, one row for each role of each connector that CloudFormation has. */
export interface MadeUpResource {
  readonly what: string;
  readonly type: 'AWS::AppFlow::Flow' | 'AWS::AppFlow::ConnectorProfile';
  readonly properties: fc.Arbitrary<Configuration>;
}

const typeOf = (member: string) => CONNECTOR_TYPES.find((type) => connectorRecord(type)!.member === member)!;

export const MADE_UP: readonly MadeUpResource[] = [
  ...membersOf('SourceConnectorProperties').map((member): MadeUpResource => ({
    what: `a flow from ${member}`, type: 'AWS::AppFlow::Flow', properties: flowFrom(member, typeOf(member)),
  })),
  ...membersOf('DestinationConnectorProperties').map((member): MadeUpResource => ({
    what: `a flow to ${member}`, type: 'AWS::AppFlow::Flow', properties: flowTo(member, typeOf(member)),
  })),
  ...membersOf('ConnectorProfileCredentials').map((member): MadeUpResource => ({
    what: `a connector profile for ${member}`, type: 'AWS::AppFlow::ConnectorProfile', properties: profileOf(member, typeOf(member)),
  })),
];

/** A template with one resource. */
export function templateWith(type: string, properties: Configuration): Configuration {
  return { Resources: { Resource: { Type: type, Properties: properties } } };
}

/** The request that CloudFormation makes of the properties of a resource, after it put secrets in the place of references to them. */
export function requestOf({ type }: Pick<MadeUpResource, 'type'>, properties: Configuration): Configuration {
  return JSON.parse(JSON.stringify(toApi(type, properties)).replaceAll(/\{\{resolve:[^}]*\}\}/g, 'header.payload.signature'));
}

/** A template with any of the resources. */
export const madeUpTemplate: fc.Arbitrary<Configuration> = fc.constantFrom(...MADE_UP)
  // Ordinary objects, which the generated ones are not.
  .chain(({ type, properties }) => properties.map((made) => JSON.parse(JSON.stringify(templateWith(type, made)))));
