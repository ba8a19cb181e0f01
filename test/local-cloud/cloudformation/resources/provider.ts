import { ResourceModel, StackIdentity } from '../stack';

/** What a handler is told of the resource that it is to create, update or delete. */
export interface ResourceRequest {
  readonly stack: StackIdentity;
  readonly logicalId: string;
  readonly type: string;
  /** Evaluated, with dynamic references resolved. */
  readonly properties: Record<string, any>;
  /** The same for a repeated attempt at the same change, so that a service can tell a repetition. */
  readonly token: string;
}

export interface CreateRequest extends ResourceRequest {
  /** Tells the engine that the resource exists, so that it is deleted should the rest of its creation fail. */
  created(physicalId: string): void;
}

export interface UpdateRequest extends ResourceRequest {
  readonly current: ResourceModel;
  readonly previousProperties: Record<string, any>;
}

export interface DeleteRequest extends ResourceRequest {
  readonly current: ResourceModel;
}

/** The handler of one or more resource types. */
export interface ResourceProvider {
  create(request: CreateRequest): Promise<ResourceModel>;
  update(request: UpdateRequest): Promise<ResourceModel>;
  delete(request: DeleteRequest): Promise<void>;
}

/** Why a handler failed, as the event of the resource tells it. */
export class HandlerFailure extends Error {}
