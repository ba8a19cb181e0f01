export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export interface JsonObject { [member: string]: JsonValue | undefined }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
