import { toApi } from '../../appflow/from-cloudformation';
import { ServiceError } from '../../service';
import { ResourceModel } from '../stack';
import { CreateRequest, DeleteRequest, ResourceProvider, ResourceRequest, UpdateRequest } from './provider';

/** Calls an operation of Amazon AppFlow as CloudFormation's resource handlers do, with an SDK's retries. */
export type AppFlowCall = (operation: string, input: object) => Promise<any>;

/**
 * AWS::AppFlow::Flow. The source of the real handler is not published: what it does is read from the permissions that its
 * schema declares for each of its operations, and so inferred.
 */
export class FlowProvider implements ResourceProvider {
  constructor(private readonly call: AppFlowCall) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const { FlowStatus: status, ...properties } = request.properties;
    const { flowArn } = await this.call('CreateFlow', { ...toApi(request.type, properties), clientToken: request.token });
    request.created(properties.FlowName);
    // Scheduled and event flows are created as drafts; create may call StartFlow, which only Active asks for.
    if (status === 'Active' && !isOnDemand(properties)) {
      await this.call('StartFlow', { flowName: properties.FlowName, clientToken: `${request.token}-start` });
    }
    return { physicalId: properties.FlowName, attributes: { FlowArn: flowArn } };
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    const { FlowStatus: status, ...properties } = request.properties;
    const flowName: string = properties.FlowName;
    const before = await this.call('DescribeFlow', { flowName });
    await this.call('UpdateFlow', { ...toApi(request.type, properties, 'UpdateFlow'), clientToken: request.token });
    const { tags } = toApi(request.type, { Tags: properties.Tags ?? [] }, 'CreateFlow') as { tags: Record<string, string> };
    await this.retag(before.flowArn, before.tags ?? {}, tags);
    if (status !== undefined && !isOnDemand(properties)) {
      const { flowStatus } = await this.call('DescribeFlow', { flowName });
      if (status === 'Active' && flowStatus !== 'Active') {
        await this.call('StartFlow', { flowName, clientToken: `${request.token}-start` });
      } else if (status !== 'Active' && flowStatus === 'Active') {
        await this.call('StopFlow', { flowName });
      }
    }
    return { physicalId: flowName, attributes: { FlowArn: before.flowArn } };
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    // Delete may call DeleteFlow only, and an active flow goes by force only.
    await goneIsFine(this.call('DeleteFlow', { flowName: current.physicalId, forceDelete: true }));
  }

  private async retag(resourceArn: string, before: Record<string, string>, wanted: Record<string, string>): Promise<void> {
    const stale = Object.keys(before).filter((key) => !(key in wanted) && !key.startsWith('aws:'));
    const fresh = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => before[key] !== value));
    if (stale.length > 0) {
      await this.call('UntagResource', { resourceArn, tagKeys: stale });
    }
    if (Object.keys(fresh).length > 0) {
      await this.call('TagResource', { resourceArn, tags: fresh });
    }
  }
}

/** AWS::AppFlow::ConnectorProfile. Its answers come from DescribeConnectorProfiles, the one read operation its schema declares. */
export class ConnectorProfileProvider implements ResourceProvider {
  constructor(private readonly call: AppFlowCall) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    await this.call('CreateConnectorProfile', { ...toApi(request.type, request.properties), clientToken: request.token });
    request.created(request.properties.ConnectorProfileName);
    return this.read(request);
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    await this.call('UpdateConnectorProfile', { ...toApi(request.type, request.properties, 'UpdateConnectorProfile'), clientToken: request.token });
    return this.read(request);
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    await goneIsFine(this.call('DeleteConnectorProfile', { connectorProfileName: current.physicalId }));
  }

  private async read({ properties }: ResourceRequest): Promise<ResourceModel> {
    const name: string = properties.ConnectorProfileName;
    const { connectorProfileDetails: [profile] } = await this.call('DescribeConnectorProfiles', { connectorProfileNames: [name] });
    return {
      physicalId: name,
      attributes: { ConnectorProfileArn: profile.connectorProfileArn, CredentialsArn: profile.credentialsArn },
    };
  }
}

/** AWS::AppFlow::Connector: the registration of a custom connector. */
export class ConnectorProvider implements ResourceProvider {
  constructor(private readonly call: AppFlowCall) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const { connectorArn } = await this.call('RegisterConnector', { ...toApi(request.type, request.properties), clientToken: request.token });
    const label: string = request.properties.ConnectorLabel ?? connectorArn.split('/').pop();
    request.created(label);
    return { physicalId: label, attributes: { ConnectorArn: connectorArn } };
  }

  async update(request: UpdateRequest): Promise<ResourceModel> {
    await this.call('UpdateConnectorRegistration', {
      ...toApi(request.type, request.properties, 'UpdateConnectorRegistration'), connectorLabel: request.current.physicalId, clientToken: request.token,
    });
    return request.current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    await goneIsFine(this.call('UnregisterConnector', { connectorLabel: current.physicalId }));
  }
}

function isOnDemand(properties: Record<string, any>): boolean {
  return properties.TriggerConfig?.TriggerType === 'OnDemand';
}

/** Deleting what is already gone succeeds: CloudFormation's contract for handlers has NotFound count as deleted. */
async function goneIsFine(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === 'ResourceNotFoundException')) {
      throw error;
    }
  }
}
