import { connectorRecord } from '../connector-records';
import { DEACTIVATION_THRESHOLD, SCHEDULE_EXPRESSION, SCHEDULE_OFFSET_MAX_SECONDS, TIME_ZONE, TIMESTAMP_FIELD } from '../constraints';
import { documented } from '../fact';
import type { FlowPlan } from '../flow-plan';
import { parseRate } from '../schedule-rate';
import { literalNumber, literalString, quote, quoteAll } from '../values';
import { TRIGGER_TYPE } from '../vocabulary';
import { type Rule, violations } from './rule';

const SCHEDULE_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ScheduledTriggerProperties.html';
const TRIGGERS_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html';

/** What the service allows any flow. */
const SERVICE_MINIMUM_MINUTES = documented(1, 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html');

/** Rules about the trigger. */
export const SCHEDULE_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'trigger-not-supported',
    evidence: 'inferred',
    source: TRIGGERS_PAGE,
    broken: (plan) => {
      const triggers = connectorRecord(plan.source.connectorType)?.source?.triggers;
      return triggers !== undefined && literalString(plan.trigger.type) !== undefined && !triggers.value.includes(plan.trigger.type)
        ? [{
          at: ['trigger', 'type'],
          evidence: triggers.evidence,
          source: triggers.source,
          what: `${plan.source.connectorType} as a source does not offer this trigger`,
          got: quote(plan.trigger.type),
          allowed: quoteAll(triggers.value),
          remedy: 'make a flow with one of these triggers',
        }]
        : [];
    },
  },
  {
    code: 'pull-mode-without-schedule',
    evidence: 'documented',
    source: TRIGGERS_PAGE,
    broken: (plan) => literalString(plan.trigger.type) !== undefined && plan.trigger.type !== TRIGGER_TYPE.SCHEDULED
      && (plan.trigger.dataPullMode === 'Incremental' || plan.source.timestampField !== undefined)
      ? [{
        at: plan.trigger.dataPullMode === 'Incremental' ? ['trigger', 'dataPullMode'] : ['source', 'timestampField'],
        what: 'only a scheduled flow can read incrementally',
        got: `an incremental pull with the trigger ${plan.trigger.type}`,
        allowed: TRIGGER_TYPE.SCHEDULED,
        remedy: 'make a ScheduledFlow, or leave the pull mode out',
      }]
      : [],
  },
  {
    code: 'schedule-expression-invalid',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: ({ trigger: { scheduleExpression } }) => violations(
      'expression of the schedule',
      scheduleExpression,
      { ...SCHEDULE_EXPRESSION, minLength: 1, notInCloudFormation: scheduleExpression === '' },
      ['trigger', 'scheduleExpression'],
    ),
  },
  {
    code: 'schedule-rate-spelling',
    evidence: 'observed',
    source: 'AppFlow\'s examples have no blank and a plural unit; other spellings were seen to be refused, and one to be accepted',
    broken: (plan) => {
      const rate = parseRate(plan.trigger.scheduleExpression);
      return rate !== undefined && rate.spelling !== rate.expression
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'AppFlow spells rates without blanks and with a plural unit',
          got: quote(rate.expression),
          allowed: quote(rate.spelling),
          remedy: 'use FlowSchedule.every, or this spelling',
        }]
        : [];
    },
  },
  {
    code: 'schedule-rate-too-high',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html',
    broken: (plan) => {
      const rate = parseRate(plan.trigger.scheduleExpression);
      const minimum = connectorRecord(plan.source.connectorType)?.source?.minimumIntervalMinutes ?? SERVICE_MINIMUM_MINUTES;
      return rate !== undefined && rate.minutes < minimum.value
        ? [{
          at: ['trigger', 'scheduleExpression'],
          evidence: minimum.evidence,
          source: minimum.source,
          what: `AppFlow does not run a flow from ${plan.source.connectorType} that often`,
          got: quote(rate.expression),
          allowed: `an interval of ${minutesInWords(minimum.value)} or more`,
          remedy: 'run less often',
        }]
        : [];
    },
  },
  {
    code: 'schedule-end-before-start',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: ({ trigger }) => {
      const [start, end] = [literalNumber(trigger.scheduleStartTime), literalNumber(trigger.scheduleEndTime)];
      return start !== undefined && end !== undefined && end <= start
        ? [{
          at: ['trigger', 'scheduleEndTime'],
          what: 'the schedule ends before it starts, so that the flow never runs',
          got: `start ${isoTime(start)} and end ${isoTime(end)}`,
          allowed: 'an end after the start',
          remedy: 'move one of them',
        }]
        : [];
    },
  },
  {
    code: 'schedule-start-in-past',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: ({ trigger }) => inPast('scheduleStartTime', 'start', 'AppFlow may refuse to create the flow', literalNumber(trigger.scheduleStartTime)),
  },
  {
    code: 'schedule-end-in-past',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: ({ trigger }) => inPast('scheduleEndTime', 'end', 'the flow does not run', literalNumber(trigger.scheduleEndTime)),
  },
  {
    code: 'schedule-offset-out-of-range',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: ({ trigger }) => {
      const offset = literalNumber(trigger.scheduleOffset);
      return offset !== undefined && (offset < 0 || offset > SCHEDULE_OFFSET_MAX_SECONDS)
        ? [{
          at: ['trigger', 'scheduleOffset'],
          inSchema: true,
          what: 'the offset of the schedule is out of range',
          got: `${offset} seconds`,
          allowed: `0 to ${SCHEDULE_OFFSET_MAX_SECONDS} seconds (10 hours)`,
          remedy: 'give an offset in that range',
        }]
        : [];
    },
  },
  {
    code: 'schedule-option-without-increments',
    evidence: 'inferred',
    source: TRIGGERS_PAGE,
    broken: ({ trigger }) => {
      const options = [
        ...((literalNumber(trigger.scheduleOffset) ?? 0) > 0 ? ['offset'] : []),
        ...(literalNumber(trigger.firstExecutionFrom) !== undefined ? ['firstExecutionFrom'] : []),
      ];
      return trigger.dataPullMode === 'Complete' && options.length > 0
        ? [{
          at: ['trigger', 'dataPullMode'],
          what: 'the schedule has options that move the window of an incremental pull, and the flow pulls all records',
          got: quoteAll(options),
          remedy: 'use DataPull.incremental(), or leave them out',
        }]
        : [];
    },
  },
  {
    code: 'deactivation-threshold-out-of-range',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: ({ trigger }) => {
      const threshold = literalNumber(trigger.flowErrorDeactivationThreshold);
      const { min, max } = DEACTIVATION_THRESHOLD;
      return threshold !== undefined && (threshold < min || threshold > max || !Number.isInteger(threshold))
        ? [{
          at: ['trigger', 'flowErrorDeactivationThreshold'],
          inSchema: true,
          what: 'the deactivation threshold is out of range',
          got: String(threshold),
          allowed: `a whole number of failed runs from ${min} to ${max}`,
          remedy: 'give a number in that range, or leave it out',
        }]
        : [];
    },
  },
  {
    code: 'schedule-text-too-long',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: (plan) => [
      ...violations('time zone', plan.trigger.timezone, TIME_ZONE, ['trigger', 'timezone']),
      ...violations('name of the timestamp field', plan.source.timestampField, TIMESTAMP_FIELD, ['source', 'timestampField']),
    ],
  },
];

function minutesInWords(minutes: number): string {
  const [unit, size] = [['day', 1440] as const, ['hour', 60] as const].find(([, length]) => minutes % length === 0) ?? ['minute', 1];
  return `${minutes / size} ${unit}${minutes === size ? '' : 's'}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function inPast(member: string, title: string, consequence: string, seconds: number | undefined) {
  return seconds !== undefined && seconds * 1000 < Date.now()
    ? [{
      at: ['trigger', member],
      what: `the ${title} of the schedule is in the past, so that ${consequence}`,
      got: isoTime(seconds),
      allowed: 'a time that is still ahead when the flow is deployed',
      remedy: 'move it, or leave it out',
    }]
    : [];
}
