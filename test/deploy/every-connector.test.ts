import * as sdk from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { ConnectorProfile, type Flow } from 'appflow-constructs';
import type { IConstruct } from 'constructs';
import { LocalStack } from './local-stack';
import { CONNECTOR_TYPES, connectorRecord } from '../../lib/private/connector-records';
import type { ConnectorExample } from '../connector-example';
import { defineExample, EXAMPLES } from '../example-stack';
import type { JsonObject } from '../local-cloud/appflow/json';
import { newStack, templateOf } from '../synthesis';

/** What was sent of each member of the SDK's unions, over all examples. */
const SENT = new Set<string>();

test.each(Object.entries(EXAMPLES))('the connector profiles and flows of %s are created, and the flows start', async (_, example) => {
  const local = await LocalStack.start();
  try {
    for (const [id, value] of secretsOf(example)) {
      local.cloud.secrets.put(`arn:aws:secretsmanager:eu-west-1:111111111111:secret:${id}-abcdef`, id, value);
    }
    let flows: Flow[] = [];
    let profiles: IConstruct[] = [];
    await local.deploy((stack) => {
      flows = defineExample(stack, example);
      profiles = stack.node.findAll().filter((construct) => construct instanceof ConnectorProfile);
    });
    const { appflow } = local.cloud;
    [...appflow.flows.keys()].forEach((flowName) => appflow.invoke('StartFlow', { flowName }));

    expect(appflow.calls.filter(({ outcome, unknownMembers }) => outcome !== 'ok' || unknownMembers.length > 0)).toEqual([]);
    const inputs = (operation: string) => appflow.calls.filter((call) => call.operation === operation).map(({ input }) => input);
    expect(inputs('CreateConnectorProfile')).toHaveLength(profiles.length);
    expect(inputs('CreateFlow')).toHaveLength(flows.length);
    const names = (operation: string) => new Set(inputs(operation).map(({ flowName }) => flowName));
    expect(names('CreateFlow').size).toEqual(flows.length);
    expect(names('StartFlow')).toEqual(names('CreateFlow'));
    record(inputs('CreateConnectorProfile'), inputs('CreateFlow'));
  } finally {
    await local.stop();
  }
});

describe.each(CONNECTOR_TYPES)('of %s', (type) => {
  const { member } = connectorRecord(type)!;

  test.each(['ConnectorProfileCredentials', 'ConnectorProfileProperties', 'SourceConnectorProperties', 'DestinationConnectorProperties'])(
    'each member in the SDK\'s %s is sent by some example',
    (union) => {
      const schema = new Map(unionOf(union).structIterator()).get(member);
      const members = schema !== undefined ? membersOf(schema, `${union}.${member}`) : [];
      expect(members.filter((path) => !SENT.has(path))).toEqual([]);
    },
  );
});

/** The secrets that an example refers to, with a value for each of their fields that the service takes for any credential. */
function secretsOf(example: ConnectorExample): Map<string, string> {
  const stack = newStack();
  defineExample(stack, example);
  const fields = new Map<string, Record<string, string>>();
  // CloudFormation resolves some of the references, and the custom resource the others, which are spelled otherwise.
  for (const [, id, field] of JSON.stringify(templateOf(stack)).matchAll(/resolve:secretsmanager(?:":")?:?([^:"}]+):SecretString:(\w+)/g)) {
    fields.set(id, { ...fields.get(id), [field]: 'aaaa.bbbb.cccc' });
  }
  return new Map([...fields].map(([id, values]) => [id, JSON.stringify(values)]));
}

function record(profiles: JsonObject[], flows: JsonObject[]) {
  const add = (union: string, value: unknown) => pathsOf(unionOf(union), value, union).forEach((path) => SENT.add(path));
  for (const { connectorProfileConfig } of profiles as any[]) {
    add('ConnectorProfileCredentials', connectorProfileConfig.connectorProfileCredentials);
    add('ConnectorProfileProperties', connectorProfileConfig.connectorProfileProperties);
  }
  for (const { sourceFlowConfig, destinationFlowConfigList: [destination] } of flows as any[]) {
    add('SourceConnectorProperties', sourceFlowConfig.sourceConnectorProperties);
    add('DestinationConnectorProperties', destination.destinationConnectorProperties);
  }
}

function unionOf(name: string): NormalizedSchema {
  return NormalizedSchema.of((sdk as unknown as Record<string, never>)[`${name}$`]);
}

/** The paths of all members of a structure that hold values, nested ones included. */
function membersOf(schema: NormalizedSchema, path: string): string[] {
  return schema.isStructSchema() ? [...schema.structIterator()].flatMap(([name, nested]) => membersOf(nested, `${path}.${name}`)) : [path];
}

/** Those of them that a request has. */
function pathsOf(schema: NormalizedSchema, value: any, path: string): string[] {
  if (value === undefined) {
    return [];
  }
  return schema.isStructSchema() ? [...schema.structIterator()].flatMap(([name, nested]) => pathsOf(nested, value[name], `${path}.${name}`)) : [path];
}
