import type { TextConstraint } from '../connector-record';
import { CONNECTOR_LABEL } from '../constraints';
import { type Rule, violations } from './rule';

/** A custom connector as rules see it. */
export interface ConnectorPlan {
  readonly connectorLabel?: string;
  readonly description?: string;
}

const DESCRIPTION: TextConstraint = {
  pattern: /^[\s\w/!@#+=.-]*$/,
  patternWords: 'letters, digits, blanks and _ / ! @ # + = . -',
  maxLength: 1024,
};

/** Also one of connector profiles, which name their connector. */
export const CONNECTOR_LABEL_RULE: Rule<Pick<ConnectorPlan, 'connectorLabel'>> = {
  code: 'connector-label-invalid',
  evidence: 'documented',
  source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RegisterConnector.html',
  broken: ({ connectorLabel }) => violations('label of the connector', connectorLabel, CONNECTOR_LABEL, ['connectorLabel']),
};

/** Rules about custom connectors alone. */
export const CONNECTOR_RULES: readonly Rule<ConnectorPlan>[] = [
  {
    code: 'connector-description-invalid',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RegisterConnector.html',
    broken: ({ description }) => violations('description of the connector', description, DESCRIPTION, ['description']),
  },
];
