import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type Declaration, define, STACK } from './declaration';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>;
}

interface Assembly {
  readonly directory: string;
  readonly template: Template;
}

export interface AssembliesOptions {
  /** Whether the code of the functions is needed. */
  readonly withCode: boolean;
  /** The time that functions have. */
  readonly timeoutSeconds?: number;
}

/** Declarations as the CDK synthesizes them, each once. */
export class Assemblies {
  private readonly directory = mkdtempSync(join(tmpdir(), 'state-machine-'));
  private readonly made = new Map<string, Assembly>();

  constructor(private readonly options: AssembliesOptions) {}

  /** How many there are. */
  get size(): number {
    return this.made.size;
  }

  of(declaration: Declaration): Assembly {
    const key = JSON.stringify(declaration);
    const assembly = this.made.get(key) ?? this.synthesize(declaration);
    this.made.set(key, assembly);
    return assembly;
  }

  dispose(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  private synthesize(declaration: Declaration): Assembly {
    const { withCode, timeoutSeconds } = this.options;
    const directory = join(this.directory, String(this.size));
    const app = new App({
      outdir: directory,
      analyticsReporting: false,
      treeMetadata: false,
      // Nothing of it is looked at here, and all of it takes time.
      context: { 'aws:cdk:disable-asset-staging': !withCode, 'aws:cdk:disable-stack-trace': true },
    });
    const stack = new Stack(app, STACK);
    define(stack, declaration);
    if (timeoutSeconds !== undefined) {
      for (const child of stack.node.findAll()) {
        if (CfnFunction.isCfnFunction(child)) {
          child.timeout = timeoutSeconds;
        }
      }
    }
    return { directory, template: app.synth().getStackByName(STACK).template };
  }
}
