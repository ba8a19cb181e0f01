import { FileAggregation, S3Destination } from 'appflow-constructs';
import { CfnParameter, Size } from 'aws-cdk-lib';
import { lake, renderedOutput } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, FileAggregation, object]>([
  ['several files', FileAggregation.none(), { AggregationType: 'None' }],
  ['several files of a size', FileAggregation.none({ targetFileSize: Size.mebibytes(128) }), { AggregationType: 'None', TargetFileSize: 128 }],
  ['a size in gibibytes', FileAggregation.none({ targetFileSize: Size.gibibytes(1) }), { AggregationType: 'None', TargetFileSize: 1024 }],
  ['one file', FileAggregation.singleFile(), { AggregationType: 'SingleFile' }],
])('%s', (_, aggregation, expected) => {
  const stack = newStack();
  expect(renderedOutput(stack, new S3Destination(lake(stack), { aggregation }))).toEqual({ AggregationConfig: expected });
});

test('the size can be a token', () => {
  const stack = newStack();
  const size = new CfnParameter(stack, 'Megabytes', { type: 'Number' }).valueAsNumber;
  const aggregation = FileAggregation.none({ targetFileSize: Size.mebibytes(size) });
  expect(renderedOutput(stack, new S3Destination(lake(stack), { aggregation })))
    .toEqual({ AggregationConfig: { AggregationType: 'None', TargetFileSize: { Ref: 'Megabytes' } } });
});
