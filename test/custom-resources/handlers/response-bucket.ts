import { createServer, IncomingHttpHeaders, Server } from 'node:http';
import { AddressInfo } from 'node:net';

export interface ReceivedPut {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The answer of a custom resource, as CloudFormation reads it. */
export interface ReceivedAnswer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** Where CloudFormation waits for answers: an HTTP server on loopback in the place of a presigned S3 URL. */
export class ResponseBucket {
  public readonly puts: ReceivedPut[] = [];
  /** HTTP statuses for the next requests; 0 cuts the connection; 200 when there are no more. */
  public readonly nextStatuses: number[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        this.puts.push({ url: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString() });
        const status = this.nextStatuses.shift() ?? 200;
        if (status === 0) {
          request.socket.destroy();
        } else {
          response.writeHead(request.method === 'PUT' ? status : 405).end();
        }
      });
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

  /** A URL with everything that must never be seen in a log. */
  public get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/bucket/arn%3Aaws%3Acloudformation%7CStack?X-Amz-Credential=AKIACANARYCANARYCAN1%2F20260101`
      + '&X-Amz-Security-Token=canary%2Burl%2Ftoken&X-Amz-Signature=canaryurlsignature';
  }

  /** The last answer. */
  public get answer(): ReceivedAnswer {
    return JSON.parse(this.puts[this.puts.length - 1].body) as ReceivedAnswer;
  }
}
