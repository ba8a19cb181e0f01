import { PathPrefix, type PrefixConfig, PrefixFormat, PrefixType, S3Destination } from 'appflow-constructs';
import { lake, renderedOutput } from '../samples';
import { newStack } from '../synthesis';

test.each<[string, PrefixConfig, object | undefined]>([
  ['nothing, and then nothing is sent', {}, undefined],
  ['an empty hierarchy, which is not sent either', { pathPrefixHierarchy: [] }, undefined],
  ['a type', { prefixType: PrefixType.PATH_AND_FILENAME }, { PrefixType: 'PATH_AND_FILENAME' }],
  ['a format', { prefixFormat: PrefixFormat.DAY }, { PrefixFormat: 'DAY' }],
  [
    'a hierarchy, in the order given',
    { prefixType: PrefixType.PATH, pathPrefixHierarchy: [PathPrefix.SCHEMA_VERSION, PathPrefix.EXECUTION_ID] },
    { PrefixType: 'PATH', PathPrefixHierarchy: ['SCHEMA_VERSION', 'EXECUTION_ID'] },
  ],
])('%s', (_, prefixConfig, expected) => {
  const stack = newStack();
  const output = renderedOutput(stack, new S3Destination(lake(stack), { prefixConfig }));
  expect(output?.PrefixConfig).toEqual(expected);
});
