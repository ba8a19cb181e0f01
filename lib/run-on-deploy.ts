import type { RunPlan } from './private/flow-plan';

/** When a deployment runs an on-demand flow, and what it waits for. */
export class RunOnDeploy {
  /** When the deployment creates or replaces the flow. */
  public static onCreate(): RunOnDeploy {
    return new RunOnDeploy({ when: 'OnCreate' });
  }

  /** When the deployment creates, replaces or changes the flow. */
  public static onChange(): RunOnDeploy {
    return new RunOnDeploy({ when: 'OnChange' });
  }

  private constructor(private readonly plan: RunPlan) {}

  /** @internal */
  public get _plan(): RunPlan {
    return this.plan;
  }
}
