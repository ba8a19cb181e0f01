import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { NAMESPACE } from './errors';

/** Where CDK keeps on an app what `Annotations.acknowledgeWarning` was told. It says so to nobody but its own annotations. */
const ANNOTATIONS = Symbol.for('@aws-cdk/core.Acknowledgements');

interface Acknowledgements {
  has?(path: string, id: string): boolean;
}

/** Whether `Annotations.acknowledgeWarning` was told a full code at a construct, or at one that it stands in. */
export function isAcknowledgedWarning(construct: IConstruct, code: string): boolean {
  const acknowledgements: Acknowledgements | undefined = Reflect.get(construct.node.root, ANNOTATIONS);
  // Some versions look only at what a construct stands in, and not at the construct itself.
  return acknowledgements?.has?.(`${construct.node.path}/_`, code) ?? false;
}

/** Whether `Validations.acknowledge` was told of a rule at a construct, or at one that it stands in. CDK sees to that itself in the reports of plugins. */
export function isAcknowledgedRule(construct: IConstruct, code: string): boolean {
  const id = `${NAMESPACE}:${code.slice(NAMESPACE.length)}`;
  return construct.node.scopes.some(({ node }) => node.metadata.some(({ type, data }) =>
    type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && Object.hasOwn(Object(data), id)));
}
