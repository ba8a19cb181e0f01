import { OutputFormat, S3Destination } from 'appflow-constructs';
import { lake } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, OutputFormat, string, boolean | undefined]>([
  ['csv', OutputFormat.csv(), 'CSV', undefined],
  ['json', OutputFormat.json(), 'JSON', undefined],
  ['parquet', OutputFormat.parquet(), 'PARQUET', undefined],
  ['parquet with types', OutputFormat.parquet({ preserveSourceDataTyping: true }), 'PARQUET', true],
  ['parquet with strings', OutputFormat.parquet({ preserveSourceDataTyping: false }), 'PARQUET', false],
])('%s', (_, format, fileType, preserveSourceDataTyping) => {
  const stack = newStack();
  const { destinationConnectorProperties } = new S3Destination(lake(stack), { format }).bind(stack);
  expect(destinationConnectorProperties.s3OutputFormatConfig).toMatchObject({ fileType, preserveSourceDataTyping });
});
