/** Makes every `aws-cdk-lib` of this process the oldest one that the library supports. To be imported before anything else. */
import Module from 'node:module';

type ResolveFilename = (request: string, ...rest: unknown[]) => string;

const loader = Module as unknown as { _resolveFilename: ResolveFilename };
const resolveFilename = loader._resolveFilename;
loader._resolveFilename = function (this: unknown, request, ...rest) {
  return resolveFilename.call(this, request.replace(/^aws-cdk-lib(?=$|\/)/, 'aws-cdk-lib-floor'), ...rest);
};
