import { Calls } from './calls';

test('a call keeps its input without credentials', () => {
  const calls = new Calls();
  calls.begin({
    service: 'appflow',
    operation: 'CreateConnectorProfile',
    via: 'http',
    accessKeyId: 'AKID',
    input: {
      connectorProfileName: 'crm',
      clientToken: 'token-1',
      connectorProfileConfig: { connectorProfileCredentials: { Salesforce: { refreshToken: 'hush' } }, connectorProfileProperties: {} },
    },
  });
  const [call] = calls.of('CreateConnectorProfile');
  expect(JSON.stringify(call)).not.toContain('hush');
  expect(call.input).toMatchObject({ connectorProfileName: 'crm', clientToken: 'token-1' });
});
