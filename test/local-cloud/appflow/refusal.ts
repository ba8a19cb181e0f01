import * as appflow from '@aws-sdk/client-appflow';
import { NormalizedSchema } from '@smithy/core/schema';
import { ServiceError } from '../service';

/** The statuses of Amazon AppFlow's errors, by error name. */
const STATUS: Record<string, number> = {};
for (const exported of Object.values(appflow)) {
  // Static error schemas begin with -3; the trait `httpError` is the status that the model gives the error.
  if (Array.isArray(exported) && exported[0] === -3) {
    const schema = NormalizedSchema.of(exported as never);
    const status = schema.getMergedTraits().httpError;
    if (typeof status === 'number') STATUS[schema.getName()!] = status;
  }
}

function refusal(code: string): (message: string) => ServiceError {
  return (message) => new ServiceError(code, message, STATUS[code]);
}

export const accessDenied = refusal('AccessDeniedException');
export const authenticationFailed = refusal('ConnectorAuthenticationException');
export const conflict = refusal('ConflictException');
export const connectorServer = refusal('ConnectorServerException');
export const notFound = refusal('ResourceNotFoundException');
export const quotaExceeded = refusal('ServiceQuotaExceededException');
/** Under that name and no words but these AWS services throttle. */
export const throttled = () => refusal('ThrottlingException')('Rate exceeded');
export const unsupported = refusal('UnsupportedOperationException');
export const invalid = refusal('ValidationException');
