import { matchesEvent } from './event-pattern';

/** An event of Amazon EC2, as the page on event patterns has it. */
const EVENT = {
  'source': 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  'resources': ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  'detail': { state: 'terminated', code: 48 },
};

test.each<[string, object, boolean]>([
  ['the value of a field', { source: ['aws.ec2'] }, true],
  ['one of several values', { detail: { state: ['stopped', 'terminated'] } }, true],
  ['another value', { detail: { state: ['stopped'] } }, false],
  ['the text of a number', { detail: { code: ['48'] } }, false],
  ['one of two fields', { source: ['aws.ec2'], detail: { state: ['stopped'] } }, false],
  ['an element of a list', { resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'] }, true],
  ['anything but another value', { detail: { state: [{ 'anything-but': 'stopped' }] } }, true],
  ['anything but its value and another', { detail: { state: [{ 'anything-but': ['stopped', 'terminated'] }] } }, false],
  ['a field that is not there', { detail: { reason: [{ 'anything-but': 'stopped' }] } }, false],
  ['an object that is not there', { details: { state: ['terminated'] } }, false],
])('a pattern of %s', (_, pattern, expected) => {
  expect(matchesEvent(pattern, EVENT)).toBe(expected);
});

test('an operator that nobody has needed so far is refused', () => {
  expect(() => matchesEvent({ source: [{ prefix: 'aws.' }] }, EVENT)).toThrow('prefix');
});
