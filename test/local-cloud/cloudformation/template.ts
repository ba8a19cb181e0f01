import { ServiceError } from '../service';

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: RemovalPolicy;
  readonly UpdateReplacePolicy?: RemovalPolicy;
  readonly Metadata?: unknown;
}

export type RemovalPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: unknown;
  readonly AllowedValues?: unknown[];
  readonly AllowedPattern?: string;
  readonly NoEcho?: boolean | string;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

export interface RuleDefinition {
  readonly RuleCondition?: unknown;
  readonly Assertions: { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

export interface Template {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata?: unknown;
  readonly Parameters?: Record<string, ParameterDefinition>;
  readonly Rules?: Record<string, RuleDefinition>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources: Record<string, ResourceDefinition>;
  readonly Outputs?: Record<string, OutputDefinition>;
}

const SECTIONS = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions', 'Resources', 'Outputs'];
const RESOURCE_ATTRIBUTES = ['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];
const REMOVAL_POLICIES = ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'];

/** Reads a template in JSON, and refuses by name what the engine does not know. */
export function parseTemplate(text: string): Template {
  let template: Template;
  try {
    template = JSON.parse(text) as Template;
  } catch {
    throw invalid('the local cloud reads templates in JSON only');
  }
  const section = Object.keys(template).find((name) => !SECTIONS.includes(name));
  if (section !== undefined) {
    throw invalid(`Template format error: the local cloud does not know the section ${section}`);
  }
  if (Object.keys(template.Resources ?? {}).length === 0) {
    throw invalid('Template format error: At least one Resources member must be defined.');
  }
  for (const [logicalId, definition] of Object.entries(template.Resources)) {
    checkResource(logicalId, definition, template);
  }
  return template;
}

function checkResource(logicalId: string, definition: ResourceDefinition, template: Template): void {
  const attribute = Object.keys(definition).find((name) => !RESOURCE_ATTRIBUTES.includes(name));
  if (attribute !== undefined) {
    throw invalid(`Template format error: the local cloud does not know the attribute ${attribute} of resource ${logicalId}`);
  }
  for (const policy of [definition.DeletionPolicy, definition.UpdateReplacePolicy]) {
    if (policy !== undefined && !REMOVAL_POLICIES.includes(policy)) {
      throw invalid(`Template format error: Unrecognized removal policy ${policy} for resource ${logicalId}`);
    }
  }
  for (const dependency of dependsOn(definition)) {
    if (!(dependency in template.Resources)) {
      throw invalid(`Template format error: Unresolved resource dependencies [${dependency}] in the Resources block of the template`);
    }
  }
}

export function dependsOn(definition: ResourceDefinition): string[] {
  return definition.DependsOn === undefined ? [] : [definition.DependsOn].flat();
}

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}
