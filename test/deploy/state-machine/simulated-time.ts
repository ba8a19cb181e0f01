/** What an invocation needs besides time is done in microtasks, so when there are none left, everybody waits. */
const idle = async () => new Promise<void>((resolve) => setImmediate(resolve));

/** Has time pass only while everybody waits, and then at once. */
export function simulateTime(start: Date): void {
  jest.useFakeTimers({ now: start, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] });
}

/** Resolves to what the work comes to, with all the time that it needs. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  let isOver = false;
  const over = () => { isOver = true; };
  work.then(over, over);
  await idle();
  while (!isOver) {
    if (jest.getTimerCount() === 0) {
      throw new Error('the work waits for something that never comes');
    }
    jest.advanceTimersToNextTimer();
    await idle();
  }
  return work;
}

/** Has time pass while nothing is done. */
export function pass(milliseconds: number): void {
  jest.setSystemTime(Date.now() + milliseconds);
}
