import {
  API_VERSION, CATALOG_DATABASE_NAME, CATALOG_TABLE_PREFIX, FLOW_DESCRIPTION, FLOW_NAME,
} from '../constraints';
import type { FlowPlan } from '../flow-plan';
import { type Rule, violations } from './rule';

const CREATE_FLOW = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html';

/** Rules about the flow as a whole. */
export const FLOW_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'flow-name-invalid',
    evidence: 'documented',
    source: CREATE_FLOW,
    broken: (plan) => violations('name of the flow', plan.flowName, FLOW_NAME, ['flowName']),
  },
  {
    code: 'flow-description-invalid',
    evidence: 'documented',
    source: CREATE_FLOW,
    broken: (plan) => violations('description of the flow', plan.description, FLOW_DESCRIPTION, ['description']),
  },
  {
    code: 'api-version-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html',
    broken: (plan) => [
      ...violations('API version of the source', plan.source.apiVersion, API_VERSION, ['source', 'apiVersion']),
      ...violations('API version of the destination', plan.destination.apiVersion, API_VERSION, ['destination', 'apiVersion']),
    ],
  },
  {
    code: 'catalog-name-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_GlueDataCatalogConfig.html',
    broken: (plan) => [
      ...violations('name of the catalogue\'s database', plan.catalog?.databaseName, CATALOG_DATABASE_NAME, ['catalog', 'databaseName']),
      ...violations('table prefix of the catalogue', plan.catalog?.tablePrefix, CATALOG_TABLE_PREFIX, ['catalog', 'tablePrefix']),
    ],
  },
];
