import { evaluateCondition, Scope } from './intrinsics';
import { Stack, StackIntent } from './stack';
import { invalid } from './template';

/** Where stacks are deployed to. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** The value of an export of any stack. */
  exported(name: string): string | undefined;
}

const PSEUDO_PARAMETERS = [
  'AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix', 'AWS::StackName', 'AWS::StackId', 'AWS::NotificationARNs', 'AWS::NoValue',
];

export function isPseudoParameter(name: string): boolean {
  return PSEUDO_PARAMETERS.includes(name);
}

export interface ScopeOptions {
  /** Resources that are only going to exist, or to be replaced: what refers to them has a value that is not known yet. */
  readonly unknown?: ReadonlySet<string>;
  /** For outputs: attributes that a custom resource asked not to be shown are masked. */
  readonly masked?: boolean;
}

/** What the functions in a stack's template refer to, while it is deployed. */
export class StackScope implements Scope {
  readonly imports = new Set<string>();
  private readonly conditions = new Map<string, boolean>();

  constructor(
    private readonly stack: Stack,
    private readonly intent: StackIntent,
    private readonly environment: Environment,
    private readonly options: ScopeOptions = {},
  ) {}

  ref(name: string): unknown {
    if (isPseudoParameter(name)) {
      return this.pseudoParameter(name);
    }
    const parameter = this.intent.parameters.get(name);
    if (parameter) {
      return parameter.value;
    }
    if (this.options.unknown?.has(name)) {
      return `(known after deployment: ${name})`;
    }
    const resource = this.stack.resources.get(name);
    if (!resource) {
      throw invalid(`Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`);
    }
    return resource.ref ?? resource.physicalId;
  }

  getAtt(logicalId: string, attribute: string): unknown {
    if (this.options.unknown?.has(logicalId)) {
      return `(known after deployment: ${logicalId}.${attribute})`;
    }
    const resource = this.stack.resources.get(logicalId);
    const value = resource?.attributes?.[attribute];
    if (value === undefined) {
      throw resource?.type.startsWith('Custom::') || resource?.type === 'AWS::CloudFormation::CustomResource'
        ? invalid(`CustomResource attribute error: Vendor response doesn't contain ${attribute} attribute in object ${resource.physicalId}`)
        : invalid(`Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt`);
    }
    return this.options.masked && resource?.noEcho ? '*****' : value;
  }

  condition(name: string): boolean {
    const known = this.conditions.get(name);
    if (known !== undefined) {
      return known;
    }
    const definition = this.intent.template.Conditions?.[name];
    if (definition === undefined) {
      throw invalid(`Template format error: Unresolved condition dependency ${name}`);
    }
    const value = evaluateCondition(definition, this);
    this.conditions.set(name, value);
    return value;
  }

  mapped(map: string, first: string, second: string): unknown {
    const value = this.intent.template.Mappings?.[map]?.[first]?.[second];
    if (value === undefined) {
      throw invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
    }
    return value;
  }

  importValue(name: string): unknown {
    const value = this.environment.exported(name);
    if (value === undefined) {
      throw invalid(`No export named ${name} found.`);
    }
    this.imports.add(name);
    return value;
  }

  zones(region: string): string[] {
    const name = region === '' ? this.environment.region : region;
    return ['a', 'b', 'c'].map((zone) => name + zone);
  }

  private pseudoParameter(name: string): unknown {
    switch (name) {
      case 'AWS::AccountId':
        return this.environment.account;
      case 'AWS::Region':
        return this.environment.region;
      case 'AWS::Partition':
        return this.environment.partition;
      case 'AWS::URLSuffix':
        return this.environment.urlSuffix;
      case 'AWS::StackName':
        return this.stack.name;
      case 'AWS::StackId':
        return this.stack.id;
      default:
        return [];
    }
  }
}
