import {
  FileAggregation, GlueDataCatalog, Mapping, OutputFormat, Partition, PathPrefix, PrefixFormat, PrefixType, S3Destination, S3InputFormat, S3Source,
} from 'appflow-constructs';
import { Size } from 'aws-cdk-lib';
import type { ConnectorExample } from '../connector-example';

export const example: ConnectorExample = {
  flows: {
    'source': (parts) => parts.from(parts.s3),
    'source, in JSON, with filters': (parts) => {
      const orders = new S3Source(parts.bucket, { prefix: 'in', format: S3InputFormat.JSON });
      return parts.from(orders, [orders.filter.equalToAny('region', ['north', 'south']), orders.filter.notEqualTo('state', 'new'), Mapping.fields(['id', 'region'])]);
    },
    'destination, in Parquet, catalogued': (parts) => parts.to(new S3Destination(parts.bucket, {
      prefix: 'out',
      format: OutputFormat.parquet({ preserveSourceDataTyping: true }),
      aggregation: FileAggregation.none({ targetFileSize: Size.mebibytes(128) }),
      prefixConfig: { prefixType: PrefixType.PATH, prefixFormat: PrefixFormat.DAY, pathPrefixHierarchy: [PathPrefix.EXECUTION_ID] },
      catalog: new GlueDataCatalog({ databaseName: 'lake', tablePrefix: 'orders' }),
    })),
    'destination, in one file': (parts) => parts.to(new S3Destination(parts.bucket, { format: OutputFormat.csv(), aggregation: FileAggregation.singleFile() })),
    'destination, partitioned': (parts) => parts.to(new S3Destination(parts.bucket), [Mapping.fields(['Id', 'Region']), Partition.keys('Region')]),
  },
  warnings: { 'task-encoding-inferred': 'AppFlow does not document how its API takes partition keys' },
};
