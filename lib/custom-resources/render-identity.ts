import type { FlowIdentity } from '../private/flow-object';

/** What a flow keeps for life, as properties of a custom resource, whose handler compares those of two deployments. */
export function renderIdentity({ source, destination, kmsArn }: FlowIdentity): Record<string, unknown> {
  return { Source: source, Destination: destination, KmsArn: kmsArn };
}
