import { ServiceError } from './service';

/** AppFlow's texts can be pages long; CloudFormation shows about a thousand characters. */
const MAX_QUOTED = 500;

/** What to do about an answer of AppFlow, by the name that AppFlow gives it. */
const REMEDIES: Record<string, string> = {
  AccessDeniedException: 'look whether a policy of the organization denies the action, and, for a flow of the stack, '
    + 'whether it still has the tag appflow-constructs:stack, by which the role of the custom resource knows it',
  ConflictException: 'another operation on the flow is going on: wait for it to end and deploy again',
  ServiceQuotaExceededException: 'raise the quota in Service Quotas or free some of it, and deploy again',
  ThrottlingException: 'AppFlow throttled the account until the time of the function was up: deploy again',
  UnsupportedOperationException: 'the kind of flow does not allow it: compare its trigger with the declared one',
};
const DEFAULT_REMEDY = 'look at the flow in the AppFlow console, and deploy again';

/** Says what AppFlow answered to an operation, and what to do about it. */
export function refusal(operation: string, error: ServiceError, remedies: Readonly<Record<string, string>> = {}): string {
  const remedy = remedies[error.reason] ?? REMEDIES[error.reason] ?? DEFAULT_REMEDY;
  return `AppFlow answered ${error.reason} to ${operation}: "${quoted(error.message)}"; ${remedy}`;
}

export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line;
}
