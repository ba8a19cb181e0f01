// What runs in the child process of a Lambda function: loads the handler once and answers the invocations that the parent sends.
// Plain JavaScript, because it runs under the Node.js that the function names, without a loader.
import { existsSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import Module, { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [file, name] = process.env._HANDLER.split(/\.(?=[^.]+$)/);
const base = resolve(process.env.LAMBDA_TASK_ROOT, file);
const endpoint = new URL(process.env.AWS_ENDPOINT_URL);

// The runtime has the SDK: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
const runtime = { id: '.', filename: import.meta.filename, paths: Module._nodeModulePaths(import.meta.dirname) };
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) =>
  resolveFilename(request, request.startsWith('@aws-sdk/') && parent?.filename.startsWith(process.env.LAMBDA_TASK_ROOT) ? runtime : parent, ...rest);

// What is below the level is not written: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
const LEVELS = { TRACE: ['trace'], DEBUG: ['debug'], INFO: ['info', 'log'], WARN: ['warn'], ERROR: ['error'] };
const levels = Object.keys(LEVELS);
const least = [...levels, 'FATAL'].indexOf(process.env.AWS_LAMBDA_LOG_LEVEL);
levels.slice(0, Math.max(least, 0)).flatMap((level) => LEVELS[level]).forEach((method) => { console[method] = () => {}; });

// The provider framework of the CDK answers to the host of the ResponseURL by HTTPS at the usual port, whatever the URL says.
const requestByHttps = https.request;
https.request = (options, ...rest) => options.hostname === endpoint.hostname && options.port === undefined
  ? http.request({ ...options, port: endpoint.port }, ...rest)
  : requestByHttps(options, ...rest);

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
    process.send({ id, error: { name: error?.name ?? 'Error', message: String(error?.message ?? error), trace: error?.stack?.split('\n') } });
  }
}

process.on('message', handle);
// Without a parent there is nobody to answer to.
process.on('disconnect', () => process.exit());
