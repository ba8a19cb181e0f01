import { TimeLeft } from '../../../lib/custom-resources/handlers/deadline';

/** Time that passes only while somebody waits. */
export class SimulatedTime implements TimeLeft {
  constructor(private milliseconds = 60_000) {}

  public left(): number {
    return this.milliseconds;
  }

  public async pause(milliseconds: number): Promise<void> {
    this.milliseconds -= Math.max(0, Math.min(milliseconds, this.milliseconds));
  }
}
