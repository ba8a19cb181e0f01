import { describeProblem, fullCode } from '../errors';
import type { Finding } from '../report';
import { checkConnector, checkConnectorProfile, checkFlow, checkTags } from '../rules';
import { pathInConnectorProfile, readConnectorProfile } from './connector-profile-request';
import type { PlanPath } from '../rules/rule';
import { isPlainObject, literalString } from '../values';
import { pathInConnector, readConnector } from './connector-request';
import { pathInFlow, readFlow, type Surroundings } from './flow-request';
import type { Environment } from './intrinsics';
import { templateResources } from './template';
import { member, textMap } from './unknown';

/** What is wrong with a flow, a connector profile or a custom connector of a document. */
export interface DocumentFinding {
  /** The full code: `appflow-constructs:…`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** The logical id of the resource in a template, or the name of what a request is to create. */
  readonly resource: string;
  /** Where it is, from the resource or the request on: `Properties.Tasks.0.TaskType`. */
  readonly path: string;
  readonly message: string;
  /** Where the fact is from that is contradicted. */
  readonly source: string;
  /** Whether CDK's own template validation reports the same as an error. */
  readonly inSchema: boolean;
}

/** How what is made is read, checked and found again. */
interface Kind {
  /** Members of the API's request, one of which tells the kind. */
  readonly tellTale: readonly string[];
  readonly name: string;
  readonly findings: (request: unknown, surroundings: Surroundings & { isKept?: boolean }) => Finding[];
  readonly path: (request: unknown, at: PlanPath) => PlanPath;
}

const FLOW: Kind = {
  tellTale: ['sourceFlowConfig', 'destinationFlowConfigList', 'triggerConfig', 'flowName'],
  name: 'flowName',
  findings: (request, surroundings) => checkFlow(readFlow(request, surroundings)),
  path: pathInFlow,
};
const CONNECTOR_PROFILE: Kind = {
  tellTale: ['connectorProfileConfig', 'connectorProfileName'],
  name: 'connectorProfileName',
  findings: (request, { environment, isKept }) => checkConnectorProfile(readConnectorProfile(request, { region: environment?.region, isKept })),
  path: pathInConnectorProfile,
};
const CONNECTOR: Kind = {
  tellTale: ['connectorProvisioningConfig', 'connectorProvisioningType'],
  name: 'connectorLabel',
  findings: (request) => checkConnector(readConnector(request)),
  path: pathInConnector,
};

const KIND_OF_RESOURCE = new Map([
  ['AWS::AppFlow::Flow', FLOW],
  ['AWS::AppFlow::ConnectorProfile', CONNECTOR_PROFILE],
  ['AWS::AppFlow::Connector', CONNECTOR],
]);

/**
 * Checks a document: a CloudFormation template, or a request of CreateFlow, CreateConnectorProfile or RegisterConnector.
 *
 * @returns undefined for what is neither
 */
export function checkDocument(document: unknown, environment: Environment = {}): DocumentFinding[] | undefined {
  if (!isPlainObject(document)) {
    return undefined;
  }
  if (isPlainObject(document.Resources)) {
    const template = { Resources: document.Resources, Outputs: document.Outputs };
    return templateResources(template, environment).flatMap(({ logicalId, type, request, surroundings, locate }) =>
      check(KIND_OF_RESOURCE.get(type), request, { ...surroundings, isKept: true })
        .map((finding) => report(finding, logicalId, ['Properties', ...locate(finding.at)])));
  }
  const kind = [FLOW, CONNECTOR_PROFILE, CONNECTOR].find(({ tellTale }) => tellTale.some((name) => Object.hasOwn(document, name)));
  return kind !== undefined
    ? check(kind, document, {}).map((finding) => report(finding, literalString(member(document, kind.name)) ?? '', finding.at))
    : undefined;
}

/** Checks a request, with the places in it where things are wrong. */
function check(kind: Kind | undefined, request: unknown, surroundings: Surroundings & { isKept?: boolean }): Finding[] {
  return kind === undefined ? [] : [
    ...kind.findings(request, surroundings).map((finding) => ({ ...finding, at: kind.path(request, finding.at) })),
    ...checkTags(textMap(member(request, 'tags')) ?? {}).map((finding) => ({ ...finding, at: ['tags', ...finding.at] })),
  ];
}

function report({ code, severity, problem, source, inSchema }: Finding, resource: string, path: PlanPath): DocumentFinding {
  return { code: fullCode(code), severity, resource, path: path.join('.'), message: describeProblem(problem), source, inSchema };
}
