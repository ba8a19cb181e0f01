import {
  ConnectorProfile, type ConnectorProfileProps, EventFlow, type Flow, type IConnection, type IConnectorProfile, type IFlowDestination,
  type IFlowSource, type IFlowTask, Mapping, OnDemandFlow, S3Destination, S3Source, SalesforceConnection, SalesforceSource,
} from 'appflow-constructs';
import { SecretValue } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * A connector in each of its roles, for the tests that look at all connectors. All examples of a connector together render each member of
 * its structures in the SDK.
 */
export interface ConnectorExample {
  /** Ways to sign in, by name. Each becomes a connector profile. */
  readonly connections?: Readonly<Record<string, (scope: Construct) => IConnection>>;
  /** Props of the profiles besides the connection. */
  readonly profileProps?: Omit<ConnectorProfileProps, 'connection'>;
  /** Flows from or to the connector, by name. */
  readonly flows?: Readonly<Record<string, (parts: Parts) => Flow>>;
  /** The codes of the warnings that the examples cause, each with the reason why it cannot be helped. */
  readonly warnings?: Readonly<Record<string, string>>;
}

/** What flows of examples are made of, besides their own connector. */
export class Parts extends Construct {
  /** Holds an object under the prefix `in` where it is deployed to the local cloud. */
  public readonly bucket = new Bucket(this, 'Bucket');
  public readonly s3 = new S3Source(this.bucket, { prefix: 'in' });

  /** A connector profile with a connection. */
  public profile(connection: IConnection): IConnectorProfile {
    return new ConnectorProfile(this, `Profile${this.node.children.length}`, { connection });
  }

  /** An on-demand flow from a source, to the bucket unless another destination is given. */
  public from(source: IFlowSource, tasks: IFlowTask[] = [Mapping.all()], destination: IFlowDestination = new S3Destination(this.bucket)): Flow {
    return new OnDemandFlow(this, 'Flow', { source, destination, tasks });
  }

  /** An on-demand flow from the bucket to a destination. */
  public to(destination: IFlowDestination, tasks: IFlowTask[] = [Mapping.fields(['Id', 'Name'])]): Flow {
    return this.from(this.s3, tasks, destination);
  }

  /** An event flow from Salesforce to a destination. */
  public eventsTo(destination: IFlowDestination): Flow {
    const salesforce = this.profile(SalesforceConnection.refreshToken({ refreshToken: secret('refreshToken') }));
    return new EventFlow(this, 'Flow', { source: new SalesforceSource(salesforce, { object: 'Order__e' }), destination, tasks: [Mapping.all()] });
  }
}

/** A credential as users have it: a dynamic reference to a secret. */
export function secret(jsonField: string): SecretValue {
  return SecretValue.secretsManager('credentials', { jsonField });
}
