import { LocalCloud } from '../../local-cloud';

let cloud: LocalCloud;
beforeEach(async () => { cloud = await LocalCloud.start(); });
afterEach(async () => cloud.stop());

const NAMESPACE = { Type: 'AWS::RedshiftServerless::Namespace', Properties: { NamespaceName: 'sales' } };
const WORKGROUP = { Type: 'AWS::RedshiftServerless::Workgroup', Properties: { WorkgroupName: 'nightly', NamespaceName: 'sales' } };
const DOMAIN = { Type: 'AWS::CustomerProfiles::Domain', Properties: { DomainName: 'customers', DefaultExpirationDays: 366 } };
const OBJECT_TYPE = {
  Type: 'AWS::CustomerProfiles::ObjectType', Properties: { DomainName: 'customers', ObjectTypeName: 'Contact', Description: 'A contact' },
};
const ALARM = { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'late', ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 1 } };
const DASHBOARD = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'flows', DashboardBody: '{}' } };

async function deploy(Resources: object) {
  return cloud.deploy({ stackName: 'Stack', template: { Resources } });
}

test('resources have the names and ARNs of their services, and go with their stack', async () => {
  const all = {
    Namespace: NAMESPACE,
    Workgroup: { ...WORKGROUP, DependsOn: 'Namespace' },
    Domain: DOMAIN,
    ObjectType: { ...OBJECT_TYPE, DependsOn: 'Domain' },
    Alarm: ALARM,
    Dashboard: DASHBOARD,
  };
  const { resources } = await deploy(all);
  expect(Object.fromEntries(Object.values(resources).map(({ logicalId, physicalId }) => [logicalId, physicalId]))).toEqual({
    Namespace: 'sales', Workgroup: 'nightly', Domain: 'customers', ObjectType: 'customers|Contact', Alarm: 'late', Dashboard: 'flows',
  });
  expect(resources.Workgroup.attributes!['Workgroup.WorkgroupArn']).toMatch(/^arn:aws:redshift-serverless:eu-west-1:111111111111:workgroup\/[\da-f-]{36}$/);
  expect(resources.Alarm.attributes).toEqual({ Arn: 'arn:aws:cloudwatch:eu-west-1:111111111111:alarm:late' });
  await cloud.destroy('Stack');
  expect((await deploy(all)).status).toEqual('CREATE_COMPLETE');
});

test.each([
  ['a workgroup without its namespace', { Workgroup: WORKGROUP }, 'NamespaceName sales does not exist'],
  ['an object type without its domain', { ObjectType: OBJECT_TYPE }, 'DomainName customers does not exist'],
  ['an alarm of a name that is taken', { Alarm: ALARM, Another: ALARM }, 'late already exists'],
  ['a dashboard of a name that is taken', { Dashboard: DASHBOARD, Another: DASHBOARD }, 'flows already exists'],
])('%s is refused', async (_, resources, reason) => {
  await expect(deploy(resources)).rejects.toThrow(reason);
});
