/** The milliseconds of processor time that work takes at its best: nothing else can make it faster than it is. */
export async function processorTime(work: () => unknown, runs = 3): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return Math.min(...times);
}

/**
 * Whether work that is four times as much takes far more than four times as long, however often it is measured. Twice as long as it should is far from the
 * sixteen times that a comparison of each with each would take.
 */
export async function growsTooFast(work: () => unknown, fourfold: () => unknown): Promise<boolean> {
  // Not the first time, which is slower.
  await work();
  for (const _attempt of [1, 2, 3]) {
    const once = await processorTime(work);
    if (await processorTime(fourfold) < 8 * once) {
      return false;
    }
  }
  return true;
}
