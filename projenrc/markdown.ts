/** A table, with a blank in cells that are empty. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `|${cells.map((cell) => cell === '' ? ' ' : ` ${cell} `).join('|')}|\n`).join('');
}

/** The anchor of a heading, as GitHub makes it. */
export function anchor(title: string): string {
  return title.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
}

/** Text that means nothing to Markdown. */
export function escaped(text: string): string {
  return text.replace(/[|*<\\]/g, '\\$&').replace(/\s+/g, ' ');
}
