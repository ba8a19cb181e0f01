import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { STANDARD_INPUT } from './arguments';
import { assemblyTemplates, type Environment } from './cloud-assembly';
import { UnreadableInput } from './unreadable';

/** A file to check. */
export interface Input {
  /** As the user calls it. */
  readonly file: string;
  readonly environment: Environment;
  readonly read: () => Promise<Buffer>;
}

const SYSTEM_ERRORS = new Map([
  ['ENOENT', 'no such file or directory'],
  ['EACCES', 'no permission to read it'],
  ['EPERM', 'no permission to read it'],
  ['EISDIR', 'a directory'],
  ['ENOTDIR', 'a path that goes through a file'],
  ['ELOOP', 'symbolic links that go round in circles'],
  ['ENAMETOOLONG', 'a name that is too long'],
  ['ERR_FS_FILE_TOO_LARGE', 'a file that is too large'],
]);

/** The files that a path on the command line stands for: several, where it is a directory. */
export async function inputsAt(path: string, standardInput: () => Promise<Buffer>): Promise<Input[]> {
  if (path === STANDARD_INPUT) {
    return [inputOf(path, {}, standardInput)];
  }
  const templates = await reading(path, () => statSync(path).isDirectory() ? assemblyTemplates(path) : undefined);
  if (templates?.length === 0) {
    throw new UnreadableInput(path, {
      what: 'there is no template in this directory',
      got: 'a directory without files *.template.json',
      allowed: 'a cdk.out directory, as cdk synth writes it',
      remedy: `run cdk synth first, or name the files themselves, as in ${join(path, 'template.yaml')}`,
    });
  }
  return templates?.map(({ file, environment }) => inputOf(file, environment)) ?? [inputOf(path, {})];
}

function inputOf(file: string, environment: Environment, read: () => Buffer | Promise<Buffer> = () => readFileSync(file)): Input {
  return { file, environment, read: () => reading(file, read) };
}

async function reading<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') {
      throw error;
    }
    throw new UnreadableInput(file, {
      what: 'this cannot be read',
      got: SYSTEM_ERRORS.get(code) ?? code,
      allowed: 'a file, a cdk.out directory, or - for standard input',
      remedy: 'check the path',
    });
  }
}
