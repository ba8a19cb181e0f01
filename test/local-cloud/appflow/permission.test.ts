import { AppFlowService } from './appflow-service';
import { ACCOUNT, REGION, refusalOf, s3Flow, salesforceFlow, salesforceProfile } from './samples';
import { type Caller } from '../service';

function allowed(...grants: string[]): Caller & { asked: string[] } {
  const asked: string[] = [];
  return {
    accessKeyId: 'HANDLER',
    signingName: 'appflow',
    asked,
    mayDo: (action, resource) => {
      asked.push(`${action} ${resource.split(':').pop()}`);
      return grants.includes(action);
    },
  };
}

test('a caller may do what the cloud says it may, on the resource of the operation', () => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION });
  service.invoke('CreateFlow', s3Flow());
  const caller = allowed('appflow:StartFlow');
  service.invoke('StartFlow', { flowName: 'orders' }, caller);
  expect(refusalOf(() => service.invoke('StopFlow', { flowName: 'orders' }, caller))).toEqual({
    code: 'AccessDeniedException',
    status: 403,
    message: 'User: HANDLER is not authorized to perform: appflow:StopFlow on resource: arn:aws:appflow:us-east-1:111122223333:flow/orders',
  });
  expect(caller.asked).toEqual(['appflow:StartFlow flow/orders', 'appflow:StopFlow flow/orders']);
  expect(service.calls.at(-1)).toMatchObject({ operation: 'StopFlow', outcome: 'AccessDeniedException', caller: { accessKeyId: 'HANDLER' } });
});

test('whoever creates a flow uses its profiles', () => {
  const service = new AppFlowService({ account: ACCOUNT, region: REGION });
  service.invoke('CreateConnectorProfile', salesforceProfile());
  expect(refusalOf(() => service.invoke('CreateFlow', salesforceFlow(), allowed('appflow:CreateFlow'))).message).toContain('appflow:UseConnectorProfile');
  const caller = allowed('appflow:CreateFlow', 'appflow:UseConnectorProfile');
  service.invoke('CreateFlow', salesforceFlow(), caller);
  expect(caller.asked).toEqual(['appflow:CreateFlow *', 'appflow:UseConnectorProfile connectorprofile/crm']);
});

test.each([
  ['UnregisterConnector', { connectorLabel: 'Ledger' }, 'appflow:UnRegisterConnector connector/Ledger'],
  ['ListFlows', {}, 'appflow:ListFlows flow/*'],
  ['DeleteConnectorProfile', { connectorProfileName: 'crm' }, 'appflow:DeleteConnectorProfile connectorprofile/crm'],
  ['DescribeConnectors', {}, 'appflow:DescribeConnectors *'],
  ['ListTagsForResource', { resourceArn: 'arn:aws:appflow:us-east-1:111122223333:flow/orders' }, 'appflow:ListTagsForResource flow/orders'],
])('%s asks for its action', (operation, input, asked) => {
  const caller = allowed();
  expect(refusalOf(() => new AppFlowService({ account: ACCOUNT, region: REGION }).invoke(operation, input, caller)).code).toBe('AccessDeniedException');
  expect(caller.asked).toEqual([asked]);
});
