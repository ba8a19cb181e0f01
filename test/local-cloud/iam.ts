import { randomBytes } from 'node:crypto';
import { type Caller, ServiceError } from './service';

/** A statement of an identity policy, in any of the spellings that IAM allows. */
interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Resource?: string | string[];
  readonly NotResource?: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export interface PolicyDocument {
  readonly Statement: Statement | Statement[];
}

/** AWS managed policies that the local cloud knows, cut down to the services that it has. */
const MANAGED_POLICIES: Record<string, PolicyDocument> = {
  'service-role/AWSLambdaBasicExecutionRole': { Statement: [] },
  'AmazonAppFlowFullAccess': { Statement: { Effect: 'Allow', Action: 'appflow:*', Resource: '*' } },
  'AmazonAppFlowReadOnlyAccess': {
    Statement: { Effect: 'Allow', Action: ['appflow:Describe*', 'appflow:List*'], Resource: '*' },
  },
};

/** The actions that are checked; a statement about others is never asked, so its conditions do not matter. */
const CHECKED_ACTIONS = [
  'appflow:*', 's3:*', 'ssm:*', 'sts:*', 'secretsmanager:GetSecretValue',
  'lambda:InvokeFunction', 'lambda:GetFunction', 'states:StartExecution', 'cloudformation:DescribeStacks',
];

type Tags = Readonly<Record<string, string>>;

/** Global condition keys with a value in the local cloud. */
interface ConditionContext {
  readonly 'aws:RequestedRegion': string;
  readonly 'aws:PrincipalAccount': string;
  readonly 'aws:ResourceAccount': string;
}

interface Role {
  readonly arn: string;
  readonly policies: Map<string, PolicyDocument>;
}

/**
 * Roles and what their policies allow, evaluated as
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html describes for the identity
 * policies of one account: an explicit deny wins, else an allow is needed.
 */
export class Identities {
  private readonly roles = new Map<string, Role>();
  private readonly keys = new Map<string, string>();
  private readonly context: ConditionContext;

  /**
   * @param tagsOf the tags of a resource by its ARN; none for a resource that does not exist
   */
  constructor(account: string, region: string, private readonly tagsOf: (arn: string) => Readonly<Record<string, string>> = () => ({})) {
    this.context = { 'aws:RequestedRegion': region, 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account };
  }

  get roleNames(): string[] {
    return [...this.roles.keys()];
  }

  createRole(name: string, arn: string): void {
    if (this.roles.has(name)) {
      throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409);
    }
    this.roles.set(name, { arn, policies: new Map() });
  }

  deleteRole(name: string): void {
    this.roles.delete(name);
  }

  hasRole(arn: string): boolean {
    return [...this.roles.values()].some((role) => role.arn === arn);
  }

  putPolicy(roleName: string, policyName: string, document: PolicyDocument): void {
    const role = this.roles.get(roleName);
    if (!role) {
      throw new ServiceError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404);
    }
    statementsOf(document).forEach(refuseUnknownCondition);
    role.policies.set(policyName, document);
  }

  /** Attaches one of AWS's own policies by its ARN; one that the local cloud does not know is refused by name. */
  attachManagedPolicy(roleName: string, policyArn: string): void {
    const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(policyArn)?.[1];
    const document = name === undefined ? undefined : MANAGED_POLICIES[name];
    if (!document) {
      throw new ServiceError('NotSupported', `the local cloud does not know the managed policy ${policyArn}`);
    }
    this.putPolicy(roleName, policyArn, document);
  }

  deletePolicy(roleName: string, policyName: string): void {
    this.roles.get(roleName)?.policies.delete(policyName);
  }

  /** A new access key whose calls are those of the role. */
  issueKey(roleArn: string): string {
    const key = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    this.keys.set(key, roleArn);
    return key;
  }

  roleOf(accessKeyId: string): string | undefined {
    return this.keys.get(accessKeyId);
  }

  /** The decision maker for an access key; none for a key that no role was issued, which may do everything. */
  mayDo(accessKeyId: string): Caller['mayDo'] {
    const roleArn = this.keys.get(accessKeyId);
    return roleArn === undefined ? undefined : (...asked) => this.allows(roleArn, ...asked);
  }

  /**
   * @param context further condition keys with a value, those of the action's service among them
   */
  allows(roleArn: string, action: string, resource: string, requestTags: Tags = {}, context: Readonly<Record<string, string>> = {}): boolean {
    const role = [...this.roles.values()].find((candidate) => candidate.arn === roleArn);
    const statements = [...role?.policies.values() ?? []].flatMap(statementsOf)
      .filter((statement) => this.applies(statement, action, resource, (key) => context[key] ?? this.valueOf(key, resource, requestTags)));
    return statements.some(({ Effect }) => Effect === 'Allow') && !statements.some(({ Effect }) => Effect === 'Deny');
  }

  private applies(statement: Statement, action: string, resource: string, valueOf: (key: string) => string | undefined): boolean {
    // Action names are compared without regard to case, resources with: IAM user guide, "IAM JSON policy elements: Action".
    const actionMatches = (patterns: string | string[]) => list(patterns).some((pattern) => wildcard(pattern.toLowerCase(), action.toLowerCase()));
    const resourceMatches = (patterns: string | string[]) => list(patterns).some((pattern) => wildcard(pattern, resource));
    return (statement.NotAction === undefined ? actionMatches(statement.Action ?? []) : !actionMatches(statement.NotAction))
      && (statement.NotResource === undefined ? resourceMatches(statement.Resource ?? []) : !resourceMatches(statement.NotResource))
      && Object.entries(statement.Condition ?? {}).every(([operator, keys]) => Object.entries(keys).every(([key, wanted]) =>
        CONDITION_OPERATORS[operator](list(wanted as string | string[]), valueOf(key))));
  }

  /** "aws:RequestTag/tag-key: compare the tag key-value pair that was passed in the request": IAM user guide, "AWS global condition context keys". */
  private valueOf(key: string, resource: string, requestTags: Tags): string | undefined {
    if (key.startsWith(REQUEST_TAG)) {
      return requestTags[key.slice(REQUEST_TAG.length)];
    }
    return key.startsWith(RESOURCE_TAG) ? this.tagsOf(resource)[key.slice(RESOURCE_TAG.length)] : this.context[key as keyof ConditionContext];
  }
}

/** A key without a value fails a comparison, and passes a negated one: IAM user guide, "IAM JSON policy elements: Condition operators". */
type ConditionOperator = (wanted: string[], given: string | undefined) => boolean;

const CONDITION_OPERATORS: Record<string, ConditionOperator> = {
  StringEquals: isAmong,
  StringNotEquals: (wanted, given) => given === undefined || !wanted.includes(given),
  StringLike: (wanted, given) => given !== undefined && wanted.some((pattern) => wildcard(pattern, given)),
  StringNotLike: (wanted, given) => given === undefined || !wanted.some((pattern) => wildcard(pattern, given)),
  Bool: isAmong,
  // The keys with several values have one here.
  ['ForAnyValue:StringEquals']: isAmong,
};

function isAmong(wanted: string[], given: string | undefined): boolean {
  return given !== undefined && wanted.includes(given);
}

const RESOURCE_TAG = 'aws:ResourceTag/';
const REQUEST_TAG = 'aws:RequestTag/';
/** Those of all services, and `s3:prefix`, which ListObjectsV2 gives: Service Authorization Reference, Amazon S3. */
const CONDITION_KEYS = ['aws:RequestedRegion', 'aws:PrincipalAccount', 'aws:ResourceAccount', 's3:prefix'];

function refuseUnknownCondition(statement: Statement): void {
  const actions = list(statement.Action ?? '*').map((action) => action.toLowerCase());
  const isAbout = (action: string, checked: string) => wildcard(checked, action) || wildcard(action, checked);
  if (!actions.some((action) => CHECKED_ACTIONS.some((checked) => isAbout(action, checked.toLowerCase())))) {
    return;
  }
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const key of Object.keys(keys)) {
      if (!(operator in CONDITION_OPERATORS) || !(CONDITION_KEYS.includes(key) || key.startsWith(RESOURCE_TAG) || key.startsWith(REQUEST_TAG))) {
        throw new ServiceError('NotSupported', `the local cloud cannot evaluate the condition ${operator} ${key} of an identity policy`);
      }
    }
  }
}

function statementsOf(document: PolicyDocument): Statement[] {
  return Array.isArray(document.Statement) ? document.Statement : [document.Statement];
}

function list(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value];
}

/** IAM's wildcards: `*` for any characters, `?` for one. */
function wildcard(pattern: string, text: string): boolean {
  const expression = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 's').test(text);
}
