import { CfnParameter, Fn, Lazy, type Stack, Token } from 'aws-cdk-lib';

/**
 * A mistake that users make, as they would write it. One file a mistake in `mistakes/`, named after the code that the user sees.
 */
export interface Mistake {
  /** Where the fact is from that is contradicted, where no rule says that. */
  readonly source?: string;

  /** The mistake, and nothing else that the library reports. */
  wrong(stack: Stack): void;

  /** The nearest thing that is right. */
  right(stack: Stack): void;

  /** The same with a token in every place that the rule looks at: it cannot know, so it says nothing. */
  withTokens(stack: Stack, tokens: Tokens): void;
}

/** A mistake that the constructs leave no way to make: one in a template, or in a request of AppFlow's API. */
export interface DocumentMistake {
  readonly kind: 'document';

  /** The mistake, and nothing else that is reported. */
  readonly wrong: object;

  /** The nearest thing that is right. */
  readonly right: object;

  /** The same with an intrinsic function in every place that the rule looks at. */
  readonly withTokens: object;
}

/** Values that are known only at deploy time, or only when the template is written. Each call gives another one. */
export interface Tokens {
  text(): string;
  number(): number;
  list(): string[];
}

/** The kinds of tokens that users have. */
export const TOKENS: readonly { kind: string; of(stack: Stack): Tokens }[] = [
  {
    kind: 'parameters',
    of: (stack) => {
      const parameter = (type: string) => new CfnParameter(stack, `Parameter${stack.node.children.length}`, { type });
      return {
        text: () => parameter('String').valueAsString,
        number: () => parameter('Number').valueAsNumber,
        list: () => parameter('CommaDelimitedList').valueAsList,
      };
    },
  },
  {
    kind: 'intrinsic functions',
    of: () => ({
      text: () => Fn.importValue('text'),
      number: () => Token.asNumber(Fn.importValue('number')),
      list: () => Fn.split('|', Fn.importValue('list')),
    }),
  },
  {
    kind: 'lazy values',
    of: () => ({
      text: () => Lazy.string({ produce: () => 'text' }),
      number: () => Lazy.number({ produce: () => 1 }),
      list: () => Lazy.list({ produce: () => ['text', 'another'] }),
    }),
  },
];
