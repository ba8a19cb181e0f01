/** When a deployment starts a run of an on-demand flow. The deployment does not wait for the run. */
export enum RunOnDeploy {
  /** When the deployment creates or replaces the flow. */
  ON_CREATE = 'OnCreate',

  /** When the deployment creates, replaces or changes the flow. */
  ON_CHANGE = 'OnChange',
}
