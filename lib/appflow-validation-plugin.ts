import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolatingResource, PolicyViolation,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isAcknowledgedWarning } from './private/acknowledgement';
import { AppFlowError, fullCode, NAMESPACE } from './private/errors';
import { isDecided, isReported } from './private/report';
import { didYouMean } from './private/rules/did-you-mean';
import { everyRule } from './private/rules/every-rule';
import { checkStacks, type StackFinding, type SynthesizedStack } from './private/synthesized-stacks';
import { literalStrings, quote } from './private/values';

/** Properties of the plugin. */
export interface AppFlowValidationPluginProps {
  /**
   * The codes of rules that are not to be reported anywhere in the app, such as `schedule-rate-spelling` or
   * `appflow-constructs:schedule-rate-spelling`. To leave a rule out at one construct only, acknowledge it there.
   *
   * @default - all rules are reported
   */
  readonly suppress?: string[];
}

/**
 * Checks every flow, connector profile and custom connector of an app when it is synthesized, whoever made it: constructs of this library,
 * `CfnFlow`, other libraries, and templates that are included. What AppFlow would refuse is an error and stops the synthesis, what is
 * only likely to go wrong is a warning. CDK's validation report names the construct and the property.
 *
 * It looks at the templates, those of nested stacks too, and so at what escape hatches have changed. It does not repeat what the
 * constructs of this library report themselves, nor what CDK's own validation of templates reports; where that is switched off, it reports
 * the same in its place.
 *
 * A rule can be acknowledged at a construct, for all that is in it, with `Validations` or, where it is a warning, with `Annotations`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 *
 * @example
 * declare const app: App;
 * declare const stack: Stack;
 * Validations.of(app).addPlugins(new AppFlowValidationPlugin());
 * Validations.of(stack).acknowledge({ id: 'appflow-constructs::schedule-start-in-past', reason: 'the flow has run since then' });
 */
export class AppFlowValidationPlugin implements IPolicyValidationPlugin {
  /** The name by which reports call the plugin, and before which acknowledgements put `::` and the code of a rule. */
  public readonly name: string = NAMESPACE;

  private readonly suppressed: ReadonlySet<string>;

  constructor(props: AppFlowValidationPluginProps = {}) {
    this.suppressed = new Set(literalStrings(props.suppress).map(knownCode));
  }

  /** The version of this library. */
  public get version(): string | undefined {
    return JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')).version;
  }

  /** The codes of all rules. */
  public get ruleIds(): string[] | undefined {
    return ruleCodes();
  }

  /** Checks the templates of an app. CDK calls it when the app is synthesized. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    // The oldest versions of CDK that the library works with say of all templates together what the others say of each.
    const stacks: readonly SynthesizedStack[] = context.stackTemplates.map(({ templatePath, ...stack }: KnownStack) => ({
      templatePath,
      account: stack.accountId ?? context.accountId,
      region: stack.region ?? context.region,
    }));
    const isSchemaChecked = checksSchemas(context.appConstruct);
    const findings = checkStacks(context.appConstruct, stacks).filter((finding) =>
      !this.suppressed.has(finding.code)
      && !(finding.inSchema && isSchemaChecked && !finding.isNested)
      && !isKnownToUser(finding));
    return {
      success: findings.every(({ severity }) => severity !== 'error'),
      violations: violationsOf(findings),
    };
  }
}

/** What any version of CDK says of a stack. */
interface KnownStack {
  readonly templatePath: string;
  readonly accountId?: string;
  readonly region?: string;
}

/** Whether CDK's own validation of templates is on. It says so to no plugin; versions that cannot switch it off do not say it at all. */
function checksSchemas(app: IConstruct): boolean {
  const isBuiltIn: unknown = Reflect.get(app, '_builtinCloudFormationValidation');
  return isBuiltIn === undefined || (isBuiltIn === true && process.env.CDK_VALIDATION !== 'false');
}

/** Whether a construct of the library has said the same, or the user has said that it is all right. */
function isKnownToUser({ construct, code, message, severity }: StackFinding): boolean {
  return construct !== undefined && (
    isReported(construct, code, message) || isDecided(construct, code) || (severity === 'warning' && isAcknowledgedWarning(construct, code))
  );
}

/** The same of several resources is one violation. */
function violationsOf(findings: readonly StackFinding[]): PolicyViolation[] {
  const violations = new Map<string, PolicyViolation & { violatingResources: PolicyViolatingResource[] }>();
  for (const { code, severity, path, message, source, resource, templatePath } of findings) {
    // CDK prints the description, and not the locations: its own validation begins descriptions so, too.
    const description = `${path.replace(/^Properties\./, '')}: ${message}`;
    const key = JSON.stringify([code, severity, description, source]);
    const violation = violations.get(key) ?? { ruleName: shortCode(code), description, severity, ruleMetadata: { source }, violatingResources: [] };
    violation.violatingResources.push({ resourceLogicalId: resource, templatePath, locations: [path] });
    violations.set(key, violation);
  }
  return [...violations.values()];
}

/** The full code of a rule, which may be written in full, or as CDK's reports say it. */
function knownCode(given: string): string {
  const short = shortCode(given);
  const codes = ruleCodes();
  if (!codes.includes(short)) {
    throw new AppFlowError('rule-not-known', {
      what: 'no rule has this code, so that it cannot be suppressed',
      got: quote(given),
      allowed: 'the code of a rule, as reports and ruleIds say it',
      remedy: didYouMean(short, codes),
    });
  }
  return fullCode(short);
}

function shortCode(code: string): string {
  return code.replace(new RegExp(`^${NAMESPACE}::?`), '');
}

function ruleCodes(): string[] {
  return [...new Set(everyRule().map(({ code }) => code))].sort();
}
