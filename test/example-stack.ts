import { readdirSync } from 'fs';
import { join, parse } from 'path';
import { ConnectorProfile, type Flow } from 'appflow-constructs';
import type { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type ConnectorExample, Parts } from './connector-example';

const DIRECTORY = join(__dirname, 'connector-examples');

/** The examples of all connectors by the name of their file. They are loaded by their paths, so that no list of files has to be kept. */
export const EXAMPLES: Readonly<Record<string, ConnectorExample>> = Object.fromEntries(readdirSync(DIRECTORY).sort()
  .map((file) => [parse(file).name, jest.requireActual<{ example: ConnectorExample }>(join(DIRECTORY, file)).example]));

/** Puts all connector profiles and flows of an example into a stack, and returns the flows. */
export function defineExample(stack: Stack, { connections = {}, profileProps, flows = {} }: ConnectorExample): Flow[] {
  for (const [name, connection] of Object.entries(connections)) {
    const scope = new Construct(stack, name);
    new ConnectorProfile(scope, 'Profile', { ...profileProps, connection: connection(scope) });
  }
  return Object.entries(flows).map(([name, flow]) => flow(new Parts(stack, name)));
}
