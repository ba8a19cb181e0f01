import {
  API_VERSION, CATALOG_DATABASE_NAME, CATALOG_TABLE_PREFIX, FLOW_DESCRIPTION, FLOW_NAME,
} from '../constraints';
import type { FlowPlan } from '../flow-plan';
import { TRIGGER_TYPE } from '../vocabulary';
import { type Rule, violations } from './rule';

const CREATE_FLOW = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CreateFlow.html';
const FLOW_RESOURCE = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appflow-flow.html';

const FLOW_STATUSES = ['Active', 'Suspended', 'Draft'];

/** Also one of flows that are imported by their name. */
export const FLOW_NAME_RULE: Rule<Pick<FlowPlan, 'flowName'>> = {
  code: 'flow-name-invalid',
  evidence: 'documented',
  source: CREATE_FLOW,
  broken: ({ flowName }) => violations('name of the flow', flowName, FLOW_NAME, ['flowName']),
};

/** Rules about the flow as a whole. */
export const FLOW_RULES: readonly Rule<FlowPlan>[] = [
  FLOW_NAME_RULE,
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
  {
    code: 'flow-status-unknown',
    evidence: 'documented',
    source: FLOW_RESOURCE,
    broken: (plan) => violations('status of the flow', plan.flowStatus, { values: FLOW_STATUSES }, ['flowStatus']),
  },
  {
    code: 'flow-left-as-draft',
    evidence: 'inferred',
    source: `${FLOW_RESOURCE} (FlowStatus); that nothing else activates the flow is inferred`,
    broken: (plan) => plan.leftAsDraft === true && (plan.trigger.type === TRIGGER_TYPE.SCHEDULED || plan.trigger.type === TRIGGER_TYPE.EVENT)
      ? [{
        at: ['leftAsDraft'],
        what: 'CloudFormation leaves the flow as a draft, which moves no record until somebody activates it',
        got: `no FlowStatus with the trigger ${plan.trigger.type}`,
        allowed: 'Active, or Suspended and Draft for a flow that is not to run yet',
        remedy: 'set FlowStatus to Active, or use FlowActivation.byCloudFormation()',
      }]
      : [],
  },
];
