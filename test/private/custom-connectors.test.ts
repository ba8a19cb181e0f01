import { CONNECTOR_TYPES } from '../../lib/private/connector-records';
import { CUSTOM_CONNECTORS } from '../../lib/private/custom-connectors';

const TITLES = CUSTOM_CONNECTORS.map(({ title }) => title);

test('each connector is there once, under its own label', () => {
  expect(TITLES).toHaveLength(57);
  const labels = CUSTOM_CONNECTORS.flatMap(({ label }) => label?.value ?? []);
  for (const names of [TITLES, labels, CUSTOM_CONNECTORS.map(({ page }) => page)]) {
    expect(new Set(names).size).toEqual(names.length);
  }
});

test('destinations are connector types, or destinations of the list', () => {
  const known = [...CONNECTOR_TYPES, ...CUSTOM_CONNECTORS.filter(({ destination }) => destination.value).map(({ title }) => title)];
  expect(CUSTOM_CONNECTORS.flatMap(({ destinations }) => destinations?.value ?? []).filter((name) => !known.includes(name))).toEqual([]);
});
