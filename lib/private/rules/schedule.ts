import { connectorRecord } from '../connector-records';
import { DEACTIVATION_THRESHOLD, SCHEDULE_EXPRESSION, SCHEDULE_OFFSET_MAX_SECONDS, TIME_ZONE, TIMESTAMP_FIELD } from '../constraints';
import { documented, type Fact } from '../fact';
import type { FlowPlan, TriggerPlan } from '../flow-plan';
import { parseRate, probableRate, type Rate } from '../schedule-rate';
import { literalNumber, literalString, quote, quoteAll } from '../values';
import { DATA_PULL_MODE, TRIGGER_TYPE } from '../vocabulary';
import { type Breach, type Rule, violations } from './rule';

const TRIGGER_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_TriggerConfig.html';
const SCHEDULE_API = 'https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ScheduledTriggerProperties.html';
const TRIGGERS_PAGE = 'https://docs.aws.amazon.com/appflow/latest/userguide/flow-triggers.html';

/** What the service allows any flow. */
const SERVICE_MINIMUM_MINUTES = documented(1, 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html');

const TRIGGER_TYPES = Object.values<string>(TRIGGER_TYPE);
const DATA_PULL_MODES = Object.values<string>(DATA_PULL_MODE);

/** The members that have a meaning for a scheduled flow alone. */
const SCHEDULE_MEMBERS = [
  'scheduleExpression', 'dataPullMode', 'scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom', 'timezone', 'scheduleOffset',
  'flowErrorDeactivationThreshold',
] as const;

/** Epoch seconds above this are far in the future, and epoch milliseconds are always above it: 3 March 5138. */
const LAST_SECOND = 100_000_000_000;

const CRON_FIELDS = 6;
const DAY_IN_MINUTES = 1440;

/** Rules about the trigger. */
export const SCHEDULE_RULES: readonly Rule<FlowPlan>[] = [
  {
    code: 'trigger-type-unknown',
    evidence: 'documented',
    source: TRIGGER_API,
    broken: ({ trigger }) => violations('trigger type', trigger.type, { values: TRIGGER_TYPES }, ['trigger', 'type']),
  },
  {
    code: 'data-pull-mode-unknown',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: ({ trigger }) => violations('data pull mode', trigger.dataPullMode, { values: DATA_PULL_MODES }, ['trigger', 'dataPullMode']),
  },
  {
    code: 'schedule-missing',
    evidence: 'documented',
    source: 'the service answers: TriggerProps is required for Scheduled Trigger Type',
    broken: ({ trigger }) => trigger.type === TRIGGER_TYPE.SCHEDULED && trigger.scheduleExpression === undefined
      ? [{
        at: ['trigger', 'scheduleExpression'],
        inSchema: givenScheduleMembers(trigger).length > 0,
        what: 'the flow runs on a schedule, and has none',
        got: 'no schedule expression',
        allowed: 'a schedule expression, such as rate(1hours)',
        remedy: 'say when it runs, or make the trigger OnDemand',
      }]
      : [],
  },
  {
    code: 'trigger-not-supported',
    evidence: 'inferred',
    source: TRIGGERS_PAGE,
    broken: (plan) => {
      const triggers = connectorRecord(plan.source.connectorType)?.source?.triggers;
      return triggers !== undefined && TRIGGER_TYPES.includes(plan.trigger.type) && !triggers.value.includes(plan.trigger.type)
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
    evidence: 'inferred',
    source: `${TRIGGERS_PAGE} offers incremental transfer for scheduled flows alone; that it is not refused is inferred`,
    broken: (plan) => isUnscheduled(plan) && readsIncrementally(plan)
      ? [{
        at: plan.trigger.dataPullMode === DATA_PULL_MODE.INCREMENTAL ? ['trigger', 'dataPullMode'] : ['source', 'timestampField'],
        what: 'only a scheduled flow can read incrementally',
        got: `an incremental pull with the trigger ${plan.trigger.type}`,
        allowed: TRIGGER_TYPE.SCHEDULED,
        remedy: 'make a ScheduledFlow, or leave the pull mode out',
      }]
      : [],
  },
  {
    code: 'schedule-without-scheduled-trigger',
    evidence: 'inferred',
    source: `${TRIGGER_API} says that these settings apply to the trigger Scheduled alone`,
    broken: (plan) => {
      const given = givenScheduleMembers(plan.trigger);
      return isUnscheduled(plan) && !readsIncrementally(plan) && !mayReadIncrementally(plan) && given.length > 0
        ? [{
          at: ['trigger', given[0]],
          what: 'the flow has settings of a schedule, and AppFlow does not run it on one',
          got: `${quoteAll(given)} with the trigger ${plan.trigger.type}`,
          allowed: `them with the trigger ${TRIGGER_TYPE.SCHEDULED}`,
          remedy: 'make a ScheduledFlow, or leave them out',
        }]
        : [];
    },
  },
  {
    code: 'schedule-expression-invalid',
    evidence: 'documented',
    source: SCHEDULE_API,
    broken: ({ trigger: { scheduleExpression } }) => violations(
      'expression of the schedule',
      scheduleExpression,
      { ...SCHEDULE_EXPRESSION, minLength: 1 },
      ['trigger', 'scheduleExpression'],
    ),
  },
  {
    code: 'schedule-expression-unknown',
    evidence: 'inferred',
    source: `${SCHEDULE_API} and working flows have rate(…) and cron(…) alone`,
    broken: onSchedule((plan) => {
      const text = literalString(plan.trigger.scheduleExpression) ?? '';
      const meant = probableRate(text) ?? (text.trim().split(/\s+/).length === CRON_FIELDS ? `cron(${text})` : undefined);
      return text !== '' && text.length <= SCHEDULE_EXPRESSION.maxLength && !/^(rate|cron|at)\(.*\)$/is.test(text)
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'the expression of the schedule is none that AppFlow is known to take',
          got: quote(text),
          allowed: 'rate(…), such as rate(5minutes), or cron(…) with six fields, such as cron(0 7 ? * TUE *)',
          remedy: meant !== undefined ? `did you mean ${quote(meant)}?` : 'use FlowSchedule.every, FlowSchedule.cron, or such an expression',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-rate-unknown',
    evidence: 'inferred',
    source: 'working flows have whole minutes, hours or days, and DescribeConnector knows no schedule finer than BYMINUTE',
    broken: onSchedule((plan) => {
      const text = literalString(plan.trigger.scheduleExpression) ?? '';
      const rate = parseRate(text);
      const isUnknown = rate === undefined ? /^rate\(.*\)$/is.test(text) : rate.isFine && rate.minutes >= SERVICE_MINIMUM_MINUTES.value;
      const meant = probableRate(text);
      return isUnknown
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'the rate of the schedule is none that AppFlow is known to take',
          got: quote(text),
          allowed: 'a whole number of minutes, hours, days, weeks or months, such as rate(5minutes)',
          remedy: meant !== undefined ? `did you mean ${quote(meant)}?` : 'use FlowSchedule.every with a Duration in minutes, or such a rate',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-cron-fields',
    evidence: 'inferred',
    source: 'all cron expressions that AppFlow was seen to take have six fields',
    broken: onSchedule((plan) => {
      const [, cron] = /^cron\((.*)\)$/is.exec(literalString(plan.trigger.scheduleExpression) ?? '') ?? [];
      const count = cron?.split(/\s+/).filter((field) => field !== '').length;
      return count !== undefined && count !== CRON_FIELDS
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'the cron expression of the schedule does not have six fields',
          got: `${count} in ${quote(plan.trigger.scheduleExpression)}`,
          allowed: `${CRON_FIELDS}: minutes, hours, day of the month, month, day of the week and year`,
          remedy: 'use FlowSchedule.cron, or give six, such as cron(0 7 ? * TUE *)',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-rate-spelling',
    evidence: 'observed',
    source: 'AppFlow\'s examples have no blank and a plural unit; other spellings were seen to be refused, and one to be accepted',
    broken: onSchedule((plan) => {
      const rate = parseRate(plan.trigger.scheduleExpression);
      return rate !== undefined && !rate.isFine && rate.spelling !== rate.expression
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'AppFlow spells rates without blanks and with a plural unit',
          got: quote(rate.expression),
          allowed: quote(rate.spelling),
          remedy: 'use FlowSchedule.every, or this spelling',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-rate-too-high',
    evidence: 'documented',
    source: 'https://docs.aws.amazon.com/appflow/latest/userguide/service-quotas.html',
    broken: onSchedule((plan) => {
      const rate = parseRate(plan.trigger.scheduleExpression);
      const minimum = rate !== undefined ? tooHigh(plan, rate) : undefined;
      return minimum !== undefined
        ? [{
          at: ['trigger', 'scheduleExpression'],
          evidence: minimum.evidence,
          source: minimum.source,
          what: `AppFlow does not run a flow from ${plan.source.connectorType} that often`,
          got: quote(rate!.expression),
          allowed: `an interval of ${minutesInWords(minimum.value)} or more`,
          remedy: 'run less often',
        }]
        : [];
    }),
  },
  {
    code: 'full-transfer-too-often',
    evidence: 'inferred',
    source: 'AppFlow\'s console offers no full transfer for schedules that are more frequent, and https://docs.aws.amazon.com/appflow/latest/userguide/sapodata.html says so',
    broken: onSchedule((plan) => {
      const rate = parseRate(plan.trigger.scheduleExpression);
      // SAP OData has a rule of its own.
      const isOfAnother = literalString(plan.source.connectorType) !== undefined && plan.source.connectorType !== 'SAPOData';
      return isOfAnother && plan.trigger.dataPullMode === DATA_PULL_MODE.COMPLETE && rate !== undefined
        && rate.minutes < DAY_IN_MINUTES && tooHigh(plan, rate) === undefined
        ? [{
          at: ['trigger', 'scheduleExpression'],
          what: 'the console of AppFlow lets a schedule transfer all records once a day at most',
          got: quote(rate.expression),
          allowed: 'an interval of 1 day or more',
          remedy: 'run less often, or pull incrementally',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-time-in-milliseconds',
    evidence: 'inferred',
    source: `${SCHEDULE_API} (the times are timestamps, which CloudFormation and the API take in seconds)`,
    broken: onSchedule(({ trigger }) => ([['scheduleStartTime', 'start'], ['scheduleEndTime', 'end'], ['firstExecutionFrom', 'first execution']] as const)
      .filter(([member]) => (literalNumber(trigger[member]) ?? 0) > LAST_SECOND)
      .map(([member, title]) => ({
        at: ['trigger', member],
        what: `the ${title} of the schedule is thousands of years ahead, as milliseconds in place of seconds are`,
        got: String(trigger[member]),
        allowed: 'seconds since 1 January 1970',
        remedy: 'divide by 1000, or use ScheduleTime.at',
      }))),
  },
  {
    code: 'schedule-end-before-start',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: onSchedule(({ trigger }) => {
      const [start, end] = [literalTime(trigger.scheduleStartTime), literalTime(trigger.scheduleEndTime)];
      return start !== undefined && end !== undefined && end <= start
        ? [{
          at: ['trigger', 'scheduleEndTime'],
          what: 'the schedule ends before it starts, so that the flow never runs',
          got: `start ${isoTime(start)} and end ${isoTime(end)}`,
          allowed: 'an end after the start',
          remedy: 'move one of them',
        }]
        : [];
    }),
  },
  {
    code: 'schedule-start-in-past',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: onSchedule(({ trigger }) => inPast('scheduleStartTime', literalTime(trigger.scheduleStartTime), {
      // Whether the flow is to run does not matter, since it is its creation that may be refused.
      what: 'the start of the schedule is in the past, so that AppFlow may refuse to create the flow',
      remedy: 'leave it out, or use ScheduleTime.nextPeriod() or ScheduleTime.nextUtc(), which are worked out on deployment',
    })),
  },
  {
    code: 'schedule-end-in-past',
    evidence: 'inferred',
    source: SCHEDULE_API,
    broken: onSchedule(({ trigger }) => inPast('scheduleEndTime', literalTime(trigger.scheduleEndTime), {
      what: 'the end of the schedule is in the past, so that the flow does not run',
      remedy: 'move it, or leave it out',
    })),
  },
  {
    code: 'first-execution-from-future',
    evidence: 'inferred',
    source: TRIGGERS_PAGE,
    broken: onSchedule(({ trigger }) => {
      const from = literalTime(trigger.firstExecutionFrom);
      const isStartKnown = trigger.scheduleStartTime === undefined || literalTime(trigger.scheduleStartTime) !== undefined;
      const start = Math.max(literalTime(trigger.scheduleStartTime) ?? 0, Date.now() / 1000);
      return from !== undefined && isStartKnown && from > start && (trigger.dataPullMode ?? DATA_PULL_MODE.INCREMENTAL) === DATA_PULL_MODE.INCREMENTAL
        ? [{
          at: ['trigger', 'firstExecutionFrom'],
          what: 'the first run is to read records from a time on that is after it',
          got: isoTime(from),
          allowed: `a time before ${trigger.scheduleStartTime !== undefined ? isoTime(start) : 'the first run'}`,
          remedy: 'give an earlier time, or leave it out to read the last 30 days',
        }]
        : [];
    }),
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
    broken: onSchedule(({ trigger }) => {
      const options = [
        ...((literalNumber(trigger.scheduleOffset) ?? 0) > 0 ? ['offset'] : []),
        ...(literalNumber(trigger.firstExecutionFrom) !== undefined ? ['firstExecutionFrom'] : []),
      ];
      return trigger.dataPullMode === DATA_PULL_MODE.COMPLETE && options.length > 0
        ? [{
          at: ['trigger', 'dataPullMode'],
          what: 'the schedule has options that move the window of an incremental pull, and the flow pulls all records',
          got: quoteAll(options),
          remedy: 'use DataPull.incremental(), or leave them out',
        }]
        : [];
    }),
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

/** Looks at the schedule of a flow that has one; what stands in its place elsewhere is for rules about the trigger. */
function onSchedule(broken: (plan: FlowPlan) => Breach[]): (plan: FlowPlan) => Breach[] {
  return (plan) => literalString(plan.trigger.type) === undefined || isUnscheduled(plan) ? [] : broken(plan);
}

/** Whether the flow surely has no schedule. */
function isUnscheduled({ trigger: { type } }: FlowPlan): boolean {
  return type === TRIGGER_TYPE.ON_DEMAND || type === TRIGGER_TYPE.EVENT;
}

function readsIncrementally({ trigger, source }: FlowPlan): boolean {
  return trigger.dataPullMode === DATA_PULL_MODE.INCREMENTAL || literalString(source.timestampField) !== undefined;
}

/** Whether the flow may turn out to read incrementally once more is known. */
function mayReadIncrementally({ trigger: { dataPullMode }, source: { timestampField } }: FlowPlan): boolean {
  return [dataPullMode, timestampField].some((value) => value !== undefined && literalString(value) === undefined);
}

/** The settings of a schedule that are there, whatever their values: one that is known only at deploy time may be left out then. */
function givenScheduleMembers(trigger: TriggerPlan): string[] {
  return SCHEDULE_MEMBERS.filter((member) => literalString(trigger[member]) !== undefined || literalNumber(trigger[member]) !== undefined);
}

/** The shortest interval that AppFlow allows, where a rate is below it. */
function tooHigh(plan: FlowPlan, rate: Rate): Fact<number> | undefined {
  const minimum = connectorRecord(plan.source.connectorType)?.source?.minimumIntervalMinutes ?? SERVICE_MINIMUM_MINUTES;
  return rate.minutes < minimum.value ? minimum : undefined;
}

/** A time that is known and is in seconds. */
function literalTime(value: unknown): number | undefined {
  const seconds = literalNumber(value);
  return seconds !== undefined && Math.abs(seconds) <= LAST_SECOND ? seconds : undefined;
}

function minutesInWords(minutes: number): string {
  const [unit, size] = [['day', 1440] as const, ['hour', 60] as const].find(([, length]) => minutes % length === 0) ?? ['minute', 1];
  return `${minutes / size} ${unit}${minutes === size ? '' : 's'}`;
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function inPast(member: string, seconds: number | undefined, { what, remedy }: Pick<Breach, 'what' | 'remedy'>): Breach[] {
  return seconds !== undefined && seconds * 1000 < Date.now()
    ? [{ at: ['trigger', member], what, got: isoTime(seconds), allowed: 'a time that is still ahead when the flow is deployed', remedy }]
    : [];
}
