import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { InMemoryAppFlow } from './in-memory-appflow';
import { FlowRequest, ProfileRequest } from '../../../lib/custom-resources/handlers/appflow';
import { ServiceError } from '../../../lib/custom-resources/handlers/service';

/** In the place of AppFlow's answer: an error; no answer on a connection that is cut; no answer at all. */
export type Interjection = { readonly status: number; readonly error?: string; readonly message?: string } | 'cut' | 'hang';

const STATUSES: Record<string, number> = { ResourceNotFoundException: 404, ConflictException: 409, UnsupportedOperationException: 400 };

/** The few operations of AppFlow and Secrets Manager that the handler uses, over HTTP on loopback, with flows in memory behind them. */
export class AppFlowEndpoint {
  public readonly appflow = new InMemoryAppFlow();
  /** What Secrets Manager holds, at the same address. */
  public readonly secrets: Record<string, string> = {};
  /** In the place of the next answers. */
  public readonly next: Interjection[] = [];
  /** In the place of all answers, once `next` is used up. */
  public always?: Interjection;
  /** Method and path of each request, with when it came. */
  public readonly requests: { readonly line: string; readonly at: number; readonly authorization: string }[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => void this.answer(request, response, Buffer.concat(chunks).toString()));
    });
  }

  public async open(): Promise<this> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    this.requests.push({ line: `${request.method} ${request.url}`, at: Date.now(), authorization: request.headers.authorization ?? '' });
    const instead = this.next.shift() ?? this.always;
    if (instead === 'hang') {
      return;
    }
    if (instead === 'cut') {
      request.socket.destroy();
      return;
    }
    if (instead) {
      const type = instead.error && { 'x-amzn-errortype': instead.error };
      response.writeHead(instead.status, { 'content-type': 'application/json', ...type }).end(JSON.stringify({ message: instead.message ?? instead.error }));
      return;
    }
    try {
      const output = await this.carryOut(request, body === '' ? {} : JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(output));
    } catch (error) {
      const { reason, message } = error as ServiceError;
      response.writeHead(STATUSES[reason], { 'x-amzn-errortype': reason }).end(JSON.stringify({ message }));
    }
  }

  private async carryOut(request: IncomingMessage, input: Record<string, any>): Promise<object> {
    const { pathname, searchParams } = new URL(request.url!, this.url);
    const name = String(input.flowName);
    switch (`${request.method} ${pathname.split('/')[1]}`) {
      case 'POST describe-flow':
        return this.describe(name);
      case 'POST start-flow': {
        const { status, executionId } = await this.appflow.startFlow(name, input.clientToken as string);
        return { flowArn: InMemoryAppFlow.arnOf(name), flowStatus: status, executionId };
      }
      case 'POST describe-flow-execution-records':
        return { flowExecutions: await this.records(name) };
      case 'POST create-flow': {
        const { tags, clientToken, ...flow } = input;
        return { flowArn: await this.appflow.createFlow(flow as FlowRequest, tags as Record<string, string>, clientToken as string) };
      }
      case 'POST update-flow':
        await this.appflow.updateFlow(input as FlowRequest);
        return {};
      case 'POST delete-flow':
        await this.appflow.deleteFlow(name);
        return {};
      case 'POST describe-connector-profiles':
        return { connectorProfileDetails: await this.profiles(input.connectorProfileNames as string[]) };
      case 'POST create-connector-profile': {
        const { clientToken, ...profile } = input;
        await this.appflow.createProfile(profile as ProfileRequest, clientToken as string);
        return {};
      }
      case 'POST update-connector-profile':
        await this.appflow.updateProfile(input as ProfileRequest);
        return {};
      case 'POST delete-connector-profile':
        await this.appflow.deleteProfile(String(input.connectorProfileName));
        return {};
      case 'POST ':
        return { SecretString: found(this.secrets[String(input.SecretId)]) };
      case 'POST stop-flow':
        return { flowArn: InMemoryAppFlow.arnOf(name), flowStatus: await this.appflow.stopFlow(name) };
    }
    const arn = decodeURIComponent(pathname.slice('/tags/'.length));
    switch (request.method) {
      case 'GET':
        return { tags: found(await this.appflow.listTags(arn)) };
      case 'POST':
        await this.appflow.tag(arn, input.tags as Record<string, string>);
        return {};
      case 'DELETE':
        await this.appflow.untag(arn, searchParams.getAll('tagKeys'));
        return {};
      default:
        throw new Error(`the endpoint knows no ${request.method} ${pathname}`);
    }
  }

  private async profiles(names: string[]): Promise<object[]> {
    const profiles = await Promise.all(names.map(async name => ({ name, profile: await this.appflow.describeProfile(name) })));
    return profiles.filter(({ profile }) => profile !== undefined)
      .map(({ name, profile }) => ({ connectorProfileName: name, connectorProfileArn: profile!.arn, credentialsArn: profile!.credentialsArn }));
  }

  private async records(name: string): Promise<object[]> {
    const records: object[] = [];
    for await (const { executionId, status, recordsProcessed, message } of this.appflow.runs(name)) {
      const errorInfo = message !== undefined ? { executionMessage: message } : undefined;
      records.push({ executionId, executionStatus: status, executionResult: { recordsProcessed, errorInfo } });
    }
    return records;
  }

  private async describe(name: string): Promise<object> {
    const flow = found(await this.appflow.describeFlow(name));
    return {
      flowArn: flow.arn,
      flowName: name,
      flowStatus: flow.status,
      flowStatusMessage: flow.statusMessage,
      kmsArn: flow.kmsArn,
      tags: flow.tags,
      triggerConfig: { triggerType: flow.triggerType },
      ...(flow.hasRun && { lastRunExecutionDetails: { mostRecentExecutionTime: 1_700_000_000, mostRecentExecutionStatus: 'Successful' } }),
    };
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new ServiceError('ResourceNotFoundException', 'there is no such flow', false);
  }
  return value;
}
