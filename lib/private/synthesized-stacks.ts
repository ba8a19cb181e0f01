import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkDocument, type DocumentFinding } from './documents';

/** A stack whose template has been written. */
export interface SynthesizedStack {
  readonly templatePath: string;
  readonly account?: string;
  readonly region?: string;
}

/** A finding in a template of an app. */
export interface StackFinding extends DocumentFinding {
  readonly templatePath: string;
  /** Whether it is the template of a nested stack, which CDK's own validation does not look at. */
  readonly isNested: boolean;
  /** The construct of the resource. */
  readonly construct?: IConstruct;
}

/** What every template of AppFlow's resources holds. */
const APPFLOW = 'AWS::AppFlow::';

/** What is wrong with the resources of AppFlow's in stacks, and in the stacks that are nested in them. */
export function checkStacks(root: IConstruct, stacks: readonly SynthesizedStack[]): StackFinding[] {
  const { nestedIn, constructs } = survey(root);
  const findings = ({ templatePath, ...environment }: SynthesizedStack, isNested: boolean): StackFinding[] => {
    const text = readFileSync(templatePath, 'utf8');
    const file = basename(templatePath);
    return [
      ...(text.includes(APPFLOW) ? checkDocument(JSON.parse(text), environment) ?? [] : [])
        .map((finding) => ({ ...finding, templatePath, isNested, construct: constructs.get(place(file, finding.resource)) })),
      ...(nestedIn.get(file) ?? []).flatMap((nested) => findings({ ...environment, templatePath: join(dirname(templatePath), nested) }, true)),
    ];
  };
  return stacks.flatMap((stack) => findings(stack, false));
}

/** Goes over all constructs once, however many resources and nested stacks there are to find again. */
function survey(root: IConstruct) {
  const nestedIn = new Map<string, string[]>();
  const constructs = new Map<string, IConstruct>();
  for (const construct of root.node.findAll()) {
    if (Stack.isStack(construct) && construct.nestedStackParent !== undefined) {
      const { templateFile } = construct.nestedStackParent;
      const siblings = nestedIn.get(templateFile);
      if (siblings === undefined) {
        nestedIn.set(templateFile, [construct.templateFile]);
      } else {
        siblings.push(construct.templateFile);
      }
    } else if (CfnResource.isCfnResource(construct) && construct.cfnResourceType.startsWith(APPFLOW)) {
      constructs.set(place(construct.stack.templateFile, construct.stack.resolve(construct.logicalId)), construct);
    }
  }
  return { nestedIn, constructs };
}

function place(templateFile: string, logicalId: string): string {
  return `${templateFile} ${logicalId}`;
}
