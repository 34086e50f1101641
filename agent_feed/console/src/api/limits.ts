/** The merchant's settings: what holds, what can be set, and changing it. */
import type { Http } from './http';

export type SettingValue = number | boolean | string | string[] | null;

/** One field as JSON Schema describes it. */
export interface FieldShape {
  type: 'integer' | 'boolean' | 'string' | 'array';
  default: SettingValue;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  items?: { enum: string[] };
  pattern?: string;
  format?: string;
  maxLength?: number;
}

export type SettingsSchema = Record<string, { properties: Record<string, FieldShape> }>;
export type SettingsValues = Record<string, Record<string, SettingValue>>;

const PATH = '/v1/settings';

export function settingsSchema(http: Http, signal: AbortSignal): Promise<SettingsSchema> {
  return http.json(`${PATH}/schema`, { signal });
}

export function settingsValues(http: Http, signal: AbortSignal): Promise<SettingsValues> {
  return http.json(PATH, { signal });
}

/** All or nothing: 422 with a pointer (`/kind/field`) a fault. Null is the default again. */
export function changeSettings(http: Http, changes: SettingsValues): Promise<SettingsValues> {
  return http.json(PATH, { method: 'PATCH', body: changes });
}
