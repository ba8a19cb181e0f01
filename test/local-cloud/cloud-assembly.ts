import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Object, S3Service } from './s3';

interface Manifest {
  readonly artifacts?: Record<string, {
    readonly type: string;
    readonly displayName?: string;
    readonly properties?: {
      readonly stackName?: string;
      readonly templateFile?: string;
      readonly tags?: Record<string, string>;
      readonly parameters?: Record<string, string>;
      readonly file?: string;
    };
  }>;
}

interface AssetManifest {
  readonly files?: Record<string, {
    readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
    readonly destinations: Record<string, { readonly bucketName: string; readonly objectKey: string }>;
  }>;
}

/** A stack of a cloud assembly as the CDK CLI would deploy it. */
export interface AssemblyStack {
  readonly templateBody: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A directory that a CDK app synthesized into, usually `cdk.out`. */
export class CloudAssembly {
  private readonly manifest: Manifest;

  constructor(private readonly directory: string) {
    this.manifest = this.read('manifest.json');
  }

  stack(stackName: string): AssemblyStack {
    const stacks = Object.entries(this.manifest.artifacts ?? {}).filter(([, { type }]) => type === 'aws:cloudformation:stack');
    const found = stacks.find(([id, { properties }]) => (properties?.stackName ?? id) === stackName);
    if (!found) {
      throw new Error(`no stack ${stackName} in ${this.directory}; there is ${stacks.map(([id]) => id).join(', ')}`);
    }
    const { templateFile, tags = {}, parameters = {} } = found[1].properties!;
    return { templateBody: readFileSync(join(this.directory, templateFile!), 'utf8'), tags, parameters };
  }

  /** Puts the file assets of the assembly where its templates look for them. A directory is not packed: the functions run from a copy of it. */
  publish(s3: S3Service, placeholders: Readonly<Record<string, string>>): void {
    const manifests = Object.values(this.manifest.artifacts ?? {}).filter(({ type }) => type === 'cdk:asset-manifest');
    for (const { properties } of manifests) {
      const { files = {} } = this.read<AssetManifest>(properties!.file!);
      for (const { source, destinations } of Object.values(files)) {
        const path = join(this.directory, source.path);
        const object: S3Object = source.packaging === 'zip' ? { directory: path } : { bytes: readFileSync(path) };
        for (const { bucketName, objectKey } of Object.values(destinations)) {
          s3.putObject(fill(bucketName, placeholders), fill(objectKey, placeholders), object);
        }
      }
    }
  }

  private read<T = Manifest>(file: string): T {
    return JSON.parse(readFileSync(join(this.directory, file), 'utf8')) as T;
  }
}

function fill(text: string, placeholders: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => placeholders[name] ?? `\${${name}}`);
}
