/** What an XML answer is made of: members by name, lists, and text. Undefined members are left out. */
export type XmlValue = string | number | boolean | Date | undefined | XmlValue[] | { [name: string]: XmlValue };

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

export function escapeXml(text: string): string {
  // Characters that XML 1.0 cannot carry at all would make the whole answer unreadable.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?').replace(/[&<>"']/g, (char) => ESCAPES[char]);
}

/** Writes an element. Lists become `<member>` elements, as in the AWS query protocol, unless `flat` repeats the element itself. */
export function element(name: string, value: XmlValue, flat = false): string {
  if (value === undefined) {
    return '';
  }
  if (Array.isArray(value)) {
    return flat
      ? value.map((item) => element(name, item, flat)).join('')
      : `<${name}>${value.map((item) => element('member', item)).join('')}</${name}>`;
  }
  if (value instanceof Date) {
    return `<${name}>${value.toISOString()}</${name}>`;
  }
  if (typeof value === 'object') {
    return `<${name}>${Object.entries(value).map(([key, member]) => element(key, member, flat)).join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}
