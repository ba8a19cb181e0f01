import type { FileAggregation } from '../formats/file-aggregation';
import type { OutputFormat } from '../formats/output-format';
import type { PrefixConfig } from '../formats/prefix-config';

interface OutputFilesProps {
  readonly format?: OutputFormat;
  readonly aggregation?: FileAggregation;
  readonly prefixConfig?: PrefixConfig;
}

/** How a destination writes files to a bucket, in the API's words. */
export function renderOutputFiles({ format, aggregation, prefixConfig }: OutputFilesProps): Record<string, unknown> {
  return {
    fileType: format?.fileType,
    preserveSourceDataTyping: format?.preserveSourceDataTyping,
    aggregationConfig: { aggregationType: aggregation?.aggregationType, targetFileSize: aggregation?.targetFileSize },
    prefixConfig: { ...prefixConfig },
  };
}

/** A folder of a folder; without that, of the bucket. */
export function below(prefix: string | undefined, folder: string): string {
  return prefix === undefined || prefix === '' || prefix.endsWith('/') ? `${prefix ?? ''}${folder}` : `${prefix}/${folder}`;
}
