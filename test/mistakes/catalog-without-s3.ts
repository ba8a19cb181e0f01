import {
  ConnectorType, type FlowDestinationConfig, GlueDataCatalog, type IConnectorProfile, type IFlowDestination, Mapping, OnDemandFlow, S3Destination,
} from 'appflow-constructs';
import type { Construct } from 'constructs';
import type { Mistake } from '../mistake';
import { lake, s3ToSalesforce, salesforceProfile } from '../samples';

/** Another library's destination: `SalesforceDestination` takes no catalogue. */
class CataloguedLeads implements IFlowDestination {
  public readonly connectorType = ConnectorType.SALESFORCE;

  constructor(private readonly catalog: GlueDataCatalog, private readonly connectorProfile: IConnectorProfile) {}

  public bind(scope: Construct): FlowDestinationConfig {
    return { connectorProfile: this.connectorProfile, destinationConnectorProperties: { object: 'Lead' }, catalog: this.catalog.bind(scope) };
  }
}

export const mistake: Mistake = {
  wrong(stack) {
    const catalog = new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'leads' });
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new CataloguedLeads(catalog, salesforceProfile(stack)),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    const catalog = new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'leads' });
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new S3Destination(lake(stack), { catalog }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    const catalog = new GlueDataCatalog({ databaseName: tokens.text(), tablePrefix: tokens.text() });
    new OnDemandFlow(stack, 'Flow', {
      ...s3ToSalesforce(stack),
      destination: new S3Destination(lake(stack), { catalog }),
      tasks: [Mapping.all()],
    });
  },
};
