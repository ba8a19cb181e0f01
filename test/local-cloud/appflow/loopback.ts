import { AppflowClient } from '@aws-sdk/client-appflow';
import { AppFlowService } from './appflow-service';
import { ACCOUNT, REGION } from './samples';
import { type World } from './world';
import { Calls } from '../calls';
import { ResponseMailbox } from '../cloudformation/response-mailbox';
import { Faults } from '../faults';
import { Identities } from '../iam';
import { LocalServer } from '../server';

/** Amazon AppFlow alone behind the endpoint of the local cloud, with the SDK's client for it. */
export class Loopback {
  static async open(world: Partial<World> = {}): Promise<Loopback> {
    const service = new AppFlowService({ account: ACCOUNT, region: REGION, ...world });
    const server: LocalServer = new LocalServer({
      services: [service],
      identities: new Identities(ACCOUNT, REGION),
      mailbox: new ResponseMailbox(() => server.endpoint),
      faults: new Faults(),
      calls: new Calls(),
    });
    await server.listen(0);
    const client = new AppflowClient({
      endpoint: server.endpoint,
      region: REGION,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'unused' },
      maxAttempts: 1,
    });
    return new Loopback(service, client, server);
  }

  private constructor(readonly service: AppFlowService, readonly client: AppflowClient, private readonly server: LocalServer) {}

  get endpoint(): string { return this.server.endpoint; }

  async close(): Promise<void> {
    this.client.destroy();
    await this.server.close();
  }
}
