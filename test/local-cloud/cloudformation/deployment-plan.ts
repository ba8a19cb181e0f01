import { isDeepStrictEqual } from 'node:util';
import { dependenciesOf, inOrder } from './dependencies';
import { evaluate, evaluateCondition } from './intrinsics';
import { NESTED_STACK, ResourceHandlers } from './resource-handlers';
import { ResourceSpec } from './resource-spec';
import { ResourceModel, Stack, StackIntent, StackOutput, StackResource } from './stack';
import { Environment, isPseudoParameter, StackScope } from './stack-scope';
import { invalid, ResourceDefinition } from './template';

/** A resource as the template wants it, before a handler has seen it. */
export type WantedResource = Omit<StackResource, keyof ResourceModel>;

export type Action = 'keep' | 'create' | 'update' | 'replace';

export interface PlannedChange {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string;
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly replacement: boolean;
  readonly properties: readonly string[];
}

/** Reads an intent for a stack: which resources, in which order, with which properties, and what has to happen to each. */
export class DeploymentPlan {
  readonly order: readonly string[];
  private readonly definitions: Readonly<Record<string, ResourceDefinition>>;
  private readonly needs: ReadonlyMap<string, readonly string[]>;
  private readonly scope: StackScope;

  constructor(
    private readonly stack: Stack,
    private readonly intent: StackIntent,
    private readonly environment: Environment,
    private readonly handlers: ResourceHandlers,
  ) {
    this.scope = new StackScope(stack, intent, environment);
    this.checkRules();
    const all = intent.template.Resources;
    this.checkReferences(all);
    this.definitions = Object.fromEntries(
      Object.entries(all).filter(([, { Condition: condition }]) => condition === undefined || this.scope.condition(condition)),
    );
    const names = Object.keys(this.definitions);
    const isResource = (name: string) => name in this.definitions;
    const condition = (name: string) => this.scope.condition(name);
    this.needs = new Map(names.map((name) => [name, dependenciesOf(this.definitions[name], isResource, condition)]));
    this.order = inOrder(names, (name) => this.needs.get(name) ?? []);
    for (const { logicalId, type } of stack.resources.values()) {
      if (isResource(logicalId) && this.definitions[logicalId].Type !== type) {
        throw invalid(`Update of resource type is not permitted. The new template modifies resource type of the following resources: [${logicalId}]`);
      }
    }
  }

  /** The exports of other stacks that were read so far. */
  get imports(): Set<string> {
    return this.scope.imports;
  }

  /** The existing resources that the template has no longer. */
  get removed(): StackResource[] {
    return [...this.stack.resources.values()].filter(({ logicalId }) => !(logicalId in this.definitions));
  }

  /** A resource with its properties evaluated against what exists at this moment. */
  wanted(logicalId: string, scope: StackScope = this.scope): WantedResource {
    const definition = this.definitions[logicalId];
    const properties = evaluate(definition.Properties ?? {}, scope) as Record<string, unknown>;
    return {
      logicalId,
      type: definition.Type,
      properties: withStackTags(definition.Type, properties, this.intent.tags),
      dependencies: this.needs.get(logicalId) ?? [],
      deletionPolicy: definition.DeletionPolicy ?? 'Delete',
      updateReplacePolicy: definition.UpdateReplacePolicy ?? 'Delete',
      metadata: definition.Metadata,
    };
  }

  /** What has to happen to a resource, judged by its properties. */
  actionFor(wanted: WantedResource): { action: Action; changed: string[] } {
    const existing = this.stack.resources.get(wanted.logicalId);
    if (!existing) {
      return { action: 'create', changed: [] };
    }
    const changed = changedProperties(existing.properties, wanted.properties);
    if (changed.length === 0 && !existing.incomplete) {
      return { action: 'keep', changed };
    }
    return { action: this.handlers.replaces(wanted.type, changed) ? 'replace' : 'update', changed };
  }

  /** What a change set shows: the same judgement before anything is done. */
  preview(): PlannedChange[] {
    const unknown = new Set<string>();
    const scope = new StackScope(this.stack, this.intent, this.environment, { unknown });
    const changes: PlannedChange[] = [];
    for (const logicalId of this.order) {
      const wanted = this.wanted(logicalId, scope);
      this.handlers.check({ stack: this.stack, ...wanted });
      const { action, changed } = this.actionFor(wanted);
      const physicalId = this.stack.resources.get(logicalId)?.physicalId;
      if (action === 'create' || action === 'replace' || (action === 'update' && wanted.type === NESTED_STACK)) {
        unknown.add(logicalId);
      }
      if (action !== 'keep') {
        changes.push({
          logicalId, type: wanted.type, physicalId, action: action === 'create' ? 'Add' : 'Modify', replacement: action === 'replace', properties: changed,
        });
      }
    }
    const removals = this.removed.map(({ logicalId, type, physicalId }): PlannedChange =>
      ({ logicalId, type, physicalId, action: 'Remove', replacement: false, properties: [] }));
    return [...changes, ...removals];
  }

  outputs(): StackOutput[] {
    const scope = new StackScope(this.stack, this.intent, this.environment, { masked: true });
    const definitions = Object.entries(this.intent.template.Outputs ?? {})
      .filter(([, { Condition: condition }]) => condition === undefined || scope.condition(condition));
    const outputs = definitions.map(([key, { Value, Description, Export }]): StackOutput => {
      const value = evaluate(Value, scope);
      if (typeof value === 'object' || value === undefined) {
        throw invalid(`Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`);
      }
      return { key, value: String(value), description: Description, exportName: Export && String(evaluate(Export.Name, scope)) };
    });
    scope.imports.forEach((name) => this.imports.add(name));
    return outputs;
  }

  private checkRules(): void {
    for (const { RuleCondition: condition, Assertions: assertions } of Object.values(this.intent.template.Rules ?? {})) {
      const applies = condition === undefined || evaluateCondition(condition, this.scope);
      for (const { Assert: assertion, AssertDescription: description } of assertions) {
        if (applies && !evaluateCondition(assertion, this.scope)) {
          throw invalid(`Template rule failed: ${description ?? JSON.stringify(assertion)}`);
        }
      }
    }
  }

  private checkReferences(definitions: Readonly<Record<string, ResourceDefinition>>): void {
    const known = (name: string) => name in definitions || this.intent.parameters.has(name) || isPseudoParameter(name);
    for (const definition of Object.values(definitions)) {
      const unknown = dependenciesOf(definition, (name) => !known(name), (name) => this.scope.condition(name));
      if (unknown.length > 0) {
        throw invalid(`Template format error: Unresolved resource dependencies [${unknown.join(', ')}] in the Resources block of the template`);
      }
    }
  }
}

/** The names of the top-level properties that differ. */
function changedProperties(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** CloudFormation gives the tags of a stack to every resource that can be tagged; a tag of the resource itself wins. */
function withStackTags(type: string, properties: Record<string, unknown>, tags: Readonly<Record<string, string>>): Record<string, unknown> {
  const place = Object.keys(tags).length > 0 && /^AWS::(?!CDK::|CloudFormation::(?!Stack$))/.test(type) ? ResourceSpec.of(type).tags : undefined;
  if (!place) {
    return properties;
  }
  if (place.map) {
    return { ...properties, [place.property]: { ...tags, ...properties[place.property] as object | undefined } };
  }
  const own = properties[place.property] as { Key: string }[] | undefined ?? [];
  const added = Object.entries(tags).filter(([key]) => !own.some(({ Key }) => Key === key)).map(([Key, Value]) => ({ Key, Value }));
  return { ...properties, [place.property]: [...own, ...added] };
}
