import { describeProblem, type Problem } from '../private/errors';

/** An input that cannot be read, or is nothing that can be checked. */
export class UnreadableInput extends Error {
  constructor(public readonly file: string, problem: Problem) {
    super(describeProblem(problem));
    this.name = 'UnreadableInput';
  }
}
