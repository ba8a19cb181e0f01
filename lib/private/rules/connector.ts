import type { TextConstraint } from '../connector-record';
import { CONNECTOR_LABEL, oneOf } from '../constraints';
import { literalString, quote } from '../values';
import { type Rule, violations } from './rule';

/** A custom connector as rules see it. */
export interface ConnectorPlan {
  readonly connectorLabel?: string;
  readonly description?: string;
  readonly provisioningType?: string;
  readonly lambdaArn?: string;
}

const DESCRIPTION: TextConstraint = {
  pattern: /^[\s\w/!@#+=.-]*$/,
  patternWords: 'letters, digits, blanks and _ / ! @ # + = . -',
  maxLength: 1024,
  inCloudFormation: { length: false },
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
  {
    code: 'connector-provisioning-type-unknown',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RegisterConnector.html',
    broken: ({ provisioningType }) => violations('provisioning type of the connector', provisioningType, oneOf('LAMBDA'), ['provisioningType']),
  },
  {
    code: 'connector-lambda-arn-unusual',
    // The pattern of the model takes the ARN of anything.
    evidence: 'inferred',
    source: 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_LambdaConnectorProvisioningConfig.html',
    broken: ({ lambdaArn }) => {
      const arn = literalString(lambdaArn);
      return arn !== undefined && !/^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/.test(arn)
        ? [{
          at: ['lambdaArn'],
          what: 'the ARN of the connector\'s function does not look like that of a function',
          got: quote(arn),
          allowed: 'arn:aws:lambda:region:account:function:name',
          remedy: 'give the ARN of a function in AWS Lambda',
          // The schema has a pattern that asks for little more.
          inSchema: !/arn:.*:.*:[0-9]+:.*/.test(arn),
        }]
        : [];
    },
  },
];
