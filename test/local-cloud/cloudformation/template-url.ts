import { S3Service } from '../s3';
import { invalid } from './template';

/** Reads the template at a URL: that of an object in Amazon S3, path style. */
export function templateAt(url: string, s3: S3Service): string {
  const [bucket, ...key] = decodeURIComponent(new URL(url).pathname).replace(/^\//, '').split('/');
  const object = s3.getObject(bucket, key.join('/'));
  if (!('bytes' in object)) {
    throw invalid(`S3 error: ${key.join('/')} is not a template`);
  }
  return object.bytes.toString('utf8');
}
