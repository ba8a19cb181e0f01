import { ConnectorType, type IFlowDestination, Mapping, OnDemandFlow, OutputFormat, S3Destination } from 'appflow-constructs';
import type { Mistake } from '../mistake';
import { lake, salesforceToS3 } from '../samples';

/** Another library's destination: `OutputFormat` preserves types for Parquet alone. */
function destinationWith(s3OutputFormatConfig: object): IFlowDestination {
  return { connectorType: ConnectorType.S3, bind: () => ({ destinationConnectorProperties: { bucketName: 'lake', s3OutputFormatConfig } }) };
}

export const mistake: Mistake = {
  wrong(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: destinationWith({ fileType: 'CSV', preserveSourceDataTyping: true }),
      tasks: [Mapping.all()],
    });
  },
  right(stack) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: new S3Destination(lake(stack), { format: OutputFormat.parquet({ preserveSourceDataTyping: true }) }),
      tasks: [Mapping.all()],
    });
  },
  withTokens(stack, tokens) {
    new OnDemandFlow(stack, 'Flow', {
      ...salesforceToS3(stack),
      destination: destinationWith({ fileType: tokens.text(), preserveSourceDataTyping: true }),
      tasks: [Mapping.all()],
    });
  },
};
