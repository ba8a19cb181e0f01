/** A resource policy as S3 stores it. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: '*' | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: unknown;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore | boolean>>>>;
}

type OneOrMore = string | readonly string[];

/** What AppFlow asks of S3 on behalf of a flow. */
export interface BucketAccess {
  readonly account: string;
  readonly flowArn: string;
  readonly bucketArn: string;
  /** An object as the flow would read or write it. */
  readonly key: string;
  readonly actions: readonly string[];
}

/** "AllowAppFlowSourceActions": user guide, s3-policies-management. */
export const SOURCE_ACTIONS = ['s3:ListBucket', 's3:GetObject'] as const;
/** "AllowAppFlowDestinationActions": user guide, s3-policies-management. */
export const DESTINATION_ACTIONS = [
  's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl', 's3:PutObjectAcl',
] as const;

const BUCKET_ACTIONS: ReadonlySet<string> = new Set(['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:GetBucketAcl']);
const SERVICE = 'appflow.amazonaws.com';

/** The actions that a policy does not give AppFlow, and why a statement that looks as if it did was not counted. */
export interface Verdict {
  readonly missing: readonly string[];
  readonly notes: readonly string[];
}

export function judge(policy: PolicyDocument | undefined, access: BucketAccess): Verdict {
  const statements = policy === undefined ? [] : [policy.Statement].flat() as PolicyStatement[];
  const notes = new Set<string>();
  const missing = access.actions.filter((action) => {
    const matching = statements.filter((statement) => concerns(statement, action, access));
    const applying = (effect: string) => matching.some((statement) => statement.Effect === effect && conditionsHold(statement, access, notes));
    return applying('Deny') || !applying('Allow');
  });
  return { missing, notes: [...notes] };
}

function concerns(statement: PolicyStatement, action: string, { bucketArn, key }: BucketAccess): boolean {
  const resource = BUCKET_ACTIONS.has(action) ? bucketArn : `${bucketArn}/${key}`;
  return isForAppFlow(statement)
    && listed(statement.Action, statement.NotAction, (pattern) => like(pattern.toLowerCase(), action.toLowerCase()))
    && listed(statement.Resource, statement.NotResource, (pattern) => like(pattern, resource));
}

/** NotPrincipal is not read: a policy that names AppFlow only by leaving it out of others is taken to say nothing about it. */
function isForAppFlow({ Principal: principal }: PolicyStatement): boolean {
  if (principal === undefined || principal === '*') return principal === '*';
  return many(principal.Service).some((service) => service === SERVICE || service === '*') || many(principal.AWS).includes('*');
}

function listed(listedOnes: OneOrMore | undefined, allBut: OneOrMore | undefined, matches: (pattern: string) => boolean): boolean {
  return allBut === undefined ? many(listedOnes).some(matches) : !many(allBut).some(matches);
}

function conditionsHold({ Condition: condition = {}, Effect: effect, Sid: sid = 'without Sid' }: PolicyStatement, access: BucketAccess, notes: Set<string>): boolean {
  return Object.entries(condition).every(([operator, tests]) => Object.entries(tests).every(([key, expected]) => {
    const holds = conditionHolds(operator, key, many(expected as OneOrMore).map(String), access);
    // An unknown condition neither grants nor denies: the statement is left out, and that is said.
    if (holds === undefined) notes.add(`${effect} statement (${sid}) was not counted: its condition ${operator} ${key} is not known here`);
    return holds === true;
  }));
}

function conditionHolds(operator: string, key: string, expected: string[], { account, flowArn }: BucketAccess): boolean | undefined {
  const context: Record<string, string> = { 'aws:sourceaccount': account, 'aws:sourcearn': flowArn, 'aws:securetransport': 'true' };
  const value = context[key.toLowerCase()];
  if (value === undefined) return undefined;
  const any = (matches: (pattern: string) => boolean) => expected.some(matches);
  switch (operator.replace(/IfExists$/, '')) {
    case 'StringEquals': return any((pattern) => pattern === value);
    case 'StringNotEquals': return !any((pattern) => pattern === value);
    case 'StringLike': return any((pattern) => like(pattern, value));
    case 'StringNotLike': return !any((pattern) => like(pattern, value));
    case 'ArnEquals':
    case 'ArnLike': return any((pattern) => arnLike(pattern, value));
    case 'ArnNotEquals':
    case 'ArnNotLike': return !any((pattern) => arnLike(pattern, value));
    case 'Bool': return any((pattern) => pattern.toLowerCase() === value);
    default: return undefined;
  }
}

/** `*` and `?` within each of the six parts of an ARN. */
function arnLike(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  return arnParts(arn).every((part, index) => {
    // The user guide's own sample leaves the Region of aws:SourceArn empty, while the ARN of a flow has one: refuse neither form.
    if (index === 3 && wanted[index] === '') return true;
    return like(wanted[index] ?? '', part);
  });
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

export function like(pattern: string, value: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

function many(values: OneOrMore | undefined): readonly string[] {
  return values === undefined ? [] : [values].flat();
}
