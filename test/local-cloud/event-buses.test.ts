import { EventBuses } from './event-buses';
import { LocalCloud } from './local-cloud';

const SOURCE = 'aws.partner/appflow/salesforce.com/111111111111/accounts';

describe('event buses', () => {
  const buses = () => new EventBuses((name) => name === SOURCE);

  test.each<[string, (of: EventBuses) => void, string]>([
    ['a name that is taken', (of) => { of.create('a'); of.create('a'); }, 'Event bus a already exists.'],
    ['the name of a partner without its source', (of) => of.create(SOURCE), "EventBus name starting with 'aws.' is not valid."],
    ['another name than its source has', (of) => of.create('accounts', SOURCE), `does not match its event source ${SOURCE}`],
    ['a source that no partner has made', (of) => of.create(`${SOURCE}-2`, `${SOURCE}-2`), `Event source ${SOURCE}-2 does not exist.`],
    ['a rule on no event bus', (of) => of.putRule('a', 'rule'), 'Event bus a does not exist.'],
    ['the end of an event bus with rules', (of) => { of.create('a'); of.putRule('a', 'rule'); of.delete('a'); }, "can't be deleted since it has rules"],
  ])('refuse %s', (_, act, message) => {
    expect(() => act(buses())).toThrow(message);
  });

  test('match partner event sources by name', () => {
    const own = buses();
    own.create(SOURCE, SOURCE);
    own.create('other');
    own.delete('other');
    expect(own.names).toEqual([SOURCE]);
  });
});

test('rules and event buses of a stack', async () => {
  const cloud = await LocalCloud.start();
  try {
    const Resources = {
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'mine' } },
      ByName: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' }, EventPattern: { source: ['a'] } } },
      ByArn: { Type: 'AWS::Events::Rule', Properties: { Name: 'b', EventBusName: { 'Fn::GetAtt': ['Bus', 'Arn'] }, EventPattern: { source: ['b'] } } },
      OnDefault: { Type: 'AWS::Events::Rule', Properties: { Name: 'c', EventPattern: { source: ['c'] } } },
    };
    const { resources } = await cloud.deploy({ stackName: 'Stack', template: { Resources } });
    expect(resources.ByArn).toMatchObject({ physicalId: 'mine|b', attributes: { Arn: 'arn:aws:events:eu-west-1:111111111111:rule/mine/b' } });
    expect(resources.OnDefault.physicalId).toEqual('c');
    expect([...cloud.eventBuses.rulesOf('mine')]).toEqual(expect.arrayContaining(['b', expect.stringMatching(/^Stack-ByName-/)]));
    await cloud.destroy('Stack');
    expect([cloud.eventBuses.names, cloud.eventBuses.rulesOf('default').size]).toEqual([[], 0]);
  } finally {
    await cloud.stop();
  }
});
