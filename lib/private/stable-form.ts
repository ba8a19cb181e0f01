import { CfnResource, DefaultTokenResolver, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isPlainObject, literalString } from './values';

/** Texts with tokens as CloudFormation joins them, in one level. */
const JOIN: ConstructorParameters<typeof DefaultTokenResolver>[0] = {
  join: (left: unknown, right: unknown) => {
    const parts = [...fragments(left), ...fragments(right)];
    return parts.every((part) => typeof part === 'string') ? parts.join('') : { 'Fn::Join': ['', parts] };
  },
};

function fragments(text: unknown): unknown[] {
  if (text === undefined || text === '') {
    return [];
  }
  const join = isPlainObject(text) ? text['Fn::Join'] : undefined;
  return Array.isArray(join) && join[0] === '' && Array.isArray(join[1]) ? join[1] : [text];
}

/**
 * A value in a form that is the same as long as the app means the same by it, on every synthesis, and before and after CDK has made exports and
 * parameters of references between stacks: those say which stack they refer to.
 */
export function stableForm(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new StableResolver(Stack.of(scope)), preparing: false });
}

/** The references in a value, to resources and parameters. */
export function referencesIn(scope: IConstruct, value: unknown): readonly Reference[] {
  const resolver = new StableResolver(Stack.of(scope));
  Tokenization.resolve(value, { scope, resolver, preparing: false });
  return resolver.references;
}

class StableResolver extends DefaultTokenResolver {
  public readonly references: Reference[] = [];

  constructor(private readonly stack: Stack) {
    super(JOIN);
  }

  public resolveToken(...[token, context, postProcessor]: Parameters<DefaultTokenResolver['resolveToken']>): unknown {
    return Reference.isReference(token) ? this.reference(token) : super.resolveToken(token, context, postProcessor);
  }

  private reference(reference: Reference): unknown {
    this.references.push(reference);
    const { target } = reference;
    const owner = Stack.of(target);
    const form: unknown = owner.resolve(reference);
    if (!isPlainObject(form) || isPseudo(form)) {
      return form;
    }
    return givenName(target, form) ?? {
      ...CfnResource.isCfnResource(target) ? form : { Parameter: form.Ref },
      ...owner !== this.stack ? { stack: owner.node.path } : undefined,
    };
  }
}

/** The property of a resource that is its name, where flows and connector profiles refer to that. */
const NAMES: Readonly<Record<string, string>> = { 'AWS::S3::Bucket': 'bucketName', 'AWS::AppFlow::Connector': 'connectorLabel' };

/** The name that a resource is given: with another one, CloudFormation makes another resource under the same logical id. */
function givenName(target: IConstruct, { Ref }: Record<string, unknown>): string | undefined {
  const property = Ref !== undefined && CfnResource.isCfnResource(target) ? NAMES[target.cfnResourceType] : undefined;
  return property !== undefined ? literalString((target as unknown as Record<string, unknown>)[property]) : undefined;
}

function isPseudo({ Ref }: Record<string, unknown>): boolean {
  return typeof Ref === 'string' && Ref.startsWith('AWS::');
}

/** Whether a value is surely another one when it is deployed. What a parameter or an import is, nobody knows before. */
export function surelyDiffer(one: unknown, other: unknown): boolean {
  const [before, after] = [fragments(one), fragments(other)];
  if (isSame(before, after)) {
    return false;
  }
  if (before.length === 0 || after.length === 0) {
    return [...before, ...after].some((part) => typeof part === 'string' || isOfResource(part));
  }
  return before.length === after.length && before.every((part, index) => kind(part) === kind(after[index])
    && (typeof part === 'string' || isOfResource(part) || isSame(part, after[index])));
}

function kind(part: unknown): string {
  return isOfResource(part) ? 'resource' : typeof part;
}

/** Whether a part is an attribute of a resource, which is another resource under another logical id. */
function isOfResource(part: unknown): boolean {
  return isPlainObject(part) && !isPseudo(part) && (part.Ref !== undefined || part['Fn::GetAtt'] !== undefined);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
