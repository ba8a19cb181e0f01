import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Calls } from './calls';
import { ResponseMailbox } from './cloudformation/response-mailbox';
import { errorOf, Faults } from './faults';
import { Identities } from './iam';
import { LocalRequest, LocalResponse, LocalService, ServiceError } from './service';

export interface ServerParts {
  readonly services: readonly LocalService[];
  readonly identities: Identities;
  readonly mailbox: ResponseMailbox;
  readonly faults: Faults;
  readonly calls: Calls;
}

/**
 * The one endpoint of the local cloud. It listens on the loopback interface only. Which service a request is for is told by the
 * credential scope of its signature, as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * lays it out; the signature itself is not checked.
 */
export class LocalServer {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly parts: ServerParts) {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  get endpoint(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, 'localhost', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.sockets.forEach((socket) => socket.destroy());
    return closed;
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const answer = await this.answer(incoming);
      if (answer === 'silence') {
        return;
      }
      if (answer === 'cut') {
        incoming.socket.destroy();
        return;
      }
      outgoing.writeHead(answer.status, { 'content-length': Buffer.byteLength(answer.body ?? ''), ...answer.headers }).end(answer.body);
    } catch (error) {
      // A client that hangs up while it sends is no concern of the server; anything else is a defect of the local cloud.
      if (!outgoing.destroyed && !outgoing.headersSent) {
        outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(`local cloud: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  private async answer(incoming: IncomingMessage): Promise<LocalResponse | 'silence' | 'cut'> {
    const url = new URL(incoming.url ?? '/', this.endpoint);
    const body = await bodyOf(incoming);
    if (this.parts.mailbox.owns(url.pathname)) {
      return this.parts.mailbox.receive(incoming.method ?? '', url.pathname, body);
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const scope = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '');
    const service = this.parts.services.find(({ signingName }) => signingName === scope?.[2]);
    if (!scope || !service) {
      const known = this.parts.services.map(({ signingName }) => signingName).join(', ');
      return { status: 501, headers: { 'content-type': 'text/plain' }, body: `local cloud: no service for the credential scope ${scope?.[2] ?? '(none)'}; there is ${known}` };
    }
    const [, accessKeyId, signingName] = scope;
    const request: LocalRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers,
      body,
      caller: { accessKeyId, signingName, mayDo: this.parts.identities.mayDo(accessKeyId) },
    };
    return this.dispatch(service, request);
  }

  private async dispatch(service: LocalService, request: LocalRequest): Promise<LocalResponse | 'silence' | 'cut'> {
    const operation = service.operationOf(request);
    const call = this.parts.calls.begin({
      service: service.signingName,
      operation: operation ?? `${request.method} ${request.path}`,
      via: 'http',
      accessKeyId: request.caller.accessKeyId,
      path: request.path,
      input: service.signingName === 'appflow' ? parsed(request.body) : undefined,
    });
    const fault = this.parts.faults.strike(service.signingName, operation);
    try {
      if (fault === 'timeout') {
        return 'silence';
      }
      if (fault !== undefined && fault !== 'lost-response') {
        throw errorOf(fault, service.signingName);
      }
      const response = await service.handle(request);
      call.outcome = response.status < 400 ? 'ok' : response.headers?.['x-amzn-errortype'] ?? String(response.status);
      return fault === 'lost-response' ? 'cut' : response;
    } catch (error) {
      const refusal = error instanceof ServiceError ? error : defect(error);
      call.outcome = refusal.code;
      return fault === 'lost-response' ? 'cut' : service.renderError(refusal);
    } finally {
      call.outcome = fault ?? call.outcome;
    }
  }
}

/** An error that no service meant to answer with. The status keeps clients from trying again. */
function defect(error: unknown): ServiceError {
  return new ServiceError('LocalCloudDefect', `the local cloud failed: ${error instanceof Error ? error.stack : error}`, 400);
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  const chunked = incoming.headers['content-encoding']?.includes('aws-chunked')
    || String(incoming.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  return chunked ? withoutChunks(body) : body;
}

/** Takes the content out of an aws-chunked body: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
export function withoutChunks(body: Buffer): Buffer {
  const content: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', offset);
    const size = parseInt(body.toString('latin1', offset, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(size)) {
      throw new Error('aws-chunked: a chunk has no size');
    }
    if (size === 0) {
      return Buffer.concat(content);
    }
    content.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
