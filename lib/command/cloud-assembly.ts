import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject } from '../private/values';

/** What is known of where the stack of a template is deployed. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** A template of a cloud assembly. */
export interface AssemblyTemplate {
  readonly file: string;
  readonly environment: Environment;
}

/** A part of what the manifest of an assembly lists. */
type Artifact = Readonly<Record<string, unknown>>;

const TEMPLATE = /\.template\.json$/;
const NAMES_OF_TEMPLATES = /"([^"\\/]+\.template\.json)"/g;
const NESTED_ASSEMBLY = /^assembly-/;
const ENVIRONMENT = /^aws:\/\/([^/]+)\/([^/]+)$/;

/** The templates in a directory that `cdk synth` has written: those of stacks and nested stacks, and of the stages below. */
export function assemblyTemplates(directory: string): AssemblyTemplate[] {
  const artifacts = artifactsIn(directory);
  const environments = environmentsByTemplate(directory, artifacts);
  const assemblies = nestedAssemblies(artifacts);
  // An app that has lost a stack leaves the template of the stack behind, and the manifest does not name it any more.
  const isComplete = environments.size > 0 || assemblies.size > 0;
  const names = readdirSync(directory).sort();
  return [
    ...names.filter((name) => isComplete ? environments.has(name) : TEMPLATE.test(name))
      .map((name) => ({ file: join(directory, name), environment: environments.get(name) ?? {} })),
    ...names.filter((name) => isComplete ? assemblies.has(name) : NESTED_ASSEMBLY.test(name))
      .flatMap((name) => assemblyTemplates(join(directory, name))),
  ];
}

/** The environments of stacks, by the names of their own templates and of those of the stacks nested in them. */
function environmentsByTemplate(directory: string, artifacts: ReadonlyMap<string, Artifact>): Map<string, Environment> {
  const stacks = [...artifacts.values()].filter(({ type }) => type === 'aws:cloudformation:stack');
  return new Map(stacks.flatMap((stack) => {
    // Which templates are nested is in the stack's asset manifest, or in its metadata where it has none.
    const assets = [stack.dependencies].flat().map((id) => artifacts.get(String(id))).filter((each) => each?.type === 'cdk:asset-manifest');
    const files = [stack.additionalMetadataFile, ...assets.map((each) => propertyOf(each, 'file'))].filter((file) => typeof file === 'string');
    const texts = [JSON.stringify(stack), ...files.map((file) => textOf(join(directory, file)))];
    const environment = environmentOf(stack.environment);
    return texts.flatMap((text) => [...text.matchAll(NAMES_OF_TEMPLATES)].map(([, name]) => [name, environment] as const));
  }));
}

function nestedAssemblies(artifacts: ReadonlyMap<string, Artifact>): Set<unknown> {
  return new Set([...artifacts.values()].filter(({ type }) => type === 'cdk:cloud-assembly').map((each) => propertyOf(each, 'directoryName')));
}

function artifactsIn(directory: string): Map<string, Artifact> {
  const manifest = parsed(textOf(join(directory, 'manifest.json')));
  return new Map(isPlainObject(manifest) && isPlainObject(manifest.artifacts)
    ? Object.entries(manifest.artifacts).filter((entry): entry is [string, Artifact] => isPlainObject(entry[1]))
    : []);
}

function environmentOf(environment: unknown): Environment {
  const [, account, region] = ENVIRONMENT.exec(String(environment)) ?? [];
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}

function propertyOf(artifact: Artifact | undefined, name: string): unknown {
  return isPlainObject(artifact?.properties) ? artifact.properties[name] : undefined;
}

/** What is in a file, or nothing where it is missing: an assembly that has lost its manifest still has its templates. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
