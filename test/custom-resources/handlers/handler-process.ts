import { spawn } from 'node:child_process';
import { CustomResourceEvent } from '../../../lib/custom-resources/handlers/cloudformation';

export interface ProcessResult {
  readonly code: number | null;
  /** Everything that the process wrote. */
  readonly output: string;
  /** What the function returns. */
  readonly result?: unknown;
}

export const CANARIES = {
  AWS_ACCESS_KEY_ID: 'ASIACANARYCANARYCAN3',
  AWS_SECRET_ACCESS_KEY: 'canary/process/secret',
  AWS_SESSION_TOKEN: 'canary/process/token==',
};

/** The environment of a function, as far as the handler looks at it. */
export function functionEnvironment(appflowUrl: string): NodeJS.ProcessEnv {
  return { ...CANARIES, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: appflowUrl, HOME: '/nonexistent', PATH: process.env.PATH };
}

const INVOKE = `
  const [bundle, event, milliseconds, entryPoint] = process.argv.slice(1);
  const end = Date.now() + Number(milliseconds);
  require(bundle)[entryPoint](JSON.parse(event), { getRemainingTimeInMillis: () => end - Date.now() })
    .then(result => process.send({ result }), error => { console.error(error); process.exitCode = 1; });
`;

interface InvokeOptions {
  readonly appflowUrl: string;
  readonly node?: string;
  /** @default 'handler' */
  readonly entryPoint?: string;
  /** The time of the function. */
  readonly milliseconds?: number;
}

/** Runs the bundle as a function of its own, in a process of its own. */
export async function invoke(bundle: string, event: CustomResourceEvent, options: InvokeOptions): Promise<ProcessResult> {
  const { node = process.execPath, milliseconds = 30_000, entryPoint = 'handler' } = options;
  const child = spawn(node, ['-e', INVOKE, '--', bundle, JSON.stringify(event), String(milliseconds), entryPoint],
    { env: functionEnvironment(options.appflowUrl), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  let result: unknown;
  child.stdout!.on('data', chunk => (output += chunk));
  child.stderr!.on('data', chunk => (output += chunk));
  child.on('message', (message: { result?: unknown }) => ({ result } = message));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, output, result };
}
