import { connectorRecord } from './connector-records';
import { type Fact, inferred } from './fact';
import type { EndPlan, UnnamedFlowPlan } from './flow-plan';

/** Why connectors are held to be as those that were seen. */
export const SAME_OBJECT = 'UpdateFlow was seen to refuse another object of Amazon S3 and of Amazon EventBridge, and the console lets nobody edit source and destination';

const OBJECT_MEMBERS = inferred(['object'], SAME_OBJECT);

/** The object that a flow reads or writes: the connector, and the members of its properties that name the object. */
export type EndObject = Readonly<Record<string, unknown>> & { readonly connectorType: string; readonly connectorLabel?: string };

/** What a flow keeps for life besides its name: AppFlow refuses to update it, or CloudFormation replaces the flow for it. */
export interface FlowIdentity {
  readonly source: EndObject;
  readonly destination: EndObject;
  readonly kmsArn?: string;
}

export function flowIdentity({ source, destination, kmsArn }: UnnamedFlowPlan): FlowIdentity {
  return {
    source: endObject(source, connectorRecord(source.connectorType)?.source),
    destination: endObject(destination, connectorRecord(destination.connectorType)?.destination),
    kmsArn,
  };
}

/** The members of a connector's properties that name its object. */
export function objectMembers(record: { readonly objectMembers?: Fact<readonly string[]> } | undefined): readonly string[] {
  return (record?.objectMembers ?? OBJECT_MEMBERS).value;
}

function endObject({ connectorType, connectorLabel, properties }: EndPlan, record: Parameters<typeof objectMembers>[0]): EndObject {
  // The root of a bucket may be left out, or an empty text.
  const members = objectMembers(record).map((member) => [member, properties[member]] as const).filter(([, value]) => value !== undefined && value !== '');
  return { connectorType, ...connectorLabel !== undefined ? { connectorLabel } : undefined, ...Object.fromEntries(members) };
}
