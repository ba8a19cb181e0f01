import type { Report } from './finding';

/** What was found as JSON, for programs. */
export function jsonReport({ findings }: Report): string {
  const printed = findings.map(({ code, severity, file, resource, path, message, source }) =>
    ({ code, severity, file, resource, path, message, source }));
  return `${JSON.stringify({ findings: printed }, undefined, 2)}\n`;
}
