import { customResourceEvent } from './custom-resource';
import { CustomResourceError, ErrorCode } from '../../../lib/custom-resources/handlers/errors';
import { begin, isComplete, polledHandlerOf, type PolledHandler } from '../../../lib/custom-resources/handlers/polling';

const CONTEXT = { getRemainingTimeInMillis: () => 60_000 };
const URL_WITH_SIGNATURE = 'https://bucket.example/answer?X-Amz-Signature=canary';

let said: string;
beforeEach(() => {
  said = '';
  jest.spyOn(console, 'log').mockImplementation((line: string) => {
    said += line;
  });
});

function handler(part: Partial<PolledHandler>): PolledHandler {
  return { begin: async () => ({ physicalResourceId: 'id', data: { Name: 'x' } }), isComplete: async () => ({ done: false }), ...part };
}

const created = customResourceEvent({ ResponseURL: URL_WITH_SIGNATURE, ResourceProperties: { Secret: 'canary' } });
const polled = (since = Date.now()) => ({ ...created, PhysicalResourceId: 'id', BegunAt: since });

test('what a handler begins with is what the framework takes', async () => {
  expect(await begin(handler({}), created, CONTEXT)).toEqual({ PhysicalResourceId: 'id', Data: { Name: 'x' }, BegunAt: expect.any(Number) });
});

test('a deletion keeps the physical id, as the framework requires', async () => {
  const event = customResourceEvent({ RequestType: 'Delete', PhysicalResourceId: 'other' });
  expect(await begin(handler({}), event, CONTEXT)).toMatchObject({ PhysicalResourceId: 'other' });
});

test('attributes are given when the work is done, and not before', async () => {
  const data = { Name: 'y' };
  expect(await isComplete(handler({ isComplete: async () => ({ done: false, data }) }), polled(), CONTEXT)).toEqual({ IsComplete: false });
  expect(await isComplete(handler({ isComplete: async () => ({ done: true, data }) }), polled(), CONTEXT)).toEqual({ IsComplete: true, Data: data });
});

test.each(['begin', 'isComplete'] as const)('an error of %s is told without credentials, without a stack, and short enough for CloudFormation', async step => {
  const failing = handler({
    [step]: async () => {
      throw new CustomResourceError(ErrorCode.RUN_FAILED, `AppFlow said ${URL_WITH_SIGNATURE} refresh_token=canary ${'x'.repeat(5_000)}`);
    },
  });
  const error = await (step === 'begin' ? begin(failing, created, CONTEXT) : isComplete(failing, polled(), CONTEXT)).catch((thrown: Error) => thrown) as Error;
  expect(error.message).toMatch(/^AppFlow said \[redacted\].*….*\(appflow-constructs:run-failed\)$/);
  expect(error.message.length).toBeLessThan(1_000);
  expect(error.stack).toBe(error.message);
  expect(error.message + said).not.toContain('canary');
});

test('a defect is told as one', async () => {
  const failing = handler({
    isComplete: async () => {
      throw new TypeError('undefined is not a function');
    },
  });
  await expect(isComplete(failing, polled(), CONTEXT)).rejects.toThrow('TypeError: undefined is not a function (appflow-constructs:handler-failed)');
});

test('each invocation writes one line, without properties', async () => {
  await begin(handler({}), created, CONTEXT);
  expect(JSON.parse(said)).toMatchObject({ RequestType: 'Create', LogicalResourceId: 'Resource', step: 'begin', result: { physicalResourceId: 'id' } });
  expect(said).not.toContain('canary');
});

test('an unknown type is refused', () => {
  expect(() => polledHandlerOf({}, created)).toThrow(/^resource type '.*' is not known .* \(appflow-constructs:invalid-request\)$/);
});
