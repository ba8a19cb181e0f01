interface Diagnostic {
  readonly ruleId: string;
  readonly severity: string;
  readonly message: string;
  readonly propertyPath?: string;
  readonly entity?: { readonly logicalId: string };
}

const { CompositeEngine, TemplateContent } = jest.requireActual(require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] }));

/** Warnings that CDK's own use of the validator sets aside, since its constructs cause them: needless DependsOn, and ARNs put together from parts. */
const SET_ASIDE_BY_CDK = ['W3005', 'W9002'];

/** The offline CloudFormation validator that aws-cdk-lib bundles, asked directly, so that nothing else of its errors and warnings is filtered. */
export class CloudFormationValidator {
  private readonly engine = new CompositeEngine();

  /** What the validator says of a template, a line each. */
  public diagnose(template: object): string[] {
    return this.diagnostics(template)
      .filter(({ ruleId, severity }) => severity !== 'INFO' && !SET_ASIDE_BY_CDK.includes(ruleId))
      .map(({ ruleId, severity, message, propertyPath }) => `${severity} ${ruleId} ${propertyPath}: ${message}`);
  }

  /** Where the validator stops a deployment: logical ids with property paths. */
  public errors(template: object): string[] {
    return this.diagnostics(template)
      .filter(({ severity }) => severity === 'ERROR' || severity === 'FATAL')
      .map(({ entity, propertyPath }) => `${entity?.logicalId} ${propertyPath}`);
  }

  private diagnostics(template: object): Diagnostic[] {
    const { status, diagnostics } = this.engine.validateTemplate(new TemplateContent(JSON.stringify(template)));
    if (status !== 'OK') {
      throw new Error(`the validator ended with ${status}`);
    }
    return diagnostics;
  }

  public free() {
    this.engine.free();
  }
}
