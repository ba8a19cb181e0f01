import { CUSTOM_CONNECTORS, type CustomConnectorRecord, LABELLED_CUSTOM_CONNECTORS } from '../custom-connectors';
import type { EndPlan, FlowPlan } from '../flow-plan';
import { literalString, quoteAll } from '../values';
import { TASK_TYPE } from '../vocabulary';
import type { Breach, Rule } from './rule';

/** Rules about flows that use connectors which AWS offers as custom connectors. */
export const CUSTOM_CONNECTOR_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'custom-connector-role-not-listed',
    evidence: 'inferred',
    source: 'the page of each connector says whether it is a source or a destination (connectors may have got other roles since)',
    broken: (plan) => [
      ...recordOf(plan.source)?.source === false ? [notKnownAs(recordOf(plan.source)!, 'source')] : [],
      ...recordOf(plan.destination)?.destination.value === false ? [notKnownAs(recordOf(plan.destination)!, 'destination')] : [],
    ],
  },
  {
    code: 'custom-connector-destination-not-listed',
    evidence: 'inferred',
    source: 'the page of each connector lists the destinations that it can be used with',
    broken: (plan) => {
      const record = recordOf(plan.source);
      const destination = plan.destination.connectorType === plan.source.connectorType
        ? recordOf(plan.destination)?.title
        : literalString(plan.destination.connectorType);
      return record?.destinations !== undefined && destination !== undefined && !record.destinations.value.includes(destination)
        ? [{
          at: ['destination', 'connectorType'],
          what: `the connector ${record.title} is not known to have this destination`,
          got: destination,
          allowed: quoteAll(record.destinations.value),
          remedy: 'write to one of these, or acknowledge this if it works for you',
        }]
        : [];
    },
  },
  {
    code: 'sharepoint-catalog-or-partition',
    evidence: 'documented',
    source: LABELLED_CUSTOM_CONNECTORS.microsoftSharePointOnline.page,
    broken: (plan) => {
      const given = [
        ...plan.catalog !== undefined ? ['a catalogue'] : [],
        ...plan.tasks.some(({ taskType }) => taskType === TASK_TYPE.PARTITION) ? ['a partition task'] : [],
      ];
      return recordOf(plan.source) === LABELLED_CUSTOM_CONNECTORS.microsoftSharePointOnline && given.length > 0
        ? [{
          at: plan.catalog !== undefined ? ['catalog'] : ['tasks'],
          what: 'data from Microsoft SharePoint Online is neither catalogued nor partitioned',
          got: given.join(' and '),
          allowed: 'neither',
          remedy: 'leave them out',
        }]
        : [];
    },
  },
];

/** The connector of AWS that a source or destination is for, where its label, or that of its connector profile, is known. */
function recordOf({ connectorLabel, profileConnectorLabel }: EndPlan): CustomConnectorRecord | undefined {
  const label = literalString(connectorLabel ?? profileConnectorLabel);
  return label !== undefined ? CUSTOM_CONNECTORS.find((record) => record.label?.value === label) : undefined;
}

function notKnownAs({ title }: CustomConnectorRecord, role: string): Breach {
  return {
    at: [role, 'connectorType'],
    what: `the connector ${title} is not known to be a ${role}`,
    remedy: 'use another connector, or acknowledge this if it works for you',
  };
}
