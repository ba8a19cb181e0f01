// What runs in the child process of a Lambda function: loads the handler once and answers the invocations that the parent sends.
// Plain JavaScript, because it runs under the Node.js that the function names, without a loader.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, name] = process.env._HANDLER.split(/\.(?=[^.]+$)/);
const base = resolve(process.env.LAMBDA_TASK_ROOT, file);

// The order in which the real runtime looks for a handler's file:
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/UserFunction.js
async function load() {
  if (existsSync(`${base}.js`) || existsSync(`${base}.cjs`)) {
    return createRequire(`${base}.js`)(existsSync(`${base}.js`) ? `${base}.js` : `${base}.cjs`);
  }
  return import(pathToFileURL(`${base}.mjs`).href);
}

let loading;
async function handle({ id, event, deadline }) {
  try {
    loading ??= load();
    const handler = (await loading)[name];
    if (typeof handler !== 'function') {
      throw new Error(`${process.env._HANDLER} is undefined or not exported`);
    }
    const context = {
      awsRequestId: id,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: '$LATEST',
      invokedFunctionArn: process.env.LOCAL_CLOUD_FUNCTION_ARN,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    const result = await (handler.length > 2
      ? new Promise((done, fail) => { handler(event, context, (error, value) => (error ? fail(error) : done(value))); })
      : handler(event, context));
    process.send({ id, result });
  } catch (error) {
    console.error(error);
    process.send({ id, error: { name: error?.name ?? 'Error', message: String(error?.message ?? error) } });
  }
}

process.on('message', handle);
// Without a parent there is nobody to answer to.
process.on('disconnect', () => process.exit());
