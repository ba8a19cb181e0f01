import { BackfillId, DeclaredHistory } from './backfill-id';
import { describeRange, missing, Range, renderRanges } from './backfill-windows';
import type { CustomResourceEvent, Outcome, Properties } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';
import { requiredCount, requiredText } from './properties';

/**
 * `Custom::AppFlowFlowBackfill`: says which part of a flow's history a deployment has to load, which other custom resources then do, and remembers it.
 * It calls nobody.
 */
export async function planBackfill(event: CustomResourceEvent, now: () => number = Date.now): Promise<Outcome> {
  const { RequestType, PhysicalResourceId = '', ResourceProperties } = event;
  if (RequestType === 'Delete') {
    return { physicalResourceId: PhysicalResourceId };
  }
  const declared = declaredIn(ResourceProperties);
  const before = RequestType === 'Create' ? BackfillId.first : BackfillId.parse(PhysicalResourceId);
  const known = [before, before.predecessor].find(id => id.isFor(declared));
  // What is declared has been loaded, or is what a rollback returns to.
  return known !== undefined ? outcome(known, []) : loadMore(declared, before, now());
}

function loadMore(declared: DeclaredHistory, before: BackfillId, now: number): Outcome {
  const { loaded } = before;
  const wanted: Range = { from: declared.from, to: declared.to ?? loaded?.to ?? Math.floor(now / 1000) };
  if (wanted.from >= wanted.to) {
    throw new CustomResourceError(ErrorCode.BACKFILL_EMPTY,
      `the history of the flow has to begin before it ends, got ${describeRange(wanted)}; give an earlier 'from', or a later 'to'`);
  }
  const ranges = loaded !== undefined && before.isOf(declared) ? missing(wanted, loaded) : [wanted];
  return outcome(before.followedBy(declared, wanted, now), ranges);
}

/** An attempt is younger than all before it. */
function outcome(id: BackfillId, ranges: readonly Range[]): Outcome {
  const { to, attempt } = id.loaded!;
  return { physicalResourceId: id.toString(), data: { To: String(to), Attempt: String(attempt), Ranges: renderRanges(ranges) } };
}

function declaredIn(properties: Properties): DeclaredHistory {
  return {
    identity: [requiredText(properties, 'FlowName'), properties.Revision ?? ''],
    from: requiredCount(properties, 'From'),
    to: properties.To === undefined ? undefined : requiredCount(properties, 'To'),
  };
}
