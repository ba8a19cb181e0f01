import {
  type ConnectorConfiguration, type ConnectorDetail, type ConnectorProvisioningConfig, ConnectorType, type DescribeConnectorEntityRequest,
  type DescribeConnectorEntityResponse, type DescribeConnectorRequest, type DescribeConnectorResponse, type DescribeConnectorsRequest,
  type DescribeConnectorsResponse, type ListConnectorEntitiesRequest, type ListConnectorEntitiesResponse, type ListConnectorsRequest,
  type ListConnectorsResponse, type RegisterConnectorRequest, type RegisterConnectorResponse, type ResetConnectorMetadataCacheRequest,
  type UnregisterConnectorRequest, type UpdateConnectorRegistrationRequest, type UpdateConnectorRegistrationResponse,
} from '@aws-sdk/client-appflow';
import { describeBuiltIn } from './built-in-connector';
import { pageOf } from './page';
import { type Profile } from './profiles';
import { conflict, connectorServer, invalid, notFound, unsupported } from './refusal';
import { type Names, type World } from './world';

/** A custom connector that was registered in the account. */
export interface RegisteredConnector {
  readonly label: string;
  readonly arn: string;
  readonly registeredAt: Date;
  readonly registeredBy: string;
  description?: string;
  provisioningConfig: ConnectorProvisioningConfig;
  tags: Record<string, string>;
}

/** The connectors of the account, by label, and what is known of the built-in ones. */
export class Connectors {
  readonly all = new Map<string, RegisteredConnector>();

  constructor(
    private readonly world: World,
    private readonly names: Names,
    private readonly now: () => Date,
    private readonly profile: (name: string) => Profile,
    private readonly profiles: () => Iterable<Profile>,
  ) {}

  register(input: RegisterConnectorRequest, by: string): RegisterConnectorResponse {
    const { connectorLabel: label, connectorProvisioningConfig: provisioningConfig, description } = input;
    // The model requires neither. "The name is unique for each ConnectorRegistration" says nothing of a registration without one.
    if (label === undefined) throw invalid('The local cloud refuses a connector without connectorLabel: what the service does with it is not documented');
    // "The provisioning type of the connector. Currently the only supported value is LAMBDA" (API reference): without a function there is no connector.
    if (provisioningConfig?.lambda === undefined) throw invalid('connectorProvisioningConfig.lambda is required for provisioning type LAMBDA');
    if (this.all.has(label)) throw conflict(`A connector with the label ${label} is already registered`);
    // "…the Lambda resource policy for AppFlow to invoke": guide of the Custom Connector SDK. That registering invokes the function is inferred from
    // the permission lambda:InvokeFunction, which CloudFormation's handler declares for it. The words are ours.
    if (this.world.functionInvocable?.(provisioningConfig.lambda.lambdaArn!, this.names.connector(label)) === false) {
      throw connectorServer(`Amazon AppFlow is not allowed to invoke the function ${provisioningConfig.lambda.lambdaArn}`);
    }
    const connector: RegisteredConnector = {
      label, arn: this.names.connector(label), registeredAt: this.now(), registeredBy: by, description, provisioningConfig, tags: {},
    };
    this.all.set(label, connector);
    return { connectorArn: connector.arn };
  }

  update({ connectorLabel, description, connectorProvisioningConfig }: UpdateConnectorRegistrationRequest): UpdateConnectorRegistrationResponse {
    const connector = this.get(connectorLabel!);
    connector.description = description ?? connector.description;
    connector.provisioningConfig = connectorProvisioningConfig ?? connector.provisioningConfig;
    return { connectorArn: connector.arn };
  }

  /** "…even if it is currently in use in one or more connections" (API reference, UnregisterConnector.forceDelete). */
  unregister({ connectorLabel, forceDelete }: UnregisterConnectorRequest): void {
    const { label } = this.get(connectorLabel!);
    const users = [...this.profiles()].filter((profile) => profile.connectorLabel === label).map(({ name }) => name);
    if (users.length > 0 && !forceDelete) throw conflict(`The connector ${label} is in use by: ${users.join(', ')}. Please set forceDelete to true`);
    this.all.delete(label);
  }

  describe({ connectorType, connectorLabel }: DescribeConnectorRequest): DescribeConnectorResponse {
    if (connectorType !== ConnectorType.CUSTOMCONNECTOR) return { connectorConfiguration: describeBuiltIn(connectorType!) };
    if (connectorLabel === undefined) throw invalid('ConnectorLabel is required for connector: CustomConnector');
    return { connectorConfiguration: configurationOf(this.get(connectorLabel)) };
  }

  /** Built-in connectors by type, those asked for or all; registered ones are listed beside them. */
  describeAll(input: DescribeConnectorsRequest): DescribeConnectorsResponse {
    const types = input.connectorTypes ?? Object.values(ConnectorType).filter((type) => type !== ConnectorType.CUSTOMCONNECTOR);
    const { items, nextToken } = pageOf('DescribeConnectors', types, input);
    return {
      connectorConfigurations: Object.fromEntries(items.map((type) => [type, describeBuiltIn(type)])),
      connectors: [...this.all.values()].map(detailOf),
      nextToken,
    };
  }

  /** "Returns the list of all registered custom connectors" (API reference, ListConnectors). */
  list(input: ListConnectorsRequest): ListConnectorsResponse {
    const { items, nextToken } = pageOf('ListConnectors', [...this.all.values()], input);
    return { connectors: items.map(detailOf), nextToken };
  }

  listEntities(input: ListConnectorEntitiesRequest): ListConnectorEntitiesResponse {
    const { items, nextToken } = pageOf('ListConnectorEntities', Object.keys(this.entitiesFor('ListConnectorEntities', input)), input);
    return { connectorEntityMap: { Objects: items.map((name) => ({ name, label: name, hasNestedEntities: false })) }, nextToken };
  }

  describeEntity(input: DescribeConnectorEntityRequest): DescribeConnectorEntityResponse {
    const fields = this.entitiesFor('DescribeConnectorEntity', input)[input.connectorEntityName!];
    if (fields === undefined) throw notFound(`Entity ${input.connectorEntityName} does not exist`);
    return { connectorEntityFields: fields.map((identifier) => ({ identifier, label: identifier })) };
  }

  /** There is no cache to reset: a profile that is named has to exist. */
  resetMetadataCache({ connectorProfileName }: ResetConnectorMetadataCacheRequest): void {
    if (connectorProfileName !== undefined) this.profile(connectorProfileName);
  }

  private entitiesFor(
    operation: string, { connectorProfileName, connectorType }: { connectorProfileName?: string; connectorType?: ConnectorType },
  ): Readonly<Record<string, readonly string[]>> {
    const type = connectorProfileName === undefined ? connectorType : this.profile(connectorProfileName).connectorType;
    const entities = type && this.world.entities?.(type);
    // What is in a vendor's application cannot be known here; a test that needs it says it.
    if (!entities) throw unsupported(`The local cloud does not know the objects of ${type ?? 'an unnamed connector'}: ${operation} needs its option "entities"`);
    return entities;
  }

  private get(label: string): RegisteredConnector {
    const connector = this.all.get(label);
    if (!connector) throw notFound(`Connector with label: ${label} does not exist`);
    return connector;
  }
}

function configurationOf({ label, arn, description, provisioningConfig, registeredAt, registeredBy }: RegisteredConnector): ConnectorConfiguration {
  return {
    connectorType: ConnectorType.CUSTOMCONNECTOR,
    connectorLabel: label,
    connectorArn: arn,
    connectorDescription: description,
    connectorProvisioningType: 'LAMBDA',
    connectorProvisioningConfig: provisioningConfig,
    registeredAt,
    registeredBy,
  };
}

function detailOf({ label, description, registeredAt, registeredBy }: RegisteredConnector): ConnectorDetail {
  return {
    connectorType: ConnectorType.CUSTOMCONNECTOR,
    connectorLabel: label,
    connectorDescription: description,
    connectorProvisioningType: 'LAMBDA',
    registeredAt,
    registeredBy,
  };
}
