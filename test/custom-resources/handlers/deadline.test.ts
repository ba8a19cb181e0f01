import { Deadline, fullJitter } from '../../../lib/custom-resources/handlers/deadline';

describe('a deadline', () => {
  test.each([[60_000, 50_000], [2_000, 1_500]])('of a function with %i ms leaves %i ms for work', (remaining, work) => {
    const deadline = new Deadline(remaining);
    expect(deadline.left()).toBeGreaterThan(work - 100);
    expect(deadline.left()).toBeLessThanOrEqual(work);
    expect(deadline.leftToNotice()).toBeGreaterThan(deadline.left());
    expect(deadline.leftToAnswer()).toBeGreaterThan(deadline.leftToNotice());
    expect(deadline.leftToAnswer()).toBeLessThan(remaining);
    deadline.dispose();
  });

  test('ends pauses and gives a signal', async () => {
    const deadline = new Deadline(200);
    await deadline.pause(60_000);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.left()).toBeLessThanOrEqual(0);
    deadline.dispose();
  });
});

test('full jitter stays under a bound that doubles up to a cap', () => {
  const longest = (attempt: number) => Math.max(...Array.from({ length: 500 }, () => fullJitter(attempt, 100, 1_000)));
  expect(longest(0)).toBeLessThan(100);
  expect(longest(2)).toBeLessThan(400);
  expect(longest(2)).toBeGreaterThan(200);
  expect(longest(2_000)).toBeLessThan(1_000);
});
