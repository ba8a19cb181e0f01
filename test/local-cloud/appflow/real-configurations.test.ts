import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppFlowService } from './appflow-service';
import { toApi } from './from-cloudformation';
import { type JsonObject, type JsonValue, isObject } from './json';
import { ACCOUNT, REGION, salesforceProfile } from './samples';

interface Configuration {
  readonly id: string;
  readonly kind: 'flow' | 'profile';
  readonly deployed: 'yes' | 'likely' | 'unknown';
  readonly properties: JsonObject;
}

/** Anonymised flows and profiles that were found in public templates, modules and recorded answers of the API. */
const CONFIGURATIONS = JSON.parse(readFileSync(join(__dirname, '../../fixtures/real-configurations.json'), 'utf8')) as Configuration[];

/** What stood where the anonymised configurations keep a `Ref`. */
const REFERENCED: Record<string, JsonValue> = {
  BucketName: 'bucket-1',
  ClientCredentialsArn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:Secret-abcdef',
  RoleArn: 'arn:aws:iam::111122223333:role/Role',
  ScheduleExpression: 'rate(1days)',
  ScheduleStartTime: '1800000000',
  TokenUrl: 'https://acme.example.com/token',
};

function resolved(value: JsonValue | undefined, property = ''): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((element) => resolved(element, property)!);
  if (!isObject(value)) {
    // The anonymised name of an endpoint service does not look like one any more.
    return property === 'PrivateLinkServiceName' ? 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0' : value;
  }
  if (value.Ref !== undefined) return REFERENCED[property] ?? `resolved-${String(value.Ref)}`;
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, resolved(content, name)]));
}

function cloud(): AppFlowService {
  return new AppFlowService({ account: ACCOUNT, region: REGION });
}

describe.each(CONFIGURATIONS)('$id, a $kind (deployed: $deployed)', ({ kind, properties }) => {
  const given = resolved(properties) as JsonObject;

  test('is accepted', () => {
    const service = cloud();
    if (kind === 'profile') {
      service.invoke('CreateConnectorProfile', toApi('AWS::AppFlow::ConnectorProfile', given));
      expect([...service.profiles.keys()]).toEqual([given.ConnectorProfileName]);
    } else {
      for (const connectorProfileName of ['profile-1', 'profile-2', 'resolved-Param2']) {
        service.invoke('CreateConnectorProfile', salesforceProfile({ connectorProfileName }));
      }
      service.invoke('CreateFlow', toApi('AWS::AppFlow::Flow', given));
      expect([...service.flows.keys()]).toEqual([given.FlowName]);
    }
    expect(service.calls.at(-1)).toMatchObject({ outcome: 'ok', unknownMembers: [] });
  });

  test('can be updated with itself', () => {
    const service = cloud();
    const type = kind === 'profile' ? 'AWS::AppFlow::ConnectorProfile' : 'AWS::AppFlow::Flow';
    for (const connectorProfileName of kind === 'flow' ? ['profile-1', 'profile-2', 'resolved-Param2'] : []) {
      service.invoke('CreateConnectorProfile', salesforceProfile({ connectorProfileName }));
    }
    service.invoke(kind === 'profile' ? 'CreateConnectorProfile' : 'CreateFlow', toApi(type, given));
    const update = kind === 'profile' ? 'UpdateConnectorProfile' : 'UpdateFlow';
    service.invoke(update, toApi(type, given, update));
    expect(service.calls.at(-1)).toMatchObject({ operation: update, outcome: 'ok', unknownMembers: [] });
  });
});

test('there are fifty of them', () => {
  expect(CONFIGURATIONS).toHaveLength(50);
});
