import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_CENTRAL_DIRECTORY = 0x06054b50;
const CENTRAL_FILE_HEADER = 0x02014b50;
const LOCAL_FILE_HEADER = 0x04034b50;

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Reads the files of a zip archive, stored or deflated, which are the two methods that the CDK CLI writes.
 * The central directory is read rather than the local headers: a streamed archive has sizes only there.
 * Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(archive: Buffer): ZipEntry[] {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  const entries: ZipEntry[] = [];
  let offset = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(offset) !== CENTRAL_FILE_HEADER) {
      throw new Error(`zip: no central file header at ${offset}`);
    }
    const method = archive.readUInt16LE(offset + 10);
    const compressedSize = archive.readUInt32LE(offset + 20);
    const nameLength = archive.readUInt16LE(offset + 28);
    const extraLength = archive.readUInt16LE(offset + 30);
    const commentLength = archive.readUInt16LE(offset + 32);
    const localOffset = archive.readUInt32LE(offset + 42);
    const name = archive.toString('utf8', offset + 46, offset + 46 + nameLength);
    if (!name.endsWith('/')) {
      entries.push({ name, content: contentAt(archive, localOffset, compressedSize, method, name) });
    }
    offset += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** Writes the files of an archive below a directory, and refuses a name that would lead out of it. */
export function extractZip(archive: Buffer, directory: string): void {
  for (const { name, content } of readZip(archive)) {
    const path = normalize(name);
    if (path.startsWith('..') || path.startsWith('/')) {
      throw new Error(`zip: ${name} leads out of the archive`);
    }
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
}

function contentAt(archive: Buffer, offset: number, compressedSize: number, method: number, name: string): Buffer {
  if (archive.readUInt32LE(offset) !== LOCAL_FILE_HEADER) {
    throw new Error(`zip: no local file header for ${name}`);
  }
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const data = archive.subarray(start, start + compressedSize);
  switch (method) {
    case 0:
      return Buffer.from(data);
    case 8:
      return inflateRawSync(data);
    default:
      throw new Error(`zip: ${name} has the compression method ${method}, which is not known here`);
  }
}

function findEnd(archive: Buffer): number {
  for (let offset = archive.length - 22; offset >= 0; offset -= 1) {
    if (archive.readUInt32LE(offset) === END_OF_CENTRAL_DIRECTORY) {
      return offset;
    }
  }
  throw new Error('zip: not an archive');
}
