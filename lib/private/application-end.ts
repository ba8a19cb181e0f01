import type { aws_appflow as appflow } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import type { ApplicationSourceOptions, StagedDestinationOptions } from '../application';
import { bindErrorHandling, type ErrorHandlingOptions } from '../error-handling';
import type { FlowDestinationConfig, FlowSourceConfig } from '../integration';
import { allowStaging } from './permissions';
import { WriteOperation } from '../write-operation';

/** What a source that reads one object of an application tells the flow. */
export function objectSource(connectorProfile: appflow.IConnectorProfileRef, props: ApplicationSourceOptions): FlowSourceConfig {
  return { connectorProfile, apiVersion: props.apiVersion, sourceConnectorProperties: { object: props.object } };
}

/** Some members of a destination's properties, and what the flow must wait for. */
interface DestinationPart {
  readonly properties: Record<string, unknown>;
  readonly dependencies: IDependable[];
}

/** How a destination that takes changes writes records, and what it does with those that the application refuses. */
export function writing(
  scope: Construct,
  props: { writeOperation?: WriteOperation; errorHandling?: ErrorHandlingOptions },
): DestinationPart {
  const writeOperation = props.writeOperation ?? WriteOperation.insert();
  const { properties, dependencies } = bindErrorHandling(scope, props.errorHandling);
  return {
    properties: { writeOperationType: writeOperation.name, idFieldNames: writeOperation.idFieldNames, ...properties },
    dependencies,
  };
}

/** The bucket through which a destination loads records, which AppFlow is allowed to use. */
export function staging(scope: Construct, props: StagedDestinationOptions): DestinationPart {
  return {
    properties: { intermediateBucketName: props.intermediateBucket.bucketRef.bucketName, bucketPrefix: props.intermediatePrefix },
    dependencies: allowStaging(scope, props.intermediateBucket),
  };
}

/** What a destination that loads records from a bucket tells the flow. */
export function stagedDestination(
  scope: Construct,
  connectorProfile: appflow.IConnectorProfileRef,
  props: StagedDestinationOptions,
): FlowDestinationConfig {
  const stage = staging(scope, props);
  const errors = bindErrorHandling(scope, props.errorHandling);
  return {
    connectorProfile,
    apiVersion: props.apiVersion,
    destinationConnectorProperties: { object: props.object, ...stage.properties, ...errors.properties },
    dependencies: [...stage.dependencies, ...errors.dependencies],
  };
}
