import { ConnectorType, FileAggregation, type IFlowDestination, Mapping, OnDemandFlow, OutputFormat, S3Destination } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, salesforceToS3 } from '../samples';

/** Another library's destination, which leaves the choice to a parameter. */
function destinationWith(s3OutputFormatConfig: object): IFlowDestination {
  return { connectorType: ConnectorType.S3, bind: () => ({ destinationConnectorProperties: { bucketName: 'lake', s3OutputFormatConfig } }) };
}

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { format: OutputFormat.parquet(), aggregation: FileAggregation.singleFile() }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { format: OutputFormat.json(), aggregation: FileAggregation.singleFile() }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: destinationWith({ fileType: tokens.text(), aggregationConfig: { aggregationType: tokens.text() } }),
      tasks: [Mapping.all()],
    });
  },
};
