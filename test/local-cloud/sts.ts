import { randomBytes } from 'node:crypto';
import { Identities } from './iam';
import { QueryProtocol } from './query-protocol';
import { LocalRequest, LocalResponse, LocalService, ServiceError } from './service';

/** The calls of the Security Token Service that the CDK CLI makes: it assumes the bootstrap roles and asks who it is. */
export class StsService implements LocalService {
  readonly signingName = 'sts';
  private readonly protocol = new QueryProtocol('https://sts.amazonaws.com/doc/2011-06-15/');

  constructor(private readonly account: string, private readonly identities: Identities) {}

  operationOf(request: LocalRequest): string | undefined {
    return this.protocol.operationOf(request);
  }

  renderError(error: ServiceError): LocalResponse {
    return this.protocol.error(error);
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const operation = this.operationOf(request);
    switch (operation) {
      case 'GetCallerIdentity': {
        const arn = this.identities.roleOf(request.caller.accessKeyId) ?? `arn:aws:iam::${this.account}:user/local`;
        return this.protocol.answer(operation, { Arn: arn, UserId: request.caller.accessKeyId, Account: this.account });
      }
      case 'AssumeRole': {
        if (request.caller.mayDo) {
          throw new ServiceError('AccessDenied', 'the local cloud lets no Lambda function assume another role', 403);
        }
        const { RoleArn: roleArn, RoleSessionName: session } = this.protocol.inputOf(request) as Record<string, string>;
        const name = roleArn.split('/').pop();
        return this.protocol.answer(operation, {
          Credentials: {
            AccessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
            SecretAccessKey: randomBytes(20).toString('hex'),
            SessionToken: randomBytes(20).toString('hex'),
            Expiration: new Date(Date.now() + 3_600_000),
          },
          AssumedRoleUser: { AssumedRoleId: `AROA:${session}`, Arn: `arn:aws:sts::${this.account}:assumed-role/${name}/${session}` },
        });
      }
      default:
        throw new ServiceError('InvalidAction', `the local cloud does not know sts:${operation}`);
    }
  }
}
