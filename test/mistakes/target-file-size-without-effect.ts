import { FileAggregation, Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import { Size, type Stack } from 'aws-cdk-lib';
import type { Mistake } from '../mistake';
import { lake, salesforceToS3 } from '../samples';

function flow(stack: Stack, aggregation: FileAggregation) {
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), destination: new S3Destination(lake(stack), { aggregation }), tasks: [Mapping.all()] });
}

export const mistake: Mistake = {
  wrong(stack) {
    flow(stack, FileAggregation.singleFile({ targetFileSize: Size.mebibytes(128) }));
  },
  right(stack) {
    flow(stack, FileAggregation.none({ targetFileSize: Size.mebibytes(128) }));
  },
  withTokens(stack, tokens) {
    flow(stack, FileAggregation.singleFile({ targetFileSize: Size.mebibytes(tokens.number()) }));
  },
};
