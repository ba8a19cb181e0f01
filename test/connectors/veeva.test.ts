import {
  Arithmetic, ConnectorProfile, FlowSchedule, type IFlowTask, Mapping, Mask, Merge, OnDemandFlow, S3Destination, ScheduledFlow, Truncate, Validation,
  ValidationAction, type VeevaDocumentOptions, VeevaSource,
} from 'appflow-constructs';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { lake } from '../samples';
import { errorsOf, newStack, warningsOf } from '../synthesis';

let stack: Stack;
beforeEach(() => {
  stack = newStack();
});

const ends = (documents?: VeevaDocumentOptions) => ({
  source: new VeevaSource(ConnectorProfile.fromConnectorProfileName(stack, 'Veeva', 'acme'), { object: 'documents', documents }),
  destination: new S3Destination(lake(stack)),
});

test.each<[VeevaDocumentOptions | undefined, object]>([
  [undefined, {}],
  [{}, {}],
  [{ documentType: 'Clinical Study' }, { DocumentType: 'Clinical Study' }],
  [{ includeSourceFiles: true }, { IncludeSourceFiles: true }],
  [{ includeSourceFiles: false }, { IncludeSourceFiles: false }],
  [{ includeRenditions: true }, { IncludeRenditions: true, IncludeSourceFiles: true }],
  [{ includeAllVersions: true }, { IncludeAllVersions: true, IncludeSourceFiles: true }],
  [{ includeRenditions: false, includeAllVersions: false }, { IncludeRenditions: false, IncludeAllVersions: false }],
])('reads the documents of %j', (documents, expected) => {
  new OnDemandFlow(stack, 'Flow', { ...ends(documents), tasks: [Mapping.all()] });
  expect([...errorsOf(stack), ...warningsOf(stack)]).toEqual([]);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::AppFlow::Flow'));
  expect(Properties.SourceFlowConfig.SourceConnectorProperties).toEqual({ Veeva: { Object: 'documents', ...expected } });
});

describe.each<[string, () => IFlowTask]>([
  ['a formula', () => Arithmetic.add('size', 'offset', { destinationField: 'end' })],
  ['a mask', () => Mask.all('name')],
  ['a truncation', () => Truncate.field('name', 8)],
  ['a validation', () => Validation.notNull('name', ValidationAction.DROP_RECORD)],
])('%s', (_, task) => {
  test('is refused with documents', () => {
    new OnDemandFlow(stack, 'Flow', { ...ends({ includeSourceFiles: true }), tasks: [Mapping.all(), task()] });
    expect(errorsOf(stack)).toEqual([expect.stringContaining('veeva-documents-changed')]);
  });

  test('is taken without', () => {
    new OnDemandFlow(stack, 'Flow', { ...ends(), tasks: [Mapping.all(), task()] });
    expect([...errorsOf(stack), ...warningsOf(stack)]).toEqual([]);
  });
});

test('a concatenation of documents\' fields, which the page may not mean, earns a warning', () => {
  new OnDemandFlow(stack, 'Flow', { ...ends({ includeSourceFiles: true }), tasks: [Merge.concatenate(['a', 'b'], { destinationField: 'text' })] });
  expect(errorsOf(stack)).toEqual([]);
  expect(warningsOf(stack)).toEqual([expect.stringContaining('veeva-documents-changed')]);
});

test.each<[string, VeevaDocumentOptions | undefined, number, string[]]>([
  ['documents every minute', { includeSourceFiles: true }, 1, [expect.stringContaining('veeva-documents-too-often')]],
  ['documents every hour', { includeSourceFiles: true }, 60, []],
  ['records every minute', undefined, 1, []],
])('runs as often as AppFlow does: %s', (_, documents, minutes, errors) => {
  new ScheduledFlow(stack, 'Flow', { ...ends(documents), schedule: FlowSchedule.every(Duration.minutes(minutes)), tasks: [Mapping.all()] });
  expect(errorsOf(stack)).toEqual(errors);
});
