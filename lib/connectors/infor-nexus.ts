import type { SecretValue } from 'aws-cdk-lib';
import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { ApplicationSourceOptions } from '../application';
import { renderSecret } from '../authentication/credential';
import { ConnectorType } from '../connector-type';
import type { ConnectionConfig, FlowSourceConfig, IConnection, IFlowSource } from '../integration';
import { objectSource } from '../private/application-end';
import {
  INSTANCE_URL_PROPERTY, OBJECT_PROPERTY, REFUSES_MISSING_PROJECTION, TRIGGERS_WITHOUT_EVENTS, USUAL_DESTINATIONS,
} from '../private/application-record';
import type { ConnectorRecord } from '../private/connector-record';
import { noBlanks } from '../private/constraints';
import { documented } from '../private/fact';
import { TASK_OPERATORS } from '../private/vocabulary';
import { BetweenAndEqualToFilters } from '../tasks/filter';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/infor-nexus.html';

/** @internal */
export const INFOR_NEXUS_RECORD: ConnectorRecord = {
  type: ConnectorType.INFOR_NEXUS.name,
  title: 'Infor Nexus',
  page: PAGE,
  member: 'InforNexus',
  l1Member: 'inforNexus',
  profile: {
    inCloudFormation: true,
    authentication: ['HMAC'],
    properties: [INSTANCE_URL_PROPERTY],
    credentials: [
      { name: 'accessKeyId', title: 'access key id', constraint: noBlanks(256) },
      { name: 'userId', title: 'user id', constraint: noBlanks(512) },
    ],
  },
  source: {
    triggers: TRIGGERS_WITHOUT_EVENTS,
    minimumIntervalMinutes: documented(1, PAGE),
    operators: [...TASK_OPERATORS, 'BETWEEN', 'EQUAL_TO'],
    refusesMissingProjection: REFUSES_MISSING_PROJECTION,
    destinations: documented(USUAL_DESTINATIONS, PAGE),
    properties: [OBJECT_PROPERTY],
  },
};

/** Sign-in to Infor Nexus with an access key. */
export interface InforNexusAccessKeyOptions {
  /** The URL of the Infor Nexus instance. At most 256 characters. */
  readonly instanceUrl: string;

  /** The id of the access key. At most 256 characters. */
  readonly accessKeyId: string;

  /** The id of the user. At most 512 characters. */
  readonly userId: string;

  /** The secret of the access key. */
  readonly secretAccessKey: SecretValue;

  /** The key that data is encrypted with. */
  readonly dataKey: SecretValue;
}

/**
 * How AppFlow signs in to Infor Nexus. CreateConnectorProfile signs in at once, so the credentials must be valid when the profile is deployed.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/infor-nexus.html
 */
export class InforNexusConnection implements IConnection {
  /** With an access key, with which AppFlow signs its requests (HMAC). */
  public static accessKey(options: InforNexusAccessKeyOptions): InforNexusConnection {
    return new InforNexusConnection(options);
  }

  public readonly connectorType = ConnectorType.INFOR_NEXUS;

  private constructor(private readonly options: InforNexusAccessKeyOptions) {}

  public bind(scope: Construct): ConnectionConfig {
    return {
      connectorProfileCredentials: {
        accessKeyId: this.options.accessKeyId,
        userId: this.options.userId,
        secretAccessKey: renderSecret(scope, 'secretAccessKey', this.options.secretAccessKey),
        datakey: renderSecret(scope, 'datakey', this.options.dataKey),
      },
      connectorProfileProperties: { instanceUrl: this.options.instanceUrl },
    };
  }
}

/** Properties of an Infor Nexus source. */
export interface InforNexusSourceProps extends ApplicationSourceOptions {}

/**
 * Takes records from Infor Nexus.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/infor-nexus.html
 */
export class InforNexusSource implements IFlowSource {
  public readonly connectorType = ConnectorType.INFOR_NEXUS;

  /** Filters on the object's fields. */
  public readonly filter = BetweenAndEqualToFilters._of(ConnectorType.INFOR_NEXUS);

  constructor(private readonly connectorProfile: appflow.IConnectorProfileRef, private readonly props: InforNexusSourceProps) {}

  public bind(_scope: Construct): FlowSourceConfig {
    return objectSource(this.connectorProfile, this.props);
  }
}
