import type { Properties } from './cloudformation';
import { CustomResourceError, ErrorCode } from './errors';
import { requiredChoice, requiredText } from './properties';

const DAY = 86_400;

/** How many seconds the units of a rate last that always last as long. */
const SECONDS: ReadonlyMap<string, number> = new Map([['minute', 60], ['hour', 3600], ['day', DAY], ['week', 7 * DAY]]);

/** When a schedule is to start, as it is declared. */
export class ScheduleStart {
  /** @param properties `At`, `ScheduleExpression`, `MarginSeconds`, and where they apply `TimeOfDay`, `PhaseSeconds` and `EndTime`, all in seconds */
  constructor(private readonly flowName: string, private readonly properties: Properties) {}

  /** The first start that lies ahead far enough and is aligned as declared, in epoch seconds. */
  public next(now: number): number {
    const earliest = this.earliest(now);
    const isPeriod = requiredChoice(this.properties, 'At', ['NextPeriod', 'NextTimeOfDay']) === 'NextPeriod';
    const [period, alignment] = isPeriod ? [this.period(), 0] : [DAY, Number(this.properties.TimeOfDay)];
    const offset = alignment + Number(this.properties.PhaseSeconds ?? 0);
    return this.beforeEnd(Math.ceil((earliest - offset) / period) * period + offset);
  }

  /** Whether a start still lies ahead far enough for a flow that is to be created. */
  public isAhead(start: number, now: number): boolean {
    return start >= this.earliest(now);
  }

  /** The start, unless the schedule has ended by then. */
  public beforeEnd(start: number): number {
    const { EndTime } = this.properties;
    if (EndTime !== undefined && start >= Number(EndTime)) {
      throw new CustomResourceError(ErrorCode.START_AFTER_END,
        `the schedule of flow '${this.flowName}' would not start before it ends: the start is ${isoTime(start)}, the end ${isoTime(Number(EndTime))}; `
        + 'move the endTime of the schedule or leave it out, shorten the margin of the start, or take the flow out of the stack, and deploy again');
    }
    return start;
  }

  private earliest(now: number): number {
    return Math.ceil(now) + Number(this.properties.MarginSeconds);
  }

  private period(): number {
    const expression = requiredText(this.properties, 'ScheduleExpression');
    const [, count, unit = ''] = /^rate\(\s*(\d+)\s*([a-z]+?)s?\s*\)$/i.exec(expression) ?? [];
    const seconds = Number(count) * (SECONDS.get(unit.toLowerCase()) ?? 0);
    if (!(seconds > 0)) {
      throw new CustomResourceError(ErrorCode.SCHEDULE_WITHOUT_PERIOD,
        `the schedule of flow '${this.flowName}' is to start at its next full period and has none that is fixed: got '${expression}', `
        + 'allowed a rate in minutes, hours, days or weeks, such as rate(5minutes); give such a rate, or start with ScheduleTime.nextUtc, and deploy again');
    }
    return seconds;
  }
}

function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
