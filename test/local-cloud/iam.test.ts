import { Identities } from './iam';

const ROLE = 'arn:aws:iam::111111111111:role/handler';
const FLOW = 'arn:aws:appflow:eu-west-1:111111111111:flow/orders';

function identities(...statements: any[]): Identities {
  const made = new Identities('111111111111', 'eu-west-1');
  made.createRole('handler', ROLE);
  made.putPolicy('handler', 'inline', { Statement: statements });
  return made;
}

test.each([
  ['the very action and resource', [{ Effect: 'Allow', Action: 'appflow:StartFlow', Resource: FLOW }], true],
  ['an action in other letters', [{ Effect: 'Allow', Action: 'AppFlow:startflow', Resource: FLOW }], true],
  ['wildcards', [{ Effect: 'Allow', Action: ['appflow:St*'], Resource: ['arn:aws:appflow:*:*:flow/ord?rs'] }], true],
  ['another action', [{ Effect: 'Allow', Action: 'appflow:StopFlow', Resource: FLOW }], false],
  ['another flow', [{ Effect: 'Allow', Action: 'appflow:*', Resource: `${FLOW}-2` }], false],
  ['nothing at all', [], false],
  ['a deny beside an allow', [
    { Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'appflow:StartFlow', Resource: FLOW },
  ], false],
  ['an allow of everything else', [{ Effect: 'Allow', NotAction: 'appflow:StartFlow', Resource: '*' }], false],
  ['an allow for everything but another flow', [{ Effect: 'Allow', Action: '*', NotResource: `${FLOW}-2` }], true],
  ['a condition that holds', [
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-west-2'] } } },
  ], true],
  ['a condition that does not hold', [
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:RequestedRegion': 'us-*' } } },
  ], false],
])('%s decides on StartFlow', (_, statements, allowed) => {
  expect(identities(...statements).allows(ROLE, 'appflow:StartFlow', FLOW)).toBe(allowed);
});

test('a condition that cannot be evaluated is refused by name', () => {
  const statement = { Effect: 'Allow', Action: 'appflow:*', Resource: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };
  expect(() => identities(statement)).toThrow('StringEquals aws:SourceVpc');
});

test.each([
  ['with the tag', { team: 'sales' }, true],
  ['with another value', { team: 'law' }, false],
  ['without tags', undefined, false],
])('a condition on a tag of the request, %s', (_, tags, allowed) => {
  const made = identities({ Effect: 'Allow', Action: 'appflow:CreateFlow', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'sales' } } });
  expect(made.allows(ROLE, 'appflow:CreateFlow', '*', tags)).toBe(allowed);
});

test.each([
  ['with the tag', { team: 'sales' }, [true, false]],
  ['with another value', { team: 'law' }, [false, true]],
  ['without the tag', {}, [false, true]],
])('a condition on a tag of the resource, %s', (_, tags, expected) => {
  const made = new Identities('111111111111', 'eu-west-1', (arn) => arn === FLOW ? tags as Record<string, string> : {});
  made.createRole('handler', ROLE);
  const condition = (operator: string) => ({ [operator]: { 'aws:ResourceTag/team': 'sales' } });
  made.putPolicy('handler', 'inline', {
    Statement: [
      { Effect: 'Allow', Action: 'appflow:StartFlow', Resource: '*', Condition: condition('StringEquals') },
      { Effect: 'Allow', Action: 'appflow:StopFlow', Resource: '*', Condition: condition('StringNotEquals') },
    ],
  });
  expect([made.allows(ROLE, 'appflow:StartFlow', FLOW), made.allows(ROLE, 'appflow:StopFlow', FLOW)]).toEqual(expected);
});

test.each([
  ['with it', { 's3:prefix': 'sap/orders' }, true],
  ['with another one', { 's3:prefix': 'crm' }, false],
  ['without', undefined, false],
])('a condition on the prefix that is listed, %s', (_, keys, allowed) => {
  const made = identities({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition: { StringLike: { 's3:prefix': ['sap', 'sap/*'] } } });
  expect(made.allows(ROLE, 's3:ListBucket', 'arn:aws:s3:::lake', {}, keys)).toBe(allowed);
});

test('a condition on a service whose calls are never checked does not matter', () => {
  const statement = { Effect: 'Allow', Action: 'glue:GetTable', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'sales' } } };
  expect(() => identities(statement)).not.toThrow();
});

test('a managed policy that is not known is refused by name', () => {
  const made = identities();
  expect(() => made.attachManagedPolicy('handler', 'arn:aws:iam::aws:policy/AdministratorAccess')).toThrow('AdministratorAccess');
  made.attachManagedPolicy('handler', 'arn:aws:iam::aws:policy/AmazonAppFlowFullAccess');
  expect(made.allows(ROLE, 'appflow:StartFlow', FLOW)).toBe(true);
});

test('an issued key acts as its role, and any other key may do everything', () => {
  const made = identities({ Effect: 'Allow', Action: 'appflow:StopFlow', Resource: '*' });
  const decide = made.mayDo(made.issueKey(ROLE))!;
  expect([decide('appflow:StopFlow', FLOW), decide('appflow:StartFlow', FLOW)]).toEqual([true, false]);
  expect(made.mayDo('AKIDEXAMPLE')).toBeUndefined();
});

test('a key of a deleted role may do nothing', () => {
  const made = identities({ Effect: 'Allow', Action: '*', Resource: '*' });
  const decide = made.mayDo(made.issueKey(ROLE))!;
  made.deleteRole('handler');
  expect(decide('appflow:StopFlow', FLOW)).toBe(false);
});
