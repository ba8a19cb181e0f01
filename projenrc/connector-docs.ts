import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { anchor, table } from './markdown';
import * as library from '../lib';
import type { ConnectorRecord } from '../lib/private/connector-record';
import { CONNECTOR_TYPES, connectorRecord } from '../lib/private/connector-records';
import { CUSTOM_CONNECTORS, type CustomConnectorRecord, LABELLED_CUSTOM_CONNECTORS } from '../lib/private/custom-connectors';
import type { Fact } from '../lib/private/fact';
import { CONTAINS, FILTER_OPERATORS } from '../lib/private/vocabulary';

/**
 * Writes what the records know of connectors down for people: docs/connectors.md, and the table of the README.
 */
const ROOT = resolve(__dirname, '..');
const DOCS = 'docs/connectors.md';
const START = '<!-- connectors:start -->';
const END = '<!-- connectors:end -->';

const ROLES = ['Source', 'Destination', 'Connection'] as const;
type Role = (typeof ROLES)[number];

/** What each trigger is called where it is not quoted from the API. */
const TRIGGERS: Readonly<Record<string, string>> = { OnDemand: 'on demand', Scheduled: 'schedule', Event: 'event' };

/** The connectors by their titles, each with the words in which its classes call it. */
const CONNECTORS: readonly { record: ConnectorRecord; words: string }[] = CONNECTOR_TYPES
  .map((type) => ({ record: connectorRecord(type)!, words: wordsOf(type) }))
  .sort((one, other) => one.record.title.localeCompare(other.record.title, 'en'));

const LABELLED: readonly { record: CustomConnectorRecord; words: string }[] = Object.entries(LABELLED_CUSTOM_CONNECTORS)
  .map(([words, record]) => ({ record, words }));

/** The whole of docs/connectors.md. */
export function connectorDocs(): string {
  const unlabelled = CUSTOM_CONNECTORS.filter((record) => record.label === undefined);
  const others = table(['Application', 'Source', 'Destination', 'Ways to sign in', 'Asks also for', 'API versions'], unlabelled.map((record) => [
    `[${record.title}](${record.page})`,
    yesOrNo(record.source),
    `${yesOrNo(record.destination.value)} (${record.destination.evidence})`,
    record.authentication.join('; '),
    [...record.parameters ?? [], ...record.tokenUrls ?? []].join('; '),
    (record.apiVersions ?? []).join(', '),
  ]));
  return `# Connectors

What the library knows of each connector, and how sure it is. What is *documented* stops a deployment that contradicts it, what was *observed* or is
*inferred* earns a warning, and what is unknown is left to Amazon AppFlow. This page is written by \`npm run docs:connectors\`, from the same records that the
checks use.

${[...CONNECTORS.map(({ record }) => record.title), 'Custom connectors'].map((title) => `- [${title}](#${anchor(title)})`).join('\n')}

${CONNECTORS.map(({ record, words }) => section(record, words)).join('\n')}
## Custom connectors

Connectors that AWS, or you, have registered under a label. The first ones below have classes of their own. The others are reached with the classes
${classesOf('CustomConnector').join(', ')} and \`ConnectorType.custom\` with their label, which AppFlow's ListConnectors shows where a connector is available.

${LABELLED.map(({ record, words }) => customSection(record, words)).join('\n')}
### Others that AWS offers

Their labels were not found in any public place: look for yours with \`aws appflow list-connectors\`. Which of them are destinations is documented on their pages,
or inferred: those pages that were read are alike.

${others}`;
}

/** A README with the tables of connectors between its markers. */
export function withConnectorTables(readme: string): string {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) {
    throw new Error(`the README has no ${START} with ${END} after it`);
  }
  return `${readme.slice(0, start + START.length)}\n${tables()}${readme.slice(end)}`;
}

function tables(): string {
  const builtIn = table(['Application', 'Source', 'Destination', 'Connector profile', 'Triggers', 'Filters'], CONNECTORS.map(({ record, words }) => [
    `[${record.title}](${DOCS}#${anchor(record.title)})${record.discontinued !== undefined ? ' (discontinued)' : ''}`,
    ...ROLES.map((role) => classOf(words, role) ?? ''),
    record.source?.triggers.value.map((trigger) => TRIGGERS[trigger]).join(', ') ?? '',
    record.source !== undefined ? filters(record.source.operators) : '',
  ]));
  const custom = table(['Custom connector', 'Source', 'Destination', 'Connector profile'], LABELLED.map(({ record, words }) => [
    `[${record.title}](${DOCS}#${anchor(record.title)})`,
    ...ROLES.map((role) => classOf(words, role) ?? ''),
  ]));
  return `${builtIn}\n${custom}`;
}

function section(record: ConnectorRecord, words: string): string {
  const { profile, source, destination } = record;
  const rows = facts({
    'Classes': classesOf(words).join(', '),
    'Ways to sign in': profile !== undefined ? profile.authentication.join('; ') : 'no connector profile is needed',
    'AWS PrivateLink': profile?.privateLink !== undefined
      ? [told(profile.privateLink.supported, yesOrNo), ...profile.privateLink.regions !== undefined ? [told(profile.privateLink.regions, list)] : []].join('; in ')
      : undefined,
    'Triggers': source && told(source.triggers, (triggers) => list(triggers.map((trigger) => TRIGGERS[trigger]))),
    'Shortest interval': source && told(source.minimumIntervalMinutes, interval),
    'Filter operators': source && list(source.operators.filter(isFilter)),
    'Destinations of its records': source && told(source.destinations, (types) => list(types.map(titleOf))),
    'A flow without projection': source && told(source.refusesMissingProjection, (refused) => refused ? 'refused' : 'taken'),
    'Write operations': destination?.writeOperations && Object.entries(destination.writeOperations).map(([name, { supported, needsIdFields }]) =>
      `${name}${supported !== undefined ? `: ${told(supported, yesOrNo)}` : ''}${needsIdFields?.value ? `, with id fields (${evidence(needsIdFields)})` : ''}`).join('; '),
    'Takes flows': destination?.triggers && told(destination.triggers, (triggers) => list(triggers.map((trigger) => TRIGGERS[trigger]))),
    'Records that it refuses': destination && (destination.errorHandling ? 'can be written to a bucket' : undefined),
    'Made by': maker(record),
  });
  const ended = record.discontinued !== undefined ? ` **${sentence(told(record.discontinued, String))}**` : '';
  const limits = record.limits?.map(({ text, source: from }) => `${text} (${cite(from)})`);
  return `## ${record.title}\n\n[User guide](${record.page}).${ended}\n\n${rows}${bullets(limits)}`;
}

function customSection(record: CustomConnectorRecord, words: string): string {
  const rows = facts({
    'Classes': classesOf(words).join(', '),
    'Label': record.label && told(record.label, (label) => `\`${label}\``),
    'Destination': told(record.destination, yesOrNo),
    'Ways to sign in': record.authentication.join('; '),
    'Asks also for': record.parameters?.join('; '),
    'Token URLs': record.tokenUrls?.join(', '),
    'API versions': record.apiVersions?.join(', '),
    'Destinations of its records': record.destinations && told(record.destinations, (types) => list(types.map(titleOf))),
  });
  return `### ${record.title}\n\n[User guide](${record.page}).\n\n${rows}${bullets(record.limits)}`;
}

/** Whether CloudFormation makes a connector's profiles and flows, or the library through the API. */
function maker({ profile, source, destination }: ConnectorRecord): string {
  const byApi = [
    ...profile?.inCloudFormation === false ? ['connector profiles'] : [],
    ...destination?.inCloudFormation === false ? ['flows to it'] : [],
    ...source?.operatorsNotInCloudFormation !== undefined ? [`flows that filter with ${list(source.operatorsNotInCloudFormation)}`] : [],
  ];
  return byApi.length > 0 ? `CloudFormation, but for ${byApi.join(' and ')}: these the library's custom resource makes through the AppFlow API` : 'CloudFormation';
}

/** A fact with how sure it is, and where it is from. */
function told<T>(fact: Fact<T>, words: (value: T) => string): string {
  return `${words(fact.value)} (${evidence(fact)})`;
}

function evidence(fact: Fact<unknown>): string {
  return fact.source.startsWith('https://') ? `[${fact.evidence}](${fact.source})` : `${fact.evidence}: ${fact.source}`;
}

function cite(source: string): string {
  return source.startsWith('https://') ? `[source](${source})` : source;
}

function filters(operators: readonly string[]): string {
  const all = [...FILTER_OPERATORS, CONTAINS];
  const lacking = all.filter((operator) => !operators.includes(operator));
  if (lacking.length === 0) {
    return 'all';
  }
  return lacking.length <= 2 ? `all but ${list(lacking.map(inWords))}` : list(operators.filter(isFilter).map(inWords));
}

function isFilter(operator: string): boolean {
  return [...FILTER_OPERATORS, CONTAINS].some((filter) => filter === operator);
}

function inWords(operator: string): string {
  return `"${operator.toLowerCase().replaceAll('_', ' ')}"`;
}

function interval(minutes: number): string {
  const [count, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function list(values: readonly string[]): string {
  return values.length > 0 ? values.join(', ') : 'none';
}

function titleOf(type: string): string {
  return connectorRecord(type)?.title ?? type;
}

/** The words of the constant in `ConnectorType`, of which the names of classes are made. */
function wordsOf(type: string): string {
  const [constant] = Object.entries(library.ConnectorType).find(([, value]) => value instanceof library.ConnectorType && value.name === type)!;
  return constant.replaceAll('_', '');
}

function classOf(words: string, role: Role): string | undefined {
  const name = Object.keys(library).find((exported) => exported.toLowerCase() === `${words}${role}`.toLowerCase());
  return name !== undefined ? `\`${name}\`` : undefined;
}

function classesOf(words: string): string[] {
  return ROLES.map((role) => classOf(words, role)).filter((name) => name !== undefined);
}

function facts(rows: Readonly<Record<string, string | undefined>>): string {
  return table(['', ''], Object.entries(rows).filter(([, value]) => value).map(([name, value]) => [name, value!]));
}

function bullets(limits: readonly string[] = []): string {
  return limits.length > 0 ? `\nLimits:\n\n${limits.map((limit) => `- ${limit}\n`).join('')}` : '';
}

function sentence(text: string): string {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

if (require.main === module) {
  const write = (file: string, text: string) => writeFileSync(join(ROOT, file), text);
  mkdirSync(dirname(join(ROOT, DOCS)), { recursive: true });
  write(DOCS, connectorDocs());
  write('README.md', withConnectorTables(readFileSync(join(ROOT, 'README.md'), 'utf8')));
}
