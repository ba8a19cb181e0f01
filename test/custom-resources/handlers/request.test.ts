import { CreateConnectorProfileRequest$, CreateFlowRequest$ } from '@aws-sdk/client-appflow';
import { typed } from '../../../lib/custom-resources/handlers/request';

const scheduled = (schedule: object) => ({ triggerConfig: { triggerType: 'Scheduled', triggerProperties: { Scheduled: schedule } } });

test.each<[string, object, object]>([
  ['a number', scheduled({ scheduleOffset: '300' }), scheduled({ scheduleOffset: 300 })],
  ['a time', scheduled({ scheduleStartTime: '1800000000' }), scheduled({ scheduleStartTime: new Date(1_800_000_000_000) })],
  [
    'a text that looks like a number',
    { tasks: [{ sourceFields: ['1'], taskType: 'Mask', taskProperties: { MASK_LENGTH: '5' } }], tags: { version: '2' } },
    { tasks: [{ sourceFields: ['1'], taskType: 'Mask', taskProperties: { MASK_LENGTH: '5' } }], tags: { version: '2' } },
  ],
  ['nothing', { description: undefined }, {}],
])('%s is what AppFlow takes', (_, given, expected) => {
  expect(typed(CreateFlowRequest$, given)).toEqual(expected);
});

test.each([['true', true], ['false', false], [true, true]])('%j is %j', (given, expected) => {
  const profile = (isSandboxEnvironment: unknown) => ({
    connectorProfileConfig: { connectorProfileProperties: { Salesforce: { isSandboxEnvironment } } },
  });
  expect(typed(CreateConnectorProfileRequest$, profile(given))).toEqual(profile(expected));
});

test('a member that the SDK would leave out without a word is refused', () => {
  expect(() => typed(CreateFlowRequest$, scheduled({ scheduleOfset: '300' })))
    .toThrow("does not know 'scheduleOfset' of the AppFlow API's ScheduledTriggerProperties; correct the name");
});
