import { everyRule } from '../lib/private/rules/every-rule';

/** The rules of the library, those that connectors add among them. */
export const EVERY_RULE = everyRule();
