'use strict';

/**
 * The connector for the billing system of Acme, which answers `GET /v1/invoices?updatedFrom=…&updatedTo=…&ids=…&limit=…&page=…` with
 * `{ "items": [ … ], "nextPage": "…" }` for whoever sends an API key. What AppFlow asks of a connector, and what it understands of its answers, is in
 * the Custom Connector SDK: https://github.com/awslabs/aws-appflow-custom-connector-python
 */
const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');

const secretsManager = new SecretsManagerClient();

/** AppFlow waits 30 seconds for records, and 10 for everything else. */
const ANSWER_WITHIN_MILLISECONDS = 9_000;

/** The fields of each entity. The billing system finds records by their ids, and by when they were updated; so no other field can be filtered by. */
const ENTITIES = {
  invoices: {
    id: { dataType: 'String', isPrimaryKey: true },
    customer: { dataType: 'String' },
    amount: { dataType: 'BigDecimal' },
    paid: { dataType: 'Boolean' },
    updatedAt: { dataType: 'DateTime', filterOperators: ['BETWEEN'] },
  },
};

/** What is wrong, in AppFlow's words. */
class Refusal extends Error {
  constructor(errorCode, message, retryAfterSeconds) {
    super(message);
    this.errorDetails = { errorCode, errorMessage: message, retryAfterSeconds };
  }
}

/** What AppFlow asks, by the `type` of the request. */
const ANSWERS = {
  DescribeConnectorConfigurationRequest: () => ({
    connectorOwner: 'Acme',
    connectorName: 'Billing',
    connectorVersion: '1.0',
    connectorModes: ['SOURCE'],
    authenticationConfig: { isApiKeyAuthSupported: true, isBasicAuthSupported: false, isOAuth2Supported: false, isCustomAuthSupported: false },
    supportedApiVersions: ['v1'],
    connectorRuntimeSetting: [{
      key: 'instanceUrl', dataType: 'String', required: true, label: 'URL', description: 'Where the billing system is', scope: 'CONNECTOR_PROFILE',
    }],
    operatorsSupported: ['PROJECTION', 'BETWEEN', 'NO_OP'],
    triggerFrequenciesSupported: ['BYMINUTE', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'ONCE'],
    supportedTriggerTypes: ['SCHEDULED', 'ONDEMAND'],
    supportedWriteOperations: [],
  }),

  ValidateConnectorRuntimeSettingsRequest: ({ scope, connectorRuntimeSettings: { instanceUrl } = {} }) => {
    if (scope === 'CONNECTOR_PROFILE' && !URL.canParse(instanceUrl)) {
      return { isSuccess: false, errorsByInputField: { instanceUrl: 'is no URL' } };
    }
    return {};
  },

  ValidateCredentialsRequest: async ({ credentials, connectorRuntimeSettings }) => {
    await ask({ credentials, connectorRuntimeSettings, apiVersion: 'v1' }, 'invoices', { limit: 1 });
    return {};
  },

  ListEntitiesRequest: () => ({ entities: Object.keys(ENTITIES).map(entity) }),

  DescribeEntityRequest: ({ entityIdentifier }) => ({
    entityDefinition: { entity: entity(entityIdentifier), fields: Object.entries(fieldsOf(entityIdentifier)).map(field) },
  }),

  QueryDataRequest: async ({ entityIdentifier, connectorContext, selectedFieldNames, filterExpression, nextToken, maxResults }) => {
    const { items, nextPage } = await ask(connectorContext, entityIdentifier, { ...period(filterExpression), limit: maxResults, page: nextToken });
    return { records: items.map((item) => record(item, entityIdentifier, selectedFieldNames)), nextToken: nextPage };
  },

  RetrieveDataRequest: async ({ entityIdentifier, connectorContext, selectedFieldNames, idFieldName = 'id', ids }) => {
    if (idFieldName !== 'id') {
      throw new Refusal('InvalidArgument', `the billing system cannot find records by ${idFieldName}`);
    }
    const { items } = await ask(connectorContext, entityIdentifier, { ids });
    return { records: items.map((item) => record(item, entityIdentifier, selectedFieldNames)) };
  },
};

exports.handler = async (request) => {
  try {
    const answer = ANSWERS[request.type];
    if (answer === undefined) {
      throw new Refusal('InvalidArgument', `the connector does not know ${request.type}`);
    }
    return { isSuccess: true, ...await answer(request) };
  } catch (error) {
    console.error({ request: request.type, error: error.message });
    return { isSuccess: false, errorDetails: error.errorDetails ?? { errorCode: 'UnknownError', errorMessage: error.message } };
  }
};

function fieldsOf(entityIdentifier) {
  if (!Object.hasOwn(ENTITIES, entityIdentifier)) {
    throw new Refusal('ResourceNotFoundError', `there are no ${entityIdentifier} in the billing system`);
  }
  return ENTITIES[entityIdentifier];
}

function entity(entityIdentifier) {
  return { entityIdentifier, label: entityIdentifier, hasNestedEntities: false };
}

function field([fieldName, { dataType, isPrimaryKey = false, filterOperators = [] }]) {
  const isQueryable = filterOperators.length > 0;
  return {
    fieldName,
    label: fieldName,
    dataType,
    dataTypeLabel: dataType,
    isPrimaryKey,
    filterOperators,
    readProperties: { isRetrievable: true, isNullable: !isPrimaryKey, isQueryable, isTimestampFieldForIncrementalQueries: isQueryable },
  };
}

/** A record as the JSON text that AppFlow expects, with the fields that it asked for. */
function record(item, entityIdentifier, selectedFieldNames) {
  const names = selectedFieldNames ?? Object.keys(fieldsOf(entityIdentifier));
  return JSON.stringify(Object.fromEntries(names.map((name) => [name, item[name] ?? null])));
}

/** The period that an incremental flow asks for: `updatedAt BETWEEN 2026-01-01T00:00:00Z AND 2026-01-02T00:00:00Z`. */
function period(filterExpression) {
  if (!filterExpression) {
    return {};
  }
  const [, updatedFrom, updatedTo] = /^\(?\s*updatedAt\s+BETWEEN\s+["']?([^\s"']+)["']?\s+AND\s+["']?([^\s"')]+)["']?\s*\)?$/i.exec(filterExpression.trim()) ?? [];
  if (updatedFrom === undefined) {
    throw new Refusal('InvalidArgument', `the billing system cannot filter by ${filterExpression}`);
  }
  return { updatedFrom, updatedTo };
}

/** Asks the billing system for a page of an entity. */
async function ask({ credentials, connectorRuntimeSettings, apiVersion }, entityIdentifier, query) {
  fieldsOf(entityIdentifier);
  const { SecretString: secret } = await secretsManager.send(new GetSecretValueCommand({ SecretId: credentials.secretArn }));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const url = new URL(`${apiVersion}/${entityIdentifier}?${new URLSearchParams(given)}`, connectorRuntimeSettings.instanceUrl);
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${JSON.parse(secret).apiKey}` }, signal: AbortSignal.timeout(ANSWER_WITHIN_MILLISECONDS),
  }).catch((error) => {
    throw new Refusal(error.name === 'TimeoutError' ? 'RequestTimeout' : 'ServiceUnavailable', `the billing system did not answer: ${error.message}`);
  });
  if (!response.ok) {
    const retryAfter = Number(response.headers.get('retry-after'));
    throw new Refusal(errorCodeOf(response.status), `the billing system answered with ${response.status}`, retryAfter > 0 ? retryAfter : undefined);
  }
  return response.json();
}

function errorCodeOf(status) {
  const codes = { 400: 'InvalidArgument', 401: 'InvalidCredentials', 403: 'AccessDenied', 429: 'RateLimitExceeded', 503: 'ServiceUnavailable' };
  return codes[status] ?? (status < 500 ? 'ClientError' : 'ServerError');
}
