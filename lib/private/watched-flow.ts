import type { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { OwnedFlow } from './owned-flow';
import { runTimes, type RunTimes } from './run-times';
import { triggerTypeOf } from './trigger-type';
import { isPlainObject } from './values';
import { DATA_PULL_MODE, TRIGGER_TYPE } from './vocabulary';

/** What whoever watches a flow can know of it. An imported flow tells nothing. */
export interface WatchedFlow {
  /** Undefined where it is not known. */
  readonly triggerType?: string;
  /** How far apart the runs of the flow's schedule are, where it has one, and that is certain. */
  readonly times?: RunTimes;
  /** Whether each run reads all records. */
  readonly readsAll: boolean;
  /** Whether a deployment leaves the flow so that it does not run. */
  readonly isSuspended: boolean;
}

export function watchedFlow(flow: appflow.IFlowRef): WatchedFlow {
  const { _plan: plan, _deployment: deployment } = flow as Partial<Pick<OwnedFlow, '_plan' | '_deployment'>>;
  const { triggerConfig, flowStatus } = flow as Partial<Pick<CfnFlow, 'triggerConfig' | 'flowStatus'>>;
  const triggerType = triggerTypeOf(flow);
  const { scheduleExpression, dataPullMode } = plan?.trigger ?? l1Schedule(triggerConfig);
  return {
    triggerType,
    times: triggerType === TRIGGER_TYPE.SCHEDULED ? runTimes(scheduleExpression) : undefined,
    readsAll: dataPullMode === DATA_PULL_MODE.COMPLETE,
    isSuspended: (deployment?.activation?.status ?? deployment?.flowStatus ?? flowStatus) === 'Suspended',
  };
}

/** The schedule of an L1, as far as it is known. */
function l1Schedule(trigger: unknown): Readonly<Record<string, unknown>> {
  const schedule = isPlainObject(trigger) ? trigger.triggerProperties : undefined;
  return isPlainObject(schedule) ? schedule : {};
}
