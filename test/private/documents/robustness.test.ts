import * as fc from 'fast-check';
import { checkDocument } from '../../../lib/private/documents';
import { MADE_UP, madeUpTemplate, requestOf, templateWith } from '../../documents/made-up-documents';
import { placesIn, replaced } from '../../documents/nodes';
import { INHERITED_NAMES, oddity, unknownValue } from '../../documents/oddities';
import type { Configuration } from '../../real-configurations/material';

const ENVIRONMENT = { account: '111122223333', region: 'us-east-1' };

/** Chooses places for values. */
const choices = <T>(value: fc.Arbitrary<T>, maxLength: number) => fc.array(fc.tuple(fc.nat(), value), { minLength: 1, maxLength });

/** A copy with other values in some of its places. */
function spoiled(document: Configuration, chosen: readonly [number, Configuration][]): Configuration {
  return chosen.reduce((spoilt, [dice, value]) => {
    const places = placesIn(spoilt);
    return replaced(spoilt, places[dice % places.length], value);
  }, document);
}

function codesOf(document: unknown): Set<string> {
  return new Set(checkDocument(document, ENVIRONMENT)!.map(({ code }) => code));
}

/** A structure or list that goes down to a depth. */
function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 'core';
  for (let level = 0; level < depth; level++) {
    value = around(value);
  }
  return value;
}

describe('what AppFlow takes', () => {
  test.each(MADE_UP)('gives no error: $what', ({ type, properties }) => {
    fc.assert(fc.property(properties, (made) => {
      const given = JSON.parse(JSON.stringify(made));
      const errors = (document: unknown) => checkDocument(document, ENVIRONMENT)!.filter(({ severity }) => severity === 'error');
      expect(errors(templateWith(type, given))).toEqual([]);
      expect(errors(requestOf({ type }, given))).toEqual([]);
    }), { numRuns: 10 });
  });
});

describe('the check does not fail', () => {
  const check = (document: unknown) => {
    const findings = checkDocument(document, ENVIRONMENT);
    expect(findings === undefined || Array.isArray(findings)).toBe(true);
  };

  test('whatever the JSON', () => {
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), oddity), (given) => {
      check(given);
      check({ Resources: given });
      check({ Resources: { Resource: given, Other: { Type: 'AWS::AppFlow::Flow', Properties: given } } });
      check({ Resources: { Resource: { Type: 'AWS::AppFlow::ConnectorProfile', Properties: given } } });
      check({ Resources: { Resource: { Type: 'AWS::AppFlow::Connector', Properties: given } } });
      check({ flowName: given, tasks: given });
      check({ connectorProfileName: given, connectorProfileConfig: given });
      check({ connectorProvisioningConfig: given, tags: given });
    }), { numRuns: 100 });
  });

  test.each(MADE_UP)('whatever is in place of any part of $what', ({ type, properties }) => {
    fc.assert(fc.property(properties, choices(oddity, 4), (made, chosen) => {
      const given = JSON.parse(JSON.stringify(made));
      check(spoiled(templateWith(type, given), chosen));
      check(spoiled(requestOf({ type }, given), chosen));
    }), { numRuns: 12 });
  });

  test.each(INHERITED_NAMES)('where %s is the name of a resource, a member or a value', (name) => {
    const named = JSON.parse(`{"Resources":{"${name}":{"Type":"AWS::AppFlow::Flow","Properties":{"${name}":"${name}","Tasks":[{"${name}":"${name}",
      "TaskType":"${name}","ConnectorOperator":{"${name}":"${name}"},"TaskProperties":[{"Key":"${name}","Value":"${name}"}]}],
      "SourceFlowConfig":{"ConnectorType":"${name}","SourceConnectorProperties":{"${name}":{"${name}":"${name}"}},"ConnectorProfileName":{"Ref":"${name}"}},
      "DestinationFlowConfigList":[{"ConnectorType":"Salesforce","DestinationConnectorProperties":{"Salesforce":{"WriteOperationType":"${name}"}}}],
      "TriggerConfig":{"TriggerType":"${name}"}}}}}`);
    check(named);
    expect(codesOf(named)).toContain('appflow-constructs:task-type-unknown');
  });

  test.each([
    ['structures', (inner: unknown) => ({ a: inner })],
    ['lists', (inner: unknown) => [inner]],
    ['functions', (inner: unknown) => ({ 'Fn::Join': ['', [inner]] })],
    ['names', (inner: unknown) => ({ Ref: inner })],
  ])('where %s are in one another, 5,000 deep', (_, around) => {
    fc.assert(fc.property(madeUpTemplate, fc.nat(), (template, dice) => {
      const places = placesIn(template);
      check(replaced(template, places[dice % places.length], nested(5000, around)));
    }), { numRuns: 12 });
  });

  test('where a text is very long', () => {
    const long = fc.constantFrom('x', ' ', '0', '(', ',', 'a.', '/', '${', '"', 'rate(', ' minutes', '{{resolve:').map((part) => part.repeat(200_000 / part.length));
    fc.assert(fc.property(madeUpTemplate, fc.nat(), long, (template, dice, text) => {
      const places = placesIn(template);
      check(replaced(template, places[dice % places.length], text));
    }), { numRuns: 60 });
  });
});

describe('a function of unknown value makes no rule see what it did not see before', () => {
  test.each(MADE_UP)('in $what', ({ type, properties }) => {
    fc.assert(fc.property(properties, choices(unknownValue, 3), (made, chosen) => {
      const given = JSON.parse(JSON.stringify(made));
      expect([...codesOf(templateWith(type, given))]).toEqual(expect.arrayContaining([...codesOf(templateWith(type, spoiled(given, chosen)))]));
    }), { numRuns: 12 });
  });

  test.each(MADE_UP)('in $what that has mistakes', ({ type, properties }) => {
    fc.assert(fc.property(properties, choices(oddity, 2), choices(unknownValue, 3), (made, mistakes, chosen) => {
      const given = spoiled(JSON.parse(JSON.stringify(made)), mistakes);
      expect([...codesOf(templateWith(type, given))]).toEqual(expect.arrayContaining([...codesOf(templateWith(type, spoiled(given, chosen)))]));
    }), { numRuns: 12 });
  });
});
