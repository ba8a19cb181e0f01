import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { extractZip, readZip } from './zip';

/** A zip archive of the given files, with sizes only in the central directory, as a streaming writer leaves them. */
function archive(files: { name: string; content: string; method: number }[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, method } of files) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(method, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(name), data);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end, Buffer.from('a comment')]);
}

test('stored and deflated files are read, and directories are not files', () => {
  const zip = archive([{ name: 'a/', content: '', method: 0 }, { name: 'a/b.js', content: 'b'.repeat(5000), method: 8 }, { name: 'c.txt', content: 'c', method: 0 }]);
  expect(readZip(zip).map(({ name, content }) => [name, content.length])).toEqual([['a/b.js', 5000], ['c.txt', 1]]);
});

test('an archive is extracted below its directory', () => {
  const directory = mkdtempSync(join(tmpdir(), 'local-cloud-zip-'));
  try {
    extractZip(archive([{ name: 'lib/index.js', content: 'exports.a = 1', method: 8 }]), directory);
    expect(readFileSync(join(directory, 'lib', 'index.js'), 'utf8')).toBe('exports.a = 1');
    expect(() => extractZip(archive([{ name: '../evil.js', content: 'x', method: 0 }]), directory)).toThrow('leads out of the archive');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('what is no archive, or compressed in another way, is refused', () => {
  expect(() => readZip(Buffer.alloc(100))).toThrow('not an archive');
  expect(() => readZip(archive([{ name: 'x', content: 'x', method: 12 }]))).toThrow('compression method 12');
});
