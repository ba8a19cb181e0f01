import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from 'aws-cdk-lib';
import { VALIDATION_REPORT_FILE } from 'aws-cdk-lib/cx-api';

/** What CDK's report says of one resource. */
export interface Reported {
  readonly plugin: string;
  readonly rule: string;
  readonly severity: string;
  readonly construct: string;
  readonly path?: string;
  readonly description: string;
  /** Why it is suppressed, if it is. */
  readonly reason?: string;
}

/** What CDK reported when it synthesized an app. */
export interface ValidationReport {
  /** What stopped the synthesis. */
  readonly error?: string;
  readonly violations: readonly Reported[];
  readonly suppressed: readonly Reported[];
  /** The report of each plugin as CDK writes it. */
  readonly pluginReports: any[];
}

/** Synthesizes an app, and reads the report that CDK writes beside the templates. */
export function validationReport(app: Stage): ValidationReport {
  // CDK prints all of it, too.
  const print = console.error;
  console.error = () => {};
  let error: string | undefined;
  try {
    app.synth();
  } catch (thrown) {
    error = (thrown as Error).message;
  } finally {
    console.error = print;
  }
  const { pluginReports } = JSON.parse(readFileSync(join(app.outdir, VALIDATION_REPORT_FILE), 'utf8'));
  return {
    error,
    violations: pluginReports.flatMap(({ pluginName, violations }: any) => violations.flatMap((each: any) => reported(pluginName, each))),
    suppressed: pluginReports.flatMap(({ pluginName, suppressedViolations = [] }: any) =>
      suppressedViolations.flatMap((each: any) => reported(pluginName, each))),
    pluginReports,
  };
}

function reported(plugin: string, { ruleName, severity, description, reason, violatingConstructs }: any): Reported[] {
  return violatingConstructs.flatMap(({ constructPath, cloudFormationResource: { propertyPaths = [undefined] } = {} }: any) =>
    propertyPaths.map((path?: string) => ({ plugin, rule: ruleName, severity, construct: constructPath, path, description, reason })));
}
