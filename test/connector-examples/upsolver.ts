import { FileAggregation, OutputFormat, PathPrefix, PrefixFormat, PrefixType, UpsolverDestination } from 'appflow-constructs';
import { Size } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ConnectorExample, Parts } from '../connector-example';

const bucket = (parts: Parts, name: string) => new Bucket(parts, 'Upsolver', { bucketName: `upsolver-appflow-${name}` });

export const example: ConnectorExample = {
  flows: {
    'destination': (parts) => parts.to(new UpsolverDestination(bucket(parts, 'events'))),
    'destination, with everything': (parts) => parts.to(new UpsolverDestination(bucket(parts, 'sales'), {
      prefix: 'sales',
      format: OutputFormat.parquet(),
      aggregation: FileAggregation.none({ targetFileSize: Size.mebibytes(128) }),
      prefixConfig: { prefixType: PrefixType.PATH_AND_FILENAME, prefixFormat: PrefixFormat.HOUR, pathPrefixHierarchy: [PathPrefix.EXECUTION_ID] },
    })),
  },
};
