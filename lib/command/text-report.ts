import type { FileFinding, Report } from './finding';

/** Styles of terminals, by their SGR parameters. */
const STYLES = { bold: 1, dim: 2, underline: 4, red: 31, yellow: 33 } as const;
type Style = (style: keyof typeof STYLES, text: string) => string;

// Line breaks and what steers terminals may be in the names of a document.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** What was found as text, for people. */
export function textReport({ findings, unreadable }: Report, isColoured: boolean): string {
  const style: Style = (name, text) => isColoured ? `\u001b[${STYLES[name]}m${text}\u001b[0m` : text;
  const paragraphs: string[] = [];
  let file: string | undefined;
  for (const finding of findings) {
    const heading = finding.file !== file ? [style('underline', printable(finding.file))] : [];
    paragraphs.push([...heading, ...linesOf(finding, style)].join('\n'));
    file = finding.file;
  }
  if (findings.length > 0 || unreadable.length === 0) {
    paragraphs.push(`${counted(findings, 'error')}, ${counted(findings, 'warning')}`);
  }
  return paragraphs.map((paragraph) => `${paragraph}\n`).join('\n');
}

/** Text without what could end its line. */
export function printable(text: string): string {
  return text.replace(CONTROL_CHARACTERS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function linesOf({ position, severity, code, resource, constructPath, path, message, source }: FileFinding, style: Style): string[] {
  const place = position !== undefined ? `${position.line}:${position.column} ` : '';
  const construct = constructPath !== undefined ? ` (${constructPath})` : '';
  return [
    `  ${place}${style(severity === 'error' ? 'red' : 'yellow', severity)} ${style('bold', code)}`,
    `    ${printable(`${resource}${construct} ${path}`.trim())}`,
    `    ${printable(message)}`,
    `    ${style('dim', printable(source))}`,
  ];
}

function counted(findings: readonly FileFinding[], severity: FileFinding['severity']): string {
  const count = findings.filter((finding) => finding.severity === severity).length;
  return `${count} ${severity}${count === 1 ? '' : 's'}`;
}
