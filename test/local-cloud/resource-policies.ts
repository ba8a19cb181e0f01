import type { PolicyDocument } from './appflow/bucket-policy';

/** The kinds of resources whose policies matter to Amazon AppFlow. */
export type PolicyOwner = 'bucket' | 'secret' | 'key' | 'function';

/** The policies that deployed resources carry themselves. */
export class ResourcePolicies {
  private readonly documents = new Map<string, PolicyDocument>();

  put(kind: PolicyOwner, id: string, document: PolicyDocument): void {
    this.documents.set(`${kind} ${id}`, document);
  }

  get(kind: PolicyOwner, id: string): PolicyDocument | undefined {
    return this.documents.get(`${kind} ${id}`);
  }

  delete(kind: PolicyOwner, id: string): void {
    this.documents.delete(`${kind} ${id}`);
  }
}
