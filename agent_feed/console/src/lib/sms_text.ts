/**
 * What a text message costs, counted as the service counts it: GSM 03.38 septets or UCS-2 units (3GPP TS 23.038,
 * 6.2.1), and the segments that they fill.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Behind an escape: two septets each. */
const EXTENDED = new Set('^{}\\[~]|€\f');

export interface SmsSize {
  units: number;
  segments: number;
  /** How many more units the last segment takes. */
  left: number;
  isGsm: boolean;
}

export function smsSize(text: string): SmsSize {
  const characters = Array.from(text);
  const isGsm = characters.every((each) => BASIC.has(each) || EXTENDED.has(each));
  const [whole, part] = isGsm ? [160, 153] : [70, 67];
  const units = isGsm
    ? characters.reduce((sum, each) => sum + (EXTENDED.has(each) ? 2 : 1), 0)
    : text.length;
  const segments = units <= whole ? 1 : Math.ceil(units / part);
  const room = segments === 1 ? whole : segments * part;
  return { units, segments, left: room - units, isGsm };
}
