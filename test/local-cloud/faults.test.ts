import { errorOf, Faults } from './faults';

test('a fault strikes the nth call of its operation, as often as it is told to', () => {
  const faults = new Faults();
  const fault = faults.inject({ service: 'appflow', operation: 'StartFlow', nth: 2, times: 2, kind: 'throttle' });
  const struck = ['StartFlow', 'StopFlow', 'StartFlow', 'StartFlow', 'StartFlow'].map((operation) => faults.strike('appflow', operation));
  expect(struck).toEqual([undefined, undefined, 'throttle', 'throttle', undefined]);
  expect(fault.hits).toBe(2);
});

test('a fault without an operation counts every call of its service, and of no other', () => {
  const faults = new Faults();
  faults.inject({ service: 'appflow', nth: 2, kind: 'internal-error' });
  expect(faults.strike('s3', 'PutObject')).toBeUndefined();
  expect(faults.strike('appflow', 'CreateFlow')).toBeUndefined();
  expect(faults.strike('appflow', 'StartFlow')).toBe('internal-error');
});

test.each([
  ['throttle', 'ThrottlingException', false],
  ['internal-error', 'InternalServerException', false],
  ['access-denied', 'AccessDeniedException', false],
  ['timeout', 'NetworkFailure', false],
  ['lost-response', 'NetworkFailure', true],
] as const)('in process, %s is the error %s, and the call takes effect: %s', async (kind, code, effect) => {
  const faults = new Faults();
  faults.inject({ service: 'appflow', operation: 'StopFlow', kind });
  const call = jest.fn().mockResolvedValue({});
  await expect(faults.around('appflow', 'StopFlow', call)).rejects.toMatchObject({ code });
  expect(call).toHaveBeenCalledTimes(effect ? 1 : 0);
  await expect(faults.around('appflow', 'StopFlow', call)).resolves.toEqual({});
});

test('a service has its own name for a throttle', () => {
  expect(['appflow', 'cloudformation', 's3', 'ssm', 'sts'].map((service) => errorOf('throttle', service).code))
    .toEqual(['ThrottlingException', 'Throttling', 'SlowDown', 'ThrottlingException', 'Throttling']);
});

test('cleared faults strike no longer', () => {
  const faults = new Faults();
  faults.inject({ service: 'appflow', kind: 'timeout' });
  faults.clear();
  expect(faults.strike('appflow', 'StartFlow')).toBeUndefined();
});
