import { createHash } from 'node:crypto';
import { LocalRequest, LocalResponse, LocalService, ServiceError } from './service';
import { element } from './xml';

/** An object in a bucket: its bytes, or a directory of this machine that stands for a zip archive not made. */
export type S3Object = { readonly bytes: Buffer } | { readonly directory: string };

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Amazon S3, path style, as far as the CDK CLI uses it to upload assets and CloudFormation and Lambda to read them. */
export class S3Service implements LocalService {
  readonly signingName = 's3';
  private readonly buckets = new Map<string, Map<string, S3Object>>();

  constructor(private readonly account: string, private readonly region: string) {
    this.createBucket(this.assetsBucket);
  }

  /** The bucket of the CDK bootstrap stack. */
  get assetsBucket(): string {
    return `cdk-hnb659fds-assets-${this.account}-${this.region}`;
  }

  get bucketNames(): string[] {
    return [...this.buckets.keys()].filter((name) => name !== this.assetsBucket);
  }

  hasBucket(name: string): boolean {
    return this.buckets.has(name);
  }

  createBucket(name: string): void {
    if (this.buckets.has(name)) {
      throw new ServiceError('BucketAlreadyOwnedByYou', `${name} already exists`, 409);
    }
    this.buckets.set(name, new Map());
  }

  deleteBucket(name: string): void {
    if (this.objectsOf(name).size > 0) {
      throw new ServiceError('BucketNotEmpty', `the bucket ${name} is not empty`, 409);
    }
    this.buckets.delete(name);
  }

  putObject(bucket: string, key: string, object: S3Object): void {
    this.objectsOf(bucket).set(key, object);
  }

  getObject(bucket: string, key: string): S3Object {
    const object = this.objectsOf(bucket).get(key);
    if (!object) {
      throw new ServiceError('NoSuchKey', `the key ${key} does not exist in ${bucket}`, 404);
    }
    return object;
  }

  keys(bucket: string, prefix = ''): string[] {
    return [...this.objectsOf(bucket).keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  emptyBucket(bucket: string): void {
    this.objectsOf(bucket).clear();
  }

  operationOf(request: LocalRequest): string | undefined {
    const { key } = target(request);
    const subresource = ['location', 'encryption'].find((name) => request.query.has(name));
    switch (request.method) {
      case 'GET':
        return subresource === 'location' ? 'GetBucketLocation'
          : subresource === 'encryption' ? 'GetBucketEncryption'
            : request.query.get('list-type') === '2' ? 'ListObjectsV2'
              : key === '' ? undefined : 'GetObject';
      case 'HEAD':
        return key === '' ? 'HeadBucket' : 'HeadObject';
      case 'PUT':
        return key === '' || request.headers['x-amz-copy-source'] ? undefined : 'PutObject';
      default:
        return undefined;
    }
  }

  renderError(error: ServiceError): LocalResponse {
    return xml(element('Error', { Code: error.code, Message: error.message }), error.status);
  }

  async handle(request: LocalRequest): Promise<LocalResponse> {
    const { bucket, key } = target(request);
    const operation = this.operationOf(request);
    this.authorize(request, operation, bucket, key);
    switch (operation) {
      case 'GetBucketLocation':
        this.objectsOf(bucket);
        return xml(`<LocationConstraint xmlns="${NAMESPACE}">${this.region === 'us-east-1' ? '' : this.region}</LocationConstraint>`);
      case 'GetBucketEncryption':
        this.objectsOf(bucket);
        return xml(`<ServerSideEncryptionConfiguration xmlns="${NAMESPACE}">${element('Rule', {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
        })}</ServerSideEncryptionConfiguration>`);
      case 'ListObjectsV2': {
        const prefix = request.query.get('prefix') ?? '';
        const keys = this.keys(bucket, prefix).slice(0, Number(request.query.get('max-keys') ?? 1000));
        const contents = keys.map((name) => ({ Key: name, Size: this.size(bucket, name), ETag: `"${name}"`, StorageClass: 'STANDARD' }));
        return xml(`<ListBucketResult xmlns="${NAMESPACE}">${element('Name', bucket)}${element('Prefix', prefix)}${
          element('KeyCount', keys.length)}${element('IsTruncated', false)}${element('Contents', contents, true)}</ListBucketResult>`);
      }
      case 'HeadBucket':
        this.objectsOf(bucket);
        return { status: 200 };
      case 'HeadObject':
        return { status: 200, headers: { 'content-length': String(this.size(bucket, key)) } };
      case 'GetObject': {
        const object = this.getObject(bucket, key);
        if ('directory' in object) {
          throw new ServiceError('NotImplemented', `${key} is an asset directory deployed in process, which the local cloud does not serve`, 501);
        }
        return { status: 200, body: object.bytes };
      }
      case 'PutObject':
        this.putObject(bucket, key, { bytes: request.body });
        return { status: 200, headers: { etag: `"${createHash('md5').update(request.body).digest('hex')}"` } };
      default:
        throw new ServiceError('NotImplemented', `the local cloud does not know this call of s3: ${request.method} ?${request.query}`, 501);
    }
  }

  private size(bucket: string, key: string): number {
    const object = this.getObject(bucket, key);
    return 'bytes' in object ? object.bytes.length : 0;
  }

  private objectsOf(bucket: string): Map<string, S3Object> {
    const objects = this.buckets.get(bucket);
    if (!objects) {
      throw new ServiceError('NoSuchBucket', `the bucket ${bucket} does not exist`, 404);
    }
    return objects;
  }

  private authorize(request: LocalRequest, operation: string | undefined, bucket: string, key: string): void {
    const action = ({ ListObjectsV2: 'ListBucket', HeadBucket: 'ListBucket', HeadObject: 'GetObject' } as Record<string, string>)[operation ?? ''] ?? operation;
    const resource = `arn:aws:s3:::${key === '' ? bucket : `${bucket}/${key}`}`;
    const prefix = request.query.get('prefix');
    if (request.caller.mayDo && !request.caller.mayDo(`s3:${action}`, resource, {}, prefix !== null ? { 's3:prefix': prefix } : {})) {
      throw new ServiceError('AccessDenied', `not authorized to perform: s3:${action}`, 403);
    }
  }
}

function target(request: LocalRequest): { bucket: string; key: string } {
  const [bucket, ...key] = request.path.replace(/^\//, '').split('/');
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key.join('/')) };
}

function xml(body: string, status = 200): LocalResponse {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>${body}` };
}
