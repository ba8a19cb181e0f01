import type { Stack } from 'aws-cdk-lib';
import { connectorRecord } from '../../../lib/private/connector-records';
import { pathInConnectorProfile, readConnectorProfile } from '../../../lib/private/documents/connector-profile-request';
import { pathInFlow, readFlow } from '../../../lib/private/documents/flow-request';
import { resolve } from '../../../lib/private/documents/intrinsics';
import { templateResources } from '../../../lib/private/documents/template';
import type { FlowPlan, TriggerPlan } from '../../../lib/private/flow-plan';
import { renderCreateFlow } from '../../../lib/private/render/create-flow';
import type { ConnectorProfilePlan } from '../../../lib/private/rules/connector-profile';
import { valueAt } from '../../documents/nodes';
import { leavesOf, normal, plansOf, writtenDown } from '../../documents/plans';
import { EveryFeature } from '../../every-feature';
import { defineExample, EXAMPLES } from '../../example-stack';
import { newStack, templateOf } from '../../synthesis';

interface Example {
  readonly name: string;
  readonly stack: Stack;
  readonly flows: readonly FlowPlan[];
  readonly profiles: readonly ConnectorProfilePlan[];
  readonly template: any;
}

const STACKS: Example[] = [
  ...Object.entries(EXAMPLES).map(([name, example]) => built(`the examples of ${name}`, newStack(), (stack) => defineExample(stack, example))),
  built('every feature', newStack(), (stack) => new EveryFeature(stack, 'EveryFeature')),
];

function built(name: string, stack: Stack, build: (stack: Stack) => unknown): Example {
  let made: unknown;
  const plans = plansOf(() => { made = build(stack); });
  const own = made instanceof EveryFeature ? made : stack;
  return { name, stack: own, ...plans, template: templateOf(own) };
}

/** What is read of the resources of a type in a template, by the name that they have in it. */
function resourcesIn(template: any, type: string, name: string) {
  return new Map(templateResources(template, {}).filter((resource) => resource.type === type)
    .map((resource) => [template.Resources[resource.logicalId].Properties[name], resource]));
}

/** A plan but for the times that a template leaves to the custom resource, which gets the planned ones. */
function withoutTimes<T extends { trigger: TriggerPlan }>(plan: T, found: T): T {
  const given = Object.entries(plan.trigger)
    .filter(([name]) => !['scheduleStartTime', 'firstExecutionFrom'].includes(name) || typeof found.trigger[name as 'firstExecutionFrom'] === 'number');
  return { ...plan, trigger: Object.fromEntries(given) };
}

describe.each(STACKS)('$name', ({ stack, flows, profiles, template }) => {
  const flowResources = resourcesIn(template, 'AWS::AppFlow::Flow', 'FlowName');
  const profileResources = resourcesIn(template, 'AWS::AppFlow::ConnectorProfile', 'ConnectorProfileName');
  const profileIds = [...profileResources.values()].map(({ logicalId }) => logicalId);
  const known = (value: unknown) => normal(resolve(value, { environment: {} }));
  const planned = (plan: unknown) => known(stack.resolve(plan));

  test('are read from the template as they were planned, but for what a template does not say', () => {
    const inTemplate = flows.filter(({ flowName }) => flowResources.has(stack.resolve(flowName)));
    expect(inTemplate.length).toBe(flowResources.size);
    for (const plan of inTemplate) {
      const { request, surroundings } = flowResources.get(stack.resolve(plan.flowName))!;
      const read = readFlow(request, surroundings);
      const [found, expected] = [normal(writtenDown(read)), planned(writtenDown(plan))] as { trigger: TriggerPlan }[];
      expect(withoutTimes(found, found)).toEqual(withoutTimes(expected, found));
      for (const end of ['source', 'destination'] as const) {
        const { profileConnectorType, profileProperties } = plan[end];
        const isInTemplate = profileIds.includes(stack.resolve(plan[end].connectorProfileName)?.Ref);
        expect(read[end].profileConnectorType).toEqual(isInTemplate ? profileConnectorType : undefined);
        expect(normal(read[end].profileProperties)).toEqual(isInTemplate ? planned(profileProperties) : undefined);
      }
    }
  });

  test('are read from requests of CreateFlow as they were planned', () => {
    for (const plan of flows) {
      const request = resolve(stack.resolve(renderCreateFlow(plan)), { environment: {} });
      expect(normal(writtenDown(readFlow(request)))).toEqual(planned(writtenDown(plan)));
    }
  });

  test('are found in the template, value by value', () => {
    for (const { logicalId, request, locate } of flowResources.values()) {
      for (const { path, value } of leavesOf(readFlow(request))) {
        const at = ['Resources', logicalId, 'Properties', ...locate(pathInFlow(request, path))];
        expect({ path, at, value: known(valueAt(template, at)) }).toEqual({ path, at, value: normal(value) });
      }
    }
  });

  test('are found in requests of CreateFlow, value by value', () => {
    for (const plan of flows) {
      const request = resolve(stack.resolve(renderCreateFlow(plan)), { environment: {} });
      for (const { path, value } of leavesOf(readFlow(request))) {
        const at = pathInFlow(request, path);
        expect({ path, at, value: normal(valueAt(request, at)) }).toEqual({ path, at, value: normal(value) });
      }
    }
  });

  test('have connector profiles that are read from properties and requests as they were planned, and found there', () => {
    for (const { region, isKept, ...plan } of profiles) {
      const { connectorProfileName, connectorType, connectorLabel, connectionMode, kmsArn, credentials, properties } = plan;
      const { member } = connectorRecord(connectorType)!;
      const request = resolve(stack.resolve({
        connectorProfileName,
        connectorType,
        connectorLabel,
        connectionMode,
        kmsArn,
        connectorProfileConfig: {
          connectorProfileCredentials: credentials && { [member]: credentials },
          connectorProfileProperties: { [member]: properties },
        },
      }), { environment: {} });
      const read = readConnectorProfile(request);
      expect(normal(read)).toEqual(planned(plan));
      for (const { path, value } of leavesOf(read)) {
        const at = pathInConnectorProfile(request, path);
        expect({ path, at, value: normal(valueAt(request, at)) }).toEqual({ path, at, value: normal(value) });
      }
    }
    for (const [name, { logicalId, request, locate }] of profileResources) {
      const { region, isKept, ...plan } = profiles.find(({ connectorProfileName }) => stack.resolve(connectorProfileName) === name)!;
      const read = readConnectorProfile(request);
      expect(normal(read)).toEqual(planned(plan));
      for (const { path, value } of leavesOf(read)) {
        const at = ['Resources', logicalId, 'Properties', ...locate(pathInConnectorProfile(request, path))];
        expect({ path, at, value: known(valueAt(template, at)) }).toEqual({ path, at, value: normal(value) });
      }
    }
  });
});
