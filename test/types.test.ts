import { readdirSync, readFileSync } from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

/** What every snippet can refer to. Its own lines are checked, too. */
const PREAMBLE = `
import * as appflow from 'appflow-constructs';
import {
  AllFilters, AmplitudeSource, Arithmetic, ComparisonFilters, ConnectionMode, ConnectorProfile, ConnectorType, DataPull, EventFlow, FileAggregation,
  Filter, FlowActivation, FlowSchedule, FlowSourceConfig, FlowTags, GlueDataCatalog, IConnection, IEventFlowSource, IFlowSource, Mapping, Mask,
  OnDemandFlow, OutputFormat, Partition, RunOnDeploy, S3Destination, S3Source, SalesforceConnection, SalesforceDestination, SalesforceSource,
  ScheduledFlow, ScheduleTime, SlackConnection, SlackSource, Validation, ValidationAction, VeevaSource, WriteOperation, ZendeskConnection,
  ZendeskSource,
} from 'appflow-constructs';
import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

declare const stack: Stack;
declare const bucket: IBucket;
declare const secret: ISecret;
declare const profile: ConnectorProfile;
declare const salesforce: SalesforceSource;
declare const files: S3Source;
declare const zendesk: ZendeskSource;
declare const slack: SlackSource;
declare const amplitude: AmplitudeSource;

/** What a source's filters have besides some. */
type Besides<Source extends { filter: object }, Names> = Exclude<keyof Source['filter'], Names>;
declare function nothing(names: never[]): void;

declare const destination: S3Destination;
declare const tasks: Mapping[];
declare const schedule: FlowSchedule;
declare const cfnFlow: CfnFlow;

/** The filters of a connector that has one operator, as a library that adds connectors would declare them. */
declare class GreaterThanFilters {
  private readonly connectorType;
  public greaterThan(field: string, value: any): Filter;
}

/** A source that publishes no events. */
declare class ZendeskLikeSource implements IFlowSource {
  public readonly connectorType: ConnectorType;
  public readonly filter: GreaterThanFilters;
  public bind(scope: Construct): FlowSourceConfig;
}
declare const tickets: ZendeskLikeSource;
`;

const GOOD: Record<string, string> = {
  'the sample of the README': `
    class Sample extends Construct {
      constructor(scope: Construct, id: string, connectedApp: ISecret) {
        super(scope, id);
        const account = new ConnectorProfile(this, 'Salesforce', {
          connection: SalesforceConnection.refreshToken({
            instanceUrl: 'https://acme.my.salesforce.com',
            refreshToken: secret.secretValueFromJson('refreshToken'),
            clientCredentials: connectedApp,
          }),
        });
        const opportunities = new SalesforceSource(account, { object: 'Opportunity' });
        new ScheduledFlow(this, 'Opportunities', {
          source: opportunities,
          destination: new S3Destination(bucket, { format: OutputFormat.parquet() }),
          schedule: FlowSchedule.every(Duration.minutes(15)),
          pull: DataPull.incremental(),
          tasks: [
            opportunities.filter.greaterThan('Amount', 10_000),
            Mapping.all({ exclude: ['Description'] }),
            Mask.all('Phone'),
            Validation.notNull('AccountId', ValidationAction.DROP_RECORD),
          ],
        });
      }
    }`,
  'an event flow from Salesforce': "new EventFlow(stack, 'Flow', { source: salesforce, destination, tasks });",
  'an on-demand flow from a source of another library': "new OnDemandFlow(stack, 'Flow', { source: tickets, destination, tasks: [tickets.filter.greaterThan('created_at', 1)] });",
  'a run on deployment': "new OnDemandFlow(stack, 'Flow', { source: files, destination, tasks, runOnDeploy: RunOnDeploy.onCreate() });",
  'an imported profile': "new SalesforceSource(ConnectorProfile.fromConnectorProfileName(stack, 'Profile', 'acme'), { object: 'Account' });",
  'contains on Salesforce': "salesforce.filter.contains('Name', 'Acme');",
  'between on Amazon S3': "files.filter.between('amount', 1, 2);",
  'all filters where comparisons will do': 'const filters: ComparisonFilters = salesforce.filter; filters.equalTo("Name", 1);',
  'a flow made by CloudFormation in tags': "new FlowTags(stack, 'Tags', { flow: cfnFlow, tags: { team: 'sales' } });",
  'greater than on Zendesk': "zendesk.filter.greaterThan('created_at', 1); nothing([] as Besides<ZendeskSource, 'greaterThan'>[]);",
  'between on Amplitude': "amplitude.filter.between('event_time', 1, 2); nothing([] as Besides<AmplitudeSource, 'between'>[]);",
  'orders on Slack': "slack.filter.lessThanOrEqualTo('ts', 1); slack.filter.equalToAny('user', ['U1', 'U2']);",
  'contains on Veeva': "new VeevaSource(profile, { object: 'product__v' }).filter.containsAny('name__v', ['Chole']);",
  'types preserved in Parquet': 'OutputFormat.parquet({ preserveSourceDataTyping: true });',
};

/** What is refused, with the words of the compiler that say why. */
const REFUSED: Record<string, [string, RegExp]> = {
  'an event flow from Amazon S3': [
    "new EventFlow(stack, 'Flow', { source: files, destination, tasks });",
    /Property 'eventName' is missing in type 'S3Source' but required in type 'IEventFlowSource'/,
  ],
  'an event flow from a source of another library': [
    "new EventFlow(stack, 'Flow', { source: tickets, destination, tasks });",
    /Property 'eventName' is missing in type 'ZendeskLikeSource'/,
  ],
  'an event flow from Zendesk': [
    "new EventFlow(stack, 'Flow', { source: zendesk, destination, tasks });",
    /Property 'eventName' is missing in type 'ZendeskSource' but required in type 'IEventFlowSource'/,
  ],
  'contains on Amazon S3': ["files.filter.contains('name', 'Acme');", /Property 'contains' does not exist on type 'ComparisonFilters'/],
  'containsAny on Amazon S3': ["files.filter.containsAny('name', ['Acme']);", /Property 'containsAny' does not exist on type 'ComparisonFilters'/],
  'a comparison that the connector does not have': ["tickets.filter.equalTo('id', 1);", /Property 'equalTo' does not exist on type 'GreaterThanFilters'/],
  'a comparison that Zendesk does not have': ["zendesk.filter.lessThan('id', 1);", /Property 'lessThan' does not exist on type 'GreaterThanFilters'/],
  'a comparison that Amplitude does not have': ["amplitude.filter.equalTo('id', 1);", /Property 'equalTo' does not exist on type 'BetweenFilters'/],
  'a filter more than Zendesk has': ["nothing([] as Besides<ZendeskSource, 'equalTo'>[]);", /'"greaterThan"' is not assignable to type 'never'/],
  'not equal to on Slack': ["slack.filter.notEqualTo('user', 'U1');", /Property 'notEqualTo' does not exist on type 'OrderingFilters'/],
  'contains on Slack': ["slack.filter.contains('text', 'hello');", /Property 'contains' does not exist on type 'OrderingFilters'/],
  'comparisons where all filters are wanted': ['const filters: AllFilters = files.filter;', /missing the following properties from type 'AllFilters': contains, containsAny/],
  'filters of another set where one operator would do': ['const filters: GreaterThanFilters = files.filter;', /have separate declarations of a private property/],
  'one operator where comparisons are wanted': ['const filters: ComparisonFilters = tickets.filter;', /missing the following properties from type 'ComparisonFilters'/],
  'a filter in the shape of an object': ['const filter: Filter = { bind: () => [] };', /Property 'config' is missing/],
  'a pull mode on an on-demand flow': [
    "new OnDemandFlow(stack, 'Flow', { source: files, destination, tasks, pull: DataPull.incremental() });",
    /'pull' does not exist in type 'OnDemandFlowProps'/,
  ],
  'a pull mode on an event flow': [
    "new EventFlow(stack, 'Flow', { source: salesforce, destination, tasks, pull: DataPull.incremental() });",
    /'pull' does not exist in type 'EventFlowProps'/,
  ],
  'a schedule on an on-demand flow': ["new OnDemandFlow(stack, 'Flow', { source: files, destination, tasks, schedule });", /'schedule' does not exist/],
  'a scheduled flow without schedule': ["new ScheduledFlow(stack, 'Flow', { source: files, destination, tasks });", /Property 'schedule' is missing/],
  'a run on deployment of a scheduled flow': [
    "new ScheduledFlow(stack, 'Flow', { source: files, destination, tasks, schedule, runOnDeploy: RunOnDeploy.onCreate() });",
    /'runOnDeploy' does not exist/,
  ],
  'activation of an on-demand flow': [
    "new OnDemandFlow(stack, 'Flow', { source: files, destination, tasks, activation: FlowActivation.manual() });",
    /'activation' does not exist/,
  ],
  'a destination as the source': [
    "new OnDemandFlow(stack, 'Flow', { source: destination, destination, tasks });",
    /Property 'sourceConnectorProperties' is missing in type 'FlowDestinationConfig' but required in type 'FlowSourceConfig'/,
  ],
  'a source as the destination': [
    "new OnDemandFlow(stack, 'Flow', { source: files, destination: files, tasks });",
    /Property 'destinationConnectorProperties' is missing in type 'FlowSourceConfig' but required in type 'FlowDestinationConfig'/,
  ],
  'a source of another application': ['const source: ZendeskSource = slack;', /Type 'OrderingFilters' is not assignable to type 'GreaterThanFilters'/],
  'a source of another application with the same filters': [
    'const source: appflow.DynatraceSource = {} as appflow.DatadogSource;',
    /Types have separate declarations of a private property/,
  ],
  'a connection to another application': [
    'const connection: ZendeskConnection = SlackConnection.accessToken({} as appflow.SlackAccessTokenOptions);',
    /Types have separate declarations of a private property/,
  ],
  'a write operation of a destination that only adds': [
    "new appflow.MarketoDestination(profile, { object: 'leads', writeOperation: WriteOperation.insert() });",
    /'writeOperation' does not exist in type 'MarketoDestinationProps'/,
  ],
  'the id of a business unit left out': [
    "appflow.PardotConnection.refreshToken({ refreshToken: SecretValue.secretsManager('pardot') });",
    /Property 'businessUnitId' is missing/,
  ],
  'a source as a connection': [
    "new ConnectorProfile(stack, 'P', { connection: salesforce });",
    /Property 'connectorProfileProperties' is missing in type 'FlowSourceConfig' but required in type 'ConnectionConfig'/,
  ],
  'a connector where an action is wanted': ["Validation.notNull('Id', ConnectorType.S3);", /not assignable to parameter of type 'ValidationAction'/],
  'a pull in the shape of an object': ["const pull: DataPull = { mode: 'Complete', timestampField: undefined };", /missing .*in type|missing the following properties|private/],
  'a flow without tasks': ["new OnDemandFlow(stack, 'Flow', { source: files, destination });", /Property 'tasks' is missing/],
  'Salesforce without profile': ["new SalesforceSource({ object: 'Account' });", /Expected 2 arguments, but got 1/],
  'Salesforce with a bucket as its profile': ["new SalesforceSource(bucket, { object: 'Account' });", /not assignable to parameter of type 'IConnectorProfileRef'/],
  'an Amazon S3 source without prefix': ['new S3Source(bucket, {});', /Property 'prefix' is missing/],
  'a catalogue without Amazon S3': [
    "new SalesforceDestination(profile, { object: 'Lead', catalog: new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'x' }) });",
    /'catalog' does not exist in type 'SalesforceDestinationProps'/,
  ],
  'types preserved in CSV': ['OutputFormat.csv({ preserveSourceDataTyping: true });', /Expected 0 arguments, but got 1/],
  'an update without id fields': ['WriteOperation.update();', /Expected 1 arguments, but got 0/],
  'a write operation that is made by hand': ["new WriteOperation('INSERT');", /Constructor of class 'WriteOperation' is private/],
  'an interval in text': ["FlowSchedule.every('5 minutes');", /not assignable to parameter of type 'Duration'/],
  'a time in text': ["FlowSchedule.every(Duration.days(1), { startTime: '2026-12-01' });", /not assignable to type 'ScheduleTime'/],
  'a credential in plain text': ["SalesforceConnection.refreshToken({ refreshToken: '5Aep861' });", /not assignable to type 'SecretValue'/],
  'a JSON web token without connected app': [
    "SalesforceConnection.jwtBearer({ jwtToken: SecretValue.secretsManager('jwt') });",
    /Property 'clientCredentials' is missing/,
  ],
  'a validation without action': ["Validation.notNull('Id');", /Expected 2 arguments, but got 1/],
  'a formula without destination': ["Arithmetic.add('A', 'B', {});", /Property 'destinationField' is missing/],
};

const ROOT = path.join(__dirname, '..');
/** Snippets that are modules of their own. */
/** What the snippets of a page that import nothing take for granted, as those of the README do. */
const FIXTURE = readFileSync(path.join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
/** What people have written; the generated pages have tests of their own. */
const PAGES = readdirSync(path.join(ROOT, 'docs')).filter((page) => !['connectors.md', 'errors.md'].includes(page));
const SNIPPETS = Object.fromEntries(PAGES.flatMap((page) => [...readFileSync(path.join(ROOT, 'docs', page), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)]
  .map(([, code], index) => [`snippet ${index + 1} of docs/${page}`, /^import /m.test(code) ? code : inFixture(code)])));
const diagnostics = compile({
  ...withPreamble(GOOD),
  ...withPreamble(Object.fromEntries(Object.entries(REFUSED).map(([title, [code]]) => [title, code]))),
  ...SNIPPETS,
});

test('pages have snippets', () => {
  expect(Object.keys(SNIPPETS)).toContain('snippet 1 of docs/deployments.md');
});

test.each([...Object.keys(GOOD), ...Object.keys(SNIPPETS)])('%s compiles', (title) => {
  expect(diagnostics.get(title)).toEqual([]);
});

test.each(Object.entries(REFUSED))('%s is refused', (title, [, reason]) => {
  expect(diagnostics.get(title)).toEqual([expect.stringMatching(reason)]);
});

/** A snippet in the constructor of the fixture's stack. What it declares stands before that. */
function inFixture(code: string): string {
  const [declarations, statements] = [/^declare .*$/gm, /^(?!declare ).*$/gm].map((lines) => code.match(lines)?.join('\n') ?? '');
  return `${FIXTURE.replace('/// here', () => statements)}\n${declarations}\n`;
}

/** Snippets as modules, with the preamble's types in scope. */
function withPreamble(snippets: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(snippets).map(([title, code]) => [title, `${PREAMBLE}\n{\n${code}\n}\n`]));
}

/** Compiles snippets in one program, against the sources in `lib/`, and returns what the compiler says of each. */
function compile(snippets: Record<string, string>): Map<string, string[]> {
  const config = ts.getParsedCommandLineOfConfigFile(path.join(__dirname, 'tsconfig.json'), { noUnusedLocals: false }, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => { throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n')); },
  })!;
  // Each in a file of its own.
  const files = new Map(Object.entries(snippets).map(([title, text], index) => [path.join(ROOT, 'test', `snippet-${index}.ts`), { title, text }]));
  const host = ts.createCompilerHost(config.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file)?.text ?? readFile(file);
  host.getSourceFile = (file, ...rest) => files.has(file)
    ? ts.createSourceFile(file, files.get(file)!.text, rest[0])
    : getSourceFile(file, ...rest);
  const program = ts.createProgram([...files.keys()], config.options, host);
  return new Map([...files].map(([file, { title }]) => {
    const source = program.getSourceFile(file)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return [title, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))];
  }));
}
