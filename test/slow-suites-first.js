const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites that take long: at the end, where they come in a clone that has not been tested before, one of them would keep a single core at work. */
const SLOW = /\/(deploy|floor|agreement|schema-overlap|[\w-]*(cdk-cli|documentation|examples|plugin|mistakes|types|credentials|configurations|every-connector|nag))[\w-]*[./]/;

class SlowSuitesFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isSlow = ({ path }) => SLOW.test(path);
    return [...sorted.filter(isSlow), ...sorted.filter((test) => !isSlow(test))];
  }
}

module.exports = SlowSuitesFirst;
