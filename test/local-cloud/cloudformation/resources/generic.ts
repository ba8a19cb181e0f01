import { ResourceSpec } from '../resource-spec';
import { ResourceModel } from '../stack';
import { generatedName, uuidOf } from './generated-name';
import { CreateRequest, ResourceProvider, UpdateRequest } from './provider';

/**
 * Every type that the local cloud has no handler for. Such a resource does nothing: it is taken, with an identifier and
 * attributes made up in the shape that their names promise.
 */
export class GenericProvider implements ResourceProvider {
  constructor(private readonly arnPrefix: (service: string) => string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const spec = ResourceSpec.of(request.type);
    const [, service, kind] = request.type.split('::');
    const [identifier] = spec.refProperties;
    const name = String(request.properties[identifier] ?? generatedName(request));
    const arn = `${this.arnPrefix(service.toLowerCase())}:${kind.toLowerCase()}/${name}`;
    const physicalId = request.properties[identifier] !== undefined || !identifier?.endsWith('Arn') ? name : arn;
    const attributes = Object.fromEntries(spec.attributes.map((attribute) => [
      attribute,
      request.properties[attribute] ?? (/arn$/i.test(attribute) ? arn : /id$/i.test(attribute) ? uuidOf(request.token) : `${name}-${attribute}`),
    ]));
    return { physicalId, attributes };
  }

  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete(): Promise<void> {
    // There is nothing behind the resource.
  }
}
