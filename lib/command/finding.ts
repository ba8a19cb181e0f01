import type { ParsedDocument, Position } from './parsed-document';
import type { DocumentFinding } from '../private/documents';
import { isPlainObject } from '../private/values';

/** Something wrong in a file. */
export interface FileFinding extends DocumentFinding {
  /** As the user calls it. */
  readonly file: string;
  readonly position?: Position;
  /** The path of the construct that the resource is of, where the template says it. */
  readonly constructPath?: string;
}

/** What was found, and what could not be looked at. */
export interface Report {
  readonly findings: readonly FileFinding[];
  readonly unreadable: readonly { readonly file: string; readonly message: string }[];
}

/** A finding with the place in the file where it is. */
export function located(file: string, { value, position }: ParsedDocument, finding: DocumentFinding): FileFinding {
  const { steps: start, value: resource } = resourceIn(value, finding.resource);
  const metadata = isPlainObject(resource) ? resource.Metadata : undefined;
  const path = isPlainObject(metadata) ? metadata['aws:cdk:path'] : undefined;
  return {
    ...finding,
    file,
    position: position([...start, ...stepsOf(resource, finding.path)]),
    constructPath: typeof path === 'string' ? path : undefined,
  };
}

function resourceIn(document: unknown, logicalId: string): { steps: string[]; value: unknown } {
  const resources = isPlainObject(document) ? document.Resources : undefined;
  return isPlainObject(resources)
    ? { steps: ['Resources', logicalId], value: Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined }
    : { steps: [], value: document };
}

/** The steps of a path as far as a value has them. The names of members may hold dots, too. */
function stepsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const step = path.slice(0, end);
    if (Object.hasOwn(value, step)) {
      return [step, ...stepsOf((value as Record<string, unknown>)[step], path.slice(end + 1))];
    }
  }
  return [];
}
