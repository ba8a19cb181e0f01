import {
  type ListTagsForResourceRequest, type ListTagsForResourceResponse, type TagResourceRequest, type UntagResourceRequest,
} from '@aws-sdk/client-appflow';
import { invalid, notFound } from './refusal';

const TAGS_OF_A_RESOURCE = 50;

interface Taggable {
  readonly arn: string;
  tags: Record<string, string>;
}

/** Tags of flows and registered connectors: the resources of TagResource in the Service Authorization Reference. */
export class Tags {
  constructor(private readonly taggable: () => Iterable<Taggable>) {}

  /** The prefix `aws:` is refused by the pattern of a tag's key. */
  tag({ resourceArn, tags }: TagResourceRequest): void {
    const resource = this.get(resourceArn!);
    const merged = { ...resource.tags, ...tags };
    if (Object.keys(merged).length > TAGS_OF_A_RESOURCE) throw invalid(`A resource can have at most ${TAGS_OF_A_RESOURCE} tags`);
    resource.tags = merged;
  }

  untag({ resourceArn, tagKeys }: UntagResourceRequest): void {
    const resource = this.get(resourceArn!);
    resource.tags = Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !tagKeys!.includes(key)));
  }

  list({ resourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse {
    return { tags: this.get(resourceArn!).tags };
  }

  private get(arn: string): Taggable {
    for (const resource of this.taggable()) {
      if (resource.arn === arn) return resource;
    }
    throw notFound(`Resource with ARN: ${arn} does not exist`);
  }
}
