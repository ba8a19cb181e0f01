import { randomInt } from 'node:crypto';
import { ResourcePolicies } from '../../resource-policies';
import { Secrets } from '../../secrets';
import { ResourceModel } from '../stack';
import { generatedName, suffixOf } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, UpdateRequest } from './provider';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** AWS::SecretsManager::Secret, with a given or a generated value. */
export class SecretProvider implements ResourceProvider {
  constructor(private readonly secrets: Secrets, private readonly arnPrefix: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const name: string = request.properties.Name ?? generatedName(request, 64);
    const arn = `${this.arnPrefix}:secret:${name}-${suffixOf(`${request.token} arn`, 6)}`;
    this.secrets.put(arn, name, valueOf(request.properties));
    return { physicalId: arn, attributes: { Id: arn } };
  }

  async update({ current, properties, previousProperties }: UpdateRequest): Promise<ResourceModel> {
    // Only a change of the value's own properties makes a new value.
    const source = ({ SecretString, GenerateSecretString }: Record<string, any>) => JSON.stringify([SecretString, GenerateSecretString]);
    if (source(properties) !== source(previousProperties)) {
      this.secrets.put(current.physicalId, properties.Name ?? current.physicalId.split(':secret:')[1].slice(0, -7), valueOf(properties));
    }
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.secrets.delete(current.physicalId);
  }
}

/** AWS::SecretsManager::ResourcePolicy: the policy of one secret. */
export class SecretPolicyProvider implements ResourceProvider {
  constructor(private readonly policies: ResourcePolicies) {}

  async create({ properties: { SecretId: secret, ResourcePolicy: document } }: CreateRequest): Promise<ResourceModel> {
    this.policies.put('secret', secret, document);
    return { physicalId: secret };
  }

  async update({ current, properties }: UpdateRequest): Promise<ResourceModel> {
    this.policies.put('secret', current.physicalId, properties.ResourcePolicy);
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.policies.delete('secret', current.physicalId);
  }
}

function valueOf({ SecretString: given, GenerateSecretString: generate }: Record<string, any>): string {
  if (given !== undefined) {
    return given;
  }
  const { PasswordLength: length = 32, SecretStringTemplate: template, GenerateStringKey: key, ExcludeCharacters: excluded = '' } = generate ?? {};
  const letters = [...LETTERS].filter((letter) => !excluded.includes(letter));
  const password = Array.from({ length: Number(length) }, () => letters[randomInt(letters.length)]).join('');
  return key === undefined ? password : JSON.stringify({ ...JSON.parse(template), [key]: password });
}
