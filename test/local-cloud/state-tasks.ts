import * as appflow from '@aws-sdk/client-appflow';
import type { Identities } from './iam';
import type { Lambda } from './lambda';
import { type Json, operationOf, type State } from './states-language';

export interface Failure {
  readonly Error: string;
  readonly Cause: string;
}

export type Outcome = { readonly result: Json } | { readonly failure: Failure };

/** What the tasks of state machines call: functions, and AppFlow over HTTP, with the permissions of the state machine's role. */
export class StateTasks {
  private readonly clients = new Map<string, appflow.AppflowClient>();

  constructor(
    private readonly lambda: Lambda,
    private readonly identities: Identities,
    private readonly appflowClient: (accessKeyId: string) => appflow.AppflowClient,
  ) {}

  async run(state: State, input: Json, roleArn: string): Promise<Outcome> {
    const operation = operationOf(state);
    return operation === undefined ? this.invoke(state.Resource!, input, roleArn) : this.call(operation, input, roleArn);
  }

  stop(): void {
    this.clients.forEach((client) => client.destroy());
  }

  private async invoke(functionArn: string, input: unknown, roleArn: string): Promise<Outcome> {
    if (!this.identities.allows(roleArn, 'lambda:InvokeFunction', functionArn)) {
      const Cause = `${roleArn} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}`;
      return { failure: { Error: 'Lambda.AccessDeniedException', Cause } };
    }
    try {
      const outcome = await this.lambda.invoke(functionArn, input);
      return 'result' in outcome
        ? { result: outcome.result ?? null }
        : { failure: { Error: outcome.error.name, Cause: JSON.stringify(errorPayload(outcome.error)) } };
    } catch (error) {
      return { failure: { Error: `Lambda.${(error as Error).name}`, Cause: (error as Error).message } };
    }
  }

  /** https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html: names in Pascal case, `Appflow` before those of errors. */
  private async call(operation: string, input: Json, roleArn: string): Promise<Outcome> {
    const Command = (appflow as Json)[`${operation}Command`];
    try {
      const request = new Command(renamed(input, (name) => name[0].toLowerCase() + name.slice(1)));
      const { $metadata: _, ...output } = await this.clientOf(roleArn).send(request) as Json;
      return { result: renamed(output, (name) => name[0].toUpperCase() + name.slice(1)) };
    } catch (error) {
      const { name, message } = error as Error;
      return { failure: { Error: `Appflow.${name.endsWith('Exception') ? name : 'SdkClientException'}`, Cause: message } };
    }
  }

  private clientOf(roleArn: string): appflow.AppflowClient {
    const client = this.clients.get(roleArn) ?? this.appflowClient(this.identities.issueKey(roleArn));
    this.clients.set(roleArn, client);
    return client;
  }
}

/** What Lambda answers, and tells Step Functions, of a function that has failed. */
export function errorPayload({ name, message, trace }: { readonly name: string; readonly message: string; readonly trace?: readonly string[] }) {
  return { errorType: name, errorMessage: message, trace };
}

function renamed(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) {
    return value.map((each) => renamed(each, rename));
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined).map(([name, each]) => [rename(name), renamed(each, rename)]))
    : value;
}
