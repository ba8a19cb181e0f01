import { ResourcePolicies } from '../../resource-policies';
import { S3Service } from '../../s3';
import { ResourceModel } from '../stack';
import { generatedName } from './generated-name';
import { CreateRequest, DeleteRequest, ResourceProvider, UpdateRequest } from './provider';

/** AWS::S3::Bucket. What a bucket is configured to do with its objects is taken and not acted upon. */
export class BucketProvider implements ResourceProvider {
  constructor(private readonly s3: S3Service, private readonly region: string, private readonly partition: string) {}

  async create(request: CreateRequest): Promise<ResourceModel> {
    const name: string = request.properties.BucketName ?? generatedName(request, 63).toLowerCase();
    this.s3.createBucket(name);
    return {
      physicalId: name,
      attributes: {
        Arn: `arn:${this.partition}:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${this.region}.amazonaws.com`,
        DualStackDomainName: `${name}.s3.dualstack.${this.region}.amazonaws.com`,
        WebsiteURL: `http://${name}.s3-website-${this.region}.amazonaws.com`,
      },
    };
  }

  async update({ current }: UpdateRequest): Promise<ResourceModel> {
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    if (this.s3.hasBucket(current.physicalId)) {
      this.s3.deleteBucket(current.physicalId);
    }
  }
}

/** AWS::S3::BucketPolicy: a bucket has one policy, and the last resource to write it wins. */
export class BucketPolicyProvider implements ResourceProvider {
  constructor(private readonly policies: ResourcePolicies) {}

  async create({ properties: { Bucket: bucket, PolicyDocument: document } }: CreateRequest): Promise<ResourceModel> {
    this.policies.put('bucket', bucket, document);
    return { physicalId: bucket };
  }

  async update({ current, properties }: UpdateRequest): Promise<ResourceModel> {
    this.policies.put('bucket', current.physicalId, properties.PolicyDocument);
    return current;
  }

  async delete({ current }: DeleteRequest): Promise<void> {
    this.policies.delete('bucket', current.physicalId);
  }
}
