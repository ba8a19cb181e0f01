import { Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Why a statement is for all resources. */
export const NO_RESOURCES = 'The actions have no resources that a policy can name.';

/** Why a statement has resources with a wildcard. */
const REASONS = new WeakMap<iam.PolicyStatement, string>();

/** Says why a statement has resources with a wildcard. */
export function because(reason: string, statement: iam.PolicyStatement): iam.PolicyStatement {
  REASONS.set(statement, reason);
  return statement;
}

/**
 * Says at a construct, for itself and what is in it, why it is not as a rule of cdk-nag's AwsSolutions pack wants it. The reasons stand in
 * docs/security.md, too.
 *
 * Not by `Validations.acknowledge`: in the oldest versions of CDK, that would hold for the whole app, and so hide what users have to see in their own
 * constructs. cdk-nag looks at the construct and at those that it stands in.
 */
export function justify(construct: IConstruct, rule: string, reason: string) {
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [`Annotation::AwsSolutions-${rule}`]: reason });
}

/** The same for the wildcards in statements of a policy or role, where `because` has said why. */
export function justifyWildcards(policy: IConstruct, statements: readonly iam.PolicyStatement[]) {
  for (const statement of statements) {
    const reason = REASONS.get(statement);
    if (reason !== undefined) {
      statement.resources.forEach((resource) => justifyWildcard(policy, resource, reason));
    }
  }
}

/** The same for one resource in a policy or role, if it has a wildcard. */
export function justifyWildcard(policy: IConstruct, resource: string, reason: string) {
  const validate = () => {
    const text = flattened(Stack.of(policy).resolve(resource));
    if (text.includes('*')) {
      justify(policy, `IAM5[Resource::${text}]`, reason);
    }
    return [];
  };
  // The id of the finding contains references, and what these are in the template is known only now.
  policy.node.addValidation({ validate });
}

/** A value of a template as cdk-nag writes it in the ids of its findings. */
function flattened(value: any): string {
  if (typeof value === 'string') {
    return value.replaceAll('${', '<').replaceAll('}', '>');
  }
  const [[name, argument]] = Object.entries<any>(value);
  switch (name) {
    case 'Fn::Join':
      return argument[1].map(flattened).join(argument[0]);
    case 'Fn::GetAtt':
      return `<${argument.map(flattened).join('.')}>`;
    case 'Fn::ImportValue':
    case 'Fn::Sub':
      return flattened(argument);
    case 'Ref':
      return `<${flattened(argument)}>`;
    default:
      return JSON.stringify(value);
  }
}
