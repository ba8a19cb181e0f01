import { createServer, type Server } from 'http';
import type { AddressInfo } from 'net';

/** The billing system, and AWS Secrets Manager beside it, which the connector asks for the API key. */
let server: Server;
let url: string;
let asked: string[];
let answer: { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: object };
let handler: (request: object) => Promise<any>;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.method === 'POST') {
      response.end(JSON.stringify({ SecretString: '{"apiKey":"made-up"}' }));
      return;
    }
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(answer.status ?? 200, answer.headers).end(JSON.stringify(answer.body ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening));
  url = `http://localhost:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  ({ handler } = jest.requireActual('./connector'));
});

afterAll(async () => new Promise((closed) => server.close(closed)));

beforeEach(() => {
  asked = [];
  answer = {};
  jest.spyOn(console, 'error').mockReturnValue();
});

const credentials = { secretArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:appflow!111111111111-acme-billing-A1b2C3', authenticationType: 'ApiKey' };
const settings = () => ({ instanceUrl: url });
const query = (request: object = {}) => handler({
  type: 'QueryDataRequest',
  entityIdentifier: 'invoices',
  connectorContext: { apiVersion: 'v1', credentials, connectorRuntimeSettings: settings() },
  maxResults: 1000,
  ...request,
});
const INVOICE = { id: '7', customer: 'Initech', amount: 10.5, paid: true, updatedAt: '2026-11-01T00:00:00Z', internal: 'not for AppFlow' };

test('the connector says what it can do', async () => {
  expect(await handler({ type: 'DescribeConnectorConfigurationRequest', locale: 'en-US' })).toMatchObject({
    isSuccess: true, connectorModes: ['SOURCE'], authenticationConfig: { isApiKeyAuthSupported: true }, supportedApiVersions: ['v1'],
  });
  expect(await handler({ type: 'ListEntitiesRequest' })).toEqual({
    isSuccess: true, entities: [{ entityIdentifier: 'invoices', label: 'invoices', hasNestedEntities: false }],
  });
});

test('an invoice has a key, and a time by which AppFlow can ask for what is new', async () => {
  const { entityDefinition: { fields } } = await handler({ type: 'DescribeEntityRequest', entityIdentifier: 'invoices' });
  const named = (wanted: (field: any) => boolean) => fields.filter(wanted).map(({ fieldName }: any) => fieldName);
  expect(named(() => true)).toEqual(['id', 'customer', 'amount', 'paid', 'updatedAt']);
  expect(named(({ isPrimaryKey }) => isPrimaryKey)).toEqual(['id']);
  expect(named(({ readProperties }) => readProperties.isTimestampFieldForIncrementalQueries)).toEqual(['updatedAt']);
});

test('the URL of the billing system is looked at', async () => {
  const validate = (connectorRuntimeSettings?: object) =>
    handler({ type: 'ValidateConnectorRuntimeSettingsRequest', scope: 'CONNECTOR_PROFILE', connectorRuntimeSettings });
  expect(await validate(settings())).toEqual({ isSuccess: true });
  expect(await validate({ instanceUrl: 'billing' })).toEqual({ isSuccess: false, errorsByInputField: { instanceUrl: 'is no URL' } });
  expect(await validate()).toMatchObject({ isSuccess: false });
});

test('credentials are those that the billing system takes', async () => {
  const request = { type: 'ValidateCredentialsRequest', credentials, connectorRuntimeSettings: settings() };
  expect(await handler(request)).toEqual({ isSuccess: true });
  expect(asked).toEqual(['/v1/invoices?limit=1 Bearer made-up']);
  answer = { status: 401 };
  expect(await handler(request)).toMatchObject({ isSuccess: false, errorDetails: { errorCode: 'InvalidCredentials' } });
});

test('records come page by page, with the fields that are asked for', async () => {
  answer = { body: { items: [INVOICE], nextPage: '2' } };
  expect(await query({ selectedFieldNames: ['id', 'amount'] })).toEqual({ isSuccess: true, records: ['{"id":"7","amount":10.5}'], nextToken: '2' });
  const { internal, ...invoice } = INVOICE;
  expect(JSON.parse((await query({ nextToken: '2' })).records[0])).toEqual(invoice);
  expect(asked).toEqual(['/v1/invoices?limit=1000 Bearer made-up', '/v1/invoices?limit=1000&page=2 Bearer made-up']);
});

test.each([
  'updatedAt between 2026-11-01T00:00:00Z and 2026-11-02T00:00:00Z',
  '(updatedAt BETWEEN "2026-11-01T00:00:00Z" AND "2026-11-02T00:00:00Z")',
])('a run of an incremental flow asks for its period: %s', async (filterExpression) => {
  answer = { body: { items: [] } };
  expect(await query({ filterExpression })).toEqual({ isSuccess: true, records: [] });
  expect(asked).toEqual(['/v1/invoices?updatedFrom=2026-11-01T00%3A00%3A00Z&updatedTo=2026-11-02T00%3A00%3A00Z&limit=1000 Bearer made-up']);
});

test('records are found by their ids', async () => {
  answer = { body: { items: [INVOICE] } };
  const connectorContext = { apiVersion: 'v1', credentials, connectorRuntimeSettings: settings() };
  expect(await handler({ type: 'RetrieveDataRequest', entityIdentifier: 'invoices', connectorContext, selectedFieldNames: ['id'], idFieldName: 'id', ids: ['7', '8'] }))
    .toEqual({ isSuccess: true, records: ['{"id":"7"}'] });
  expect(asked).toEqual(['/v1/invoices?ids=7%2C8 Bearer made-up']);
});

test.each([
  ['another filter', { filterExpression: 'amount > 5' }, 'InvalidArgument'],
  ['another entity', { entityIdentifier: 'orders' }, 'ResourceNotFoundError'],
  ['a search by another field', { type: 'RetrieveDataRequest', idFieldName: 'customer', ids: ['Initech'] }, 'InvalidArgument'],
  ['writing', { type: 'WriteDataRequest' }, 'InvalidArgument'],
  ['a billing system that is away', { connectorContext: { apiVersion: 'v1', credentials, connectorRuntimeSettings: { instanceUrl: 'http://localhost:1' } } }, 'ServiceUnavailable'],
])('%s is refused', async (_, request, errorCode) => {
  expect(await query(request)).toMatchObject({ isSuccess: false, errorDetails: { errorCode } });
});

test.each([[400, 'InvalidArgument'], [403, 'AccessDenied'], [404, 'ClientError'], [429, 'RateLimitExceeded'], [500, 'ServerError'], [503, 'ServiceUnavailable']])(
  'what the billing system answers with %d, AppFlow knows as %s', async (status, errorCode) => {
    answer = { status, headers: status === 429 ? { 'retry-after': '7' } : {} };
    expect(await query()).toEqual({
      isSuccess: false,
      errorDetails: { errorCode, errorMessage: `the billing system answered with ${status}`, retryAfterSeconds: status === 429 ? 7 : undefined },
    });
  });
