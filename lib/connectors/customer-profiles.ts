import type { Construct } from 'constructs';
import { ConnectorType } from '../connector-type';
import type { FlowDestinationConfig, IFlowDestination } from '../integration';
import type { ConnectorRecord } from '../private/connector-record';
import { noBlanks } from '../private/constraints';
import { inferred } from '../private/fact';
import { SAME_OBJECT } from '../private/flow-object';

const PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/connectors-amazon-connect.html';

/** @internal */
export const CUSTOMER_PROFILES_RECORD: ConnectorRecord = {
  type: ConnectorType.CUSTOMER_PROFILES.name,
  title: 'Amazon Connect Customer Profiles',
  page: PAGE,
  member: 'CustomerProfiles',
  l1Member: 'customerProfiles',
  destination: {
    inCloudFormation: false,
    properties: [
      { name: 'domainName', title: 'domain name', constraint: noBlanks(64) },
      { name: 'objectTypeName', title: 'object type name', constraint: noBlanks(255) },
    ],
    objectMembers: inferred(['domainName', 'objectTypeName'], SAME_OBJECT),
    catalog: false,
    partitionKeys: false,
    errorHandling: false,
  },
  limits: [
    { text: 'The domain must exist, in an Amazon Connect instance, and have a KMS key.', source: PAGE },
    { text: '`AWS::AppFlow::Flow` does not have this destination; `AWS::CustomerProfiles::Integration` makes such flows for some sources.', source: PAGE },
  ],
};

/** Properties of an Amazon Connect Customer Profiles destination. */
export interface CustomerProfilesDestinationProps {
  /** The name of the Customer Profiles domain. At most 64 characters, without blanks. */
  readonly domainName: string;

  /**
   * The name of the profile object type that the records become. At most 255 characters, without blanks.
   *
   * @default - not sent
   */
  readonly objectTypeName?: string;
}

/**
 * Writes records to Amazon Connect Customer Profiles. The domain must exist, and have a KMS key.
 *
 * CloudFormation's resource for flows does not have this destination: such a flow is made through the AppFlow API by the library's
 * custom resource.
 *
 * @see https://docs.aws.amazon.com/appflow/latest/userguide/connectors-amazon-connect.html
 */
export class CustomerProfilesDestination implements IFlowDestination {
  public readonly connectorType = ConnectorType.CUSTOMER_PROFILES;

  constructor(private readonly props: CustomerProfilesDestinationProps) {}

  public bind(_scope: Construct): FlowDestinationConfig {
    return { destinationConnectorProperties: { domainName: this.props.domainName, objectTypeName: this.props.objectTypeName } };
  }
}
