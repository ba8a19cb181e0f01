import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { type BasicAuthOptions, renderBasic } from '../authentication/basic';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS, USERNAME_PROPERTY, USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { documented, inferred } from '../private/fact';
import { SAME_OBJECT } from '../private/flow-object';
import type { FlowPlan } from '../private/flow-plan';
import { parseRate } from '../private/schedule-rate';
import { literalString, quote } from '../private/values';
import { CONTAINS, FILTER_OPERATORS, TASK_OPERATORS, TASK_TYPE } from '../private/vocabulary';
import { AllFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/veeva.html';

/** What cannot be done to the fields of documents. */
const CHANGES: readonly string[] = [TASK_TYPE.ARITHMETIC, TASK_TYPE.MERGE, TASK_TYPE.MASK, TASK_TYPE.TRUNCATE, TASK_TYPE.VALIDATE];

/** @internal */
export const VEEVA_RECORD: ConnectorRecord = {
  type: ConnectorType.VEEVA.name,
  title: 'Veeva',
  page: PAGE,
  member: 'Veeva',
  l1Member: 'veeva',
  profile: {
    inCloudFormation: true,
    authentication: ['user name and password'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [USERNAME_PROPERTY],
  },
  source: {
    // The page names them for documents.
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, ...FILTER_OPERATORS, CONTAINS],
    operatorsNotInCloudFormation: [CONTAINS],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [
      OBJECT_PROPERTY,
      {
        name: 'documentType',
        title: 'document type',
        constraint: { pattern: /^[\s\w-]+$/, patternWords: 'letters, digits, blanks and _ -', maxLength: 512 },
      },
    ],
    objectMembers: inferred(['object', 'documentType'], SAME_OBJECT),
  },
  rules: [
    {
      code: 'veeva-documents-without-s3',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => readsDocuments(plan) && literalString(plan.destination.connectorType) !== undefined
        && plan.destination.connectorType !== ConnectorType.S3.name
        ? [{
          at: ['destination', 'connectorType'],
          what: 'documents from Veeva are written to Amazon S3 alone',
          got: `${plan.destination.connectorType} as the destination`,
          allowed: 'S3',
          remedy: 'write to an S3Destination, or leave the documents out',
        }]
        : [],
    },
    {
      code: 'veeva-documents-too-often',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => {
        const rate = readsDocuments(plan) ? parseRate(plan.trigger.scheduleExpression) : undefined;
        return rate !== undefined && rate.minutes < 60
          ? [{
            at: ['trigger', 'scheduleExpression'],
            what: 'AppFlow does not read documents from Veeva that often',
            got: quote(rate.expression),
            allowed: 'an interval of 1 hour or more',
            remedy: 'run less often, or leave the documents out',
          }]
          : [];
      },
    },
    {
      code: 'veeva-documents-changed',
      evidence: 'documented',
      source: PAGE,
      broken: (plan) => {
        const changes = readsDocuments(plan) ? plan.tasks.map((task) => task.taskType).filter((type) => CHANGES.includes(type)) : [];
        return changes.length > 0
          ? [{
            // The page says formulas, which in the console are concatenations, too.
            evidence: changes.every((type) => type === TASK_TYPE.MERGE) ? 'inferred' : 'documented',
            at: ['tasks'],
            what: 'the fields of documents from Veeva can be neither put together, masked, truncated nor validated',
            got: `tasks of type ${[...new Set(changes)].map(quote).join(', ')}`,
            allowed: 'filters and mappings',
            remedy: 'leave them out, or leave the documents out',
          }]
          : [];
      },
    },
    {
      code: 'veeva-document-files-left-out',
      evidence: 'inferred',
      source: `${PAGE} describes renditions and versions as choices of a flow that includes source files`,
      broken: ({ source: { connectorType, properties } }) => {
        const files = (['includeRenditions', 'includeAllVersions'] as const).filter((name) => properties[name] === true);
        return connectorType === ConnectorType.VEEVA.name && properties.includeSourceFiles === false && files.length > 0
          ? [{
            at: ['source', 'properties', 'includeSourceFiles'],
            what: 'renditions and versions of documents come only along with their source files',
            got: `${files.join(' and ')} without includeSourceFiles`,
            allowed: 'includeSourceFiles: true',
            remedy: 'leave includeSourceFiles out, which then counts as true, or leave the others out',
          }]
          : [];
      },
    },
  ],
};

/** Whether a flow certainly reads documents. */
function readsDocuments({ source: { connectorType, properties } }: FlowPlan): boolean {
  const { documentType, includeSourceFiles, includeRenditions, includeAllVersions } = properties;
  return connectorType === ConnectorType.VEEVA.name
    && (literalString(documentType) !== undefined || [includeSourceFiles, includeRenditions, includeAllVersions].includes(true));
}

/** Sign-in to Veeva with the name and password of a user. */
export interface VeevaBasicAuthOptions extends BasicAuthOptions {
  /** The URL of the Veeva Vault, such as `https://acme.veevavault.com`. At most 256 characters. */
  readonly instanceUrl: string;
}

/**
 * How AppFlow signs in to Veeva. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/veeva.html
 */
export class VeevaConnection implements IConnection {
  /** With the name and password of a user, who must have API access. */
  public static basic(options: VeevaBasicAuthOptions): VeevaConnection {
    return new VeevaConnection(options);
  }

  public readonly connectorType = ConnectorType.VEEVA;

  private constructor(private readonly options: VeevaBasicAuthOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: renderBasic(scope, this.options),
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/**
 * Which documents of a Veeva Vault are read, and which of their files.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/veeva.html
 */
export interface VeevaDocumentOptions {
  /**
   * The type of the documents: letters, digits, blanks and `_ -`, at most 512.
   *
   * @default - not sent
   */
  readonly documentType?: string;

  /**
   * Whether the source files of the documents are read, besides what the Vault records of them.
   *
   * @default - true where renditions or all versions are read; otherwise not sent
   */
  readonly includeSourceFiles?: boolean;

  /**
   * Whether the renditions of the source files are read, too.
   *
   * @default - not sent
   */
  readonly includeRenditions?: boolean;

  /**
   * Whether all versions of the source files are read, rather than the latest.
   *
   * @default - not sent
   */
  readonly includeAllVersions?: boolean;
}

/** Properties of a Veeva source. */
export interface VeevaSourceProps extends ApplicationSourceOptions {
  /**
   * Reads documents. Such a flow writes to Amazon S3 alone, runs at most once an hour, and has no formulas, masks, truncations or validations.
   *
   * @default - no documents are read
   */
  readonly documents?: VeevaDocumentOptions;
}

/**
 * Takes records, or documents, from a Veeva Vault.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/veeva.html
 */
export class VeevaSource implements IFlowSource {
  public readonly connectorType = ConnectorType.VEEVA;

  /**
   * Filters on the object's fields. CloudFormation does not know `contains` and `containsAny` for Veeva: a flow with one of them is made
   * through the AppFlow API by the library's custom resource.
   */
  public readonly filter = AllFilters._of(ConnectorType.VEEVA);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: VeevaSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    const config = objectSource(this.connectorProfile, this.props);
    return { ...config, sourceConnectorProperties: { ...config.sourceConnectorProperties, ...renderDocuments(this.props.documents) } };
  }
}

function renderDocuments({ documentType, includeSourceFiles, includeRenditions, includeAllVersions }: VeevaDocumentOptions = {}) {
  const needsSourceFiles = includeRenditions || includeAllVersions ? true : undefined;
  return { documentType, includeSourceFiles: includeSourceFiles ?? needsSourceFiles, includeRenditions, includeAllVersions };
}
