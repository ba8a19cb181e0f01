import { join } from 'node:path';
import { Stage, type Stack } from 'aws-cdk-lib';
import { isAcknowledgedRule, isAcknowledgedWarning } from './private/acknowledgement';
import { checkDocument, type DocumentFinding } from './private/documents';
import { AppFlowError } from './private/errors';
import { isDecided } from './private/report';
import { checkStacks } from './private/synthesized-stacks';
import { isPlainObject, literalString, quoteAll } from './private/values';

/** How sure it is that something is wrong. */
export enum FindingSeverity {
  /** AppFlow is documented to refuse it, or known to. */
  ERROR = 'error',

  /** It is likely to be refused, or to move no records. */
  WARNING = 'warning',
}

/** Something that is wrong with a flow, a connector profile or a custom connector. */
export interface AppFlowFinding {
  /** The stable code of the rule, such as `appflow-constructs:schedule-rate-spelling`. */
  readonly code: string;

  /** How sure it is that it is wrong. */
  readonly severity: FindingSeverity;

  /** The logical id of the resource in the template, or the name of what a request is to create. */
  readonly resource: string;

  /**
   * Where it is: the names of members and positions in lists from the resource or the request on, such as
   * `Properties.TriggerConfig.TriggerProperties.ScheduleExpression`.
   */
  readonly path: string;

  /** What is wrong, and what to do about it. */
  readonly message: string;

  /** Where it is documented, or known from. */
  readonly source: string;
}

/** What is known of where a document is deployed. */
export interface DocumentCheckOptions {
  /**
   * The account.
   *
   * @default - unknown
   */
  readonly account?: string;

  /**
   * The Region.
   *
   * @default - unknown: what differs from Region to Region is not checked
   */
  readonly region?: string;
}

/** Checks flows, connector profiles and custom connectors in tests and tools, and returns what is wrong with them as data. */
export class AppFlowCheck {
  /**
   * Checks a document: a CloudFormation template, or what the AWS CLI and the SDKs give to CreateFlow, CreateConnectorProfile or
   * RegisterConnector. What a template makes of parameters and other resources is not known, and never wrong.
   *
   * @example
   * const findings = AppFlowCheck.document({
   *   flowName: 'my flow',
   *   triggerConfig: { triggerType: 'OnDemand' },
   *   sourceFlowConfig: {
   *     connectorType: 'S3',
   *     sourceConnectorProperties: { S3: { bucketName: 'lake', bucketPrefix: 'in' } },
   *   },
   *   destinationFlowConfigList: [
   *     { connectorType: 'S3', destinationConnectorProperties: { S3: { bucketName: 'lake', bucketPrefix: 'out' } } },
   *   ],
   *   tasks: [{ taskType: 'Map_all', sourceFields: [] }],
   * });
   * const message = findings[0].message; // the name of the flow is not one that AppFlow takes: got 'my flow', allowed …
   *
   * @param document the document, parsed from its JSON or YAML
   * @param options where it is deployed
   * @returns what is wrong with it, which is nothing where it has nothing of AppFlow's in it
   */
  public static document(document: any, options: DocumentCheckOptions = {}): AppFlowFinding[] {
    const findings = checkDocument(document, options);
    if (findings === undefined) {
      throw new AppFlowError('document-not-recognized', {
        what: 'this is no document of AppFlow\'s',
        got: isPlainObject(document) ? `an object with the members ${quoteAll(Object.keys(document).slice(0, 10))}` : `a value of type ${kindOf(document)}`,
        allowed: 'a CloudFormation template with Resources, or a request of CreateFlow, CreateConnectorProfile or RegisterConnector',
        remedy: 'give the parsed document',
      });
    }
    return findings.map(asData);
  }

  /**
   * Synthesizes a stack, and checks its template and those of the stacks that are nested in it. What is acknowledged at a construct is left out.
   * A mistake at which a construct of this library stops the synthesis is thrown, as it is by `Template.fromStack`.
   *
   * @example
   * declare const stack: Stack;
   * const findings = AppFlowCheck.stack(stack); // in a test: expect(AppFlowCheck.stack(stack)).toEqual([])
   *
   * @param stack the stack, which may be a nested one
   * @returns what is wrong in it
   */
  public static stack(stack: Stack): AppFlowFinding[] {
    const { directory } = Stage.of(stack)!.synth();
    const templatePath = join(directory, stack.templateFile);
    return checkStacks(stack, [{ templatePath, account: literalString(stack.account), region: literalString(stack.region) }])
      .filter(({ construct, code, severity }) => construct === undefined || !(
        isDecided(construct, code) || isAcknowledgedRule(construct, code) || (severity === 'warning' && isAcknowledgedWarning(construct, code))
      ))
      .map(asData);
  }

  private constructor() {}
}

function asData({ code, severity, resource, path, message, source }: DocumentFinding): AppFlowFinding {
  return { code, severity: severity === 'error' ? FindingSeverity.ERROR : FindingSeverity.WARNING, resource, path, message, source };
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
}
