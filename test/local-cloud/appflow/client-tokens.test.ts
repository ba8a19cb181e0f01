import { AppFlowService } from './appflow-service';
import { ACCOUNT, REGION, refusalOf, s3Flow, salesforceProfile } from './samples';

let now = 0;
const cloud = () => new AppFlowService({ account: ACCOUNT, region: REGION, now: () => new Date(now) });
const HOURS = 3_600_000;

test('the same request under the same token is done once', () => {
  const service = cloud();
  const first = service.invoke('CreateFlow', s3Flow({ clientToken: 't' }));
  expect(service.invoke('CreateFlow', s3Flow({ clientToken: 't' }))).toEqual(first);
  expect(refusalOf(() => service.invoke('CreateFlow', s3Flow({ clientToken: 'another' }))).code).toBe('ConflictException');
});

test('a retried StartFlow answers with the run that it started', () => {
  const service = cloud();
  service.invoke('CreateFlow', s3Flow());
  const started = service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' });
  expect(service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' })).toEqual(started);
  expect(service.flows.get('orders')!.runs).toHaveLength(1);
  service.invoke('StartFlow', { flowName: 'orders' });
  expect(service.flows.get('orders')!.runs).toHaveLength(2);
});

test('another request under the same token is an error', () => {
  const service = cloud();
  service.invoke('CreateConnectorProfile', salesforceProfile({ clientToken: 't' }));
  expect(refusalOf(() => service.invoke('CreateConnectorProfile', salesforceProfile({ clientToken: 't', connectorProfileName: 'other' })))).toEqual({
    code: 'ConflictException', status: 409, message: 'The clientToken was already used for another CreateConnectorProfile request',
  });
});

test('a token is one of its operation, is forgotten after eight hours and is not spent by a refusal', () => {
  now = 0;
  const service = cloud();
  expect(refusalOf(() => service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' })).code).toBe('ResourceNotFoundException');
  service.invoke('CreateFlow', s3Flow({ clientToken: 't' }));
  const first = service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' }).executionId;
  now = 8 * HOURS - 1;
  expect(service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' }).executionId).toBe(first);
  now = 8 * HOURS;
  expect(service.invoke('StartFlow', { flowName: 'orders', clientToken: 't' }).executionId).not.toBe(first);
});
