/** From what was typed into the composer to what the API takes, or to what is wrong, field by field. Pure. */
import type { FoundCustomer } from '../api/finding';
import type { FieldError } from '../api/problem';
import type { Channel, LinkDraft, TypedChannel } from '../api/types';
import { parseAmount } from '../lib/money';
import { texts } from '../texts';

export interface Form {
  amount: string;
  currency: string;
  description: string;
  reference: string;
  name: string;
  phone: string;
  email: string;
  /** Who may pay: one customer, or many with a payment each. */
  payers: 'one' | 'many';
  /** The least that is paid at a time; empty: all of it. */
  minimum: string;
  channels: string[];
  /** Who is answered, and by which channel: until another customer is typed. */
  replyTo: { customer: string; channel: string } | null;
  /** Who was found and chosen: until another customer is typed. */
  customer: string | null;
  /** What the customer reads; empty: as their device says. */
  locale: string;
  qrOnly: boolean;
  /** Seconds, or 'custom'. */
  expiry: string;
  customAmount: string;
  /** Seconds in the unit chosen. */
  customUnit: string;
}

export type Field =
  | 'amount'
  | 'currency'
  | 'description'
  | 'reference'
  | 'name'
  | 'phone'
  | 'email'
  | 'payers'
  | 'minimum'
  | 'channels'
  | 'expiry';

export type FieldFaults = Partial<Record<Field, string>>;

export interface Composed {
  draft: LinkDraft | null;
  faults: FieldFaults;
  /** What an ambiguous amount may mean, in minor units. */
  readings: number[];
}

const EXPIRES_SECONDS_MIN = 60;
const EXPIRES_SECONDS_MAX = 90 * 86_400;

export function emptyForm(currency: string): Form {
  return {
    amount: '',
    currency,
    description: '',
    reference: '',
    name: '',
    phone: '',
    email: '',
    payers: 'one',
    minimum: '',
    channels: [],
    replyTo: null,
    customer: null,
    locale: '',
    qrOnly: false,
    expiry: '86400',
    customAmount: '3',
    customUnit: '86400',
  };
}

/** A phone number without its spacing, "00" as "+"; what else is wrong with it the service says. */
export function tidyPhone(typed: string): string {
  return typed
    .trim()
    .replace(/[\s\u00a0().\-/]/g, '')
    .replace(/^00/, '+');
}

export function looksLikePhone(typed: string): boolean {
  return /^\+?\d{6,15}$/.test(tidyPhone(typed));
}

export function looksLikeEmail(typed: string): boolean {
  return /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@.,;<>]{2,}$/.test(typed.trim());
}

/** The channels whose addresses an agent can type. */
export function typedChannels(channels: readonly Channel[]): TypedChannel[] {
  return channels.filter(
    (each): each is TypedChannel => each.address === 'phone' || each.address === 'email',
  );
}

export function hasAddress(form: Form, channel: TypedChannel): boolean {
  return channel.address === 'phone' ? looksLikePhone(form.phone) : looksLikeEmail(form.email);
}

/** Where a customer who was found is best written to: as they prefer, else the first that reaches them. */
export function bestChannels(found: FoundCustomer, channels: readonly Channel[]): string[] {
  const isStopped = (channel: string) =>
    found.consents.some((each) => each.channel === channel && each.state === 'stopped');
  const usable = typedChannels(channels)
    .filter((each) => found[each.address] !== null && !isStopped(each.channel))
    .map((each) => each.channel);
  const preferred = usable.find((channel) => channel === found.preferred_channel);
  return [preferred ?? usable[0]].filter((channel) => channel !== undefined);
}

/** The channel of the conversation that is answered, where its address cannot be typed. */
export function replyChannel(form: Form, channels: readonly Channel[]): Channel | null {
  const found = channels.find((each) => each.channel === form.replyTo?.channel);
  return found === undefined || typedChannels([found]).length > 0 ? null : found;
}

/** The channels ticked that can be used as the form stands. */
export function chosenChannels(form: Form, channels: readonly Channel[]): Channel[] {
  if (form.qrOnly) return [];
  const typed: Channel[] = typedChannels(channels).filter(
    (each) => form.channels.includes(each.channel) && hasAddress(form, each),
  );
  const own = replyChannel(form, channels);
  return own !== null && form.channels.includes(own.channel) ? [...typed, own] : typed;
}

export function expiresInSeconds(form: Form): number | null {
  if (form.expiry !== 'custom') return Number(form.expiry);
  const typed = form.customAmount.trim();
  if (!/^\d{1,6}$/.test(typed)) return null;
  const seconds = Number(typed) * Number(form.customUnit);
  return seconds >= EXPIRES_SECONDS_MIN && seconds <= EXPIRES_SECONDS_MAX ? seconds : null;
}

export function compose(form: Form, channels: readonly Channel[]): Composed {
  const faults: FieldFaults = {};
  const words = texts.composer.faults;
  const amount = parseAmount(form.amount, form.currency);
  if (amount.kind === 'fault') faults.amount = words.amount[amount.fault];
  if (amount.kind === 'ambiguous') faults.amount = texts.composer.whichAmount;
  if (form.description.trim() === '') faults.description = words.description;
  if (form.phone.trim() !== '' && !looksLikePhone(form.phone)) faults.phone = words.phone;
  if (form.email.trim() !== '' && !looksLikeEmail(form.email)) faults.email = words.email;
  const most = amount.kind === 'amount' ? amount.minor : null;
  const least = minimumOf(form, most);
  if (typeof least === 'string') faults.minimum = least;
  const chosen = chosenChannels(form, channels);
  if (!form.qrOnly && chosen.length === 0) faults.channels = words.channels;
  const seconds = expiresInSeconds(form);
  if (seconds === null) faults.expiry = words.expiry;

  const readings = amount.kind === 'ambiguous' ? amount.readings : [];
  if (Object.keys(faults).length > 0 || amount.kind !== 'amount' || seconds === null) {
    return { draft: null, faults, readings };
  }
  const rules = {
    ...(form.locale === '' ? {} : { locale: form.locale }),
    ...(form.payers === 'many' ? { usage: 'multi' as const } : {}),
    ...(typeof least === 'number' ? { minimum_amount: least } : {}),
  };
  return { draft: { ...draftOf(form, amount.minor, seconds, chosen), ...rules }, faults, readings };
}

/** The minimum in minor units, null for none, or what is wrong with it. */
function minimumOf(form: Form, most: number | null): number | string | null {
  if (form.minimum.trim() === '') return null;
  const words = texts.composer.faults;
  const least = parseAmount(form.minimum, form.currency);
  if (least.kind === 'fault') return words.amount[least.fault];
  if (least.kind === 'ambiguous') return texts.composer.whichMinimum;
  return most !== null && least.minor > most ? words.minimum : least.minor;
}

function draftOf(form: Form, minor: number, seconds: number, chosen: Channel[]): LinkDraft {
  const customer = {
    ...(form.name.trim() === '' ? {} : { name: form.name.trim() }),
    ...(form.phone.trim() === '' ? {} : { phone: tidyPhone(form.phone) }),
    ...(form.email.trim() === '' ? {} : { email: form.email.trim() }),
  };
  return {
    amount: minor,
    currency: form.currency,
    description: form.description.trim(),
    ...(form.reference.trim() === '' ? {} : { reference: form.reference.trim() }),
    ...(form.replyTo !== null
      ? { customer: form.replyTo.customer }
      : form.customer !== null
        ? { customer: form.customer }
        : Object.keys(customer).length === 0
          ? {}
          : { customer }),
    expires_in: seconds,
    ...(chosen.length === 0 ? {} : { send: chosen.map((each) => sendOf(form, each)) }),
  };
}

/** Where one message goes: an answer to where the customer wrote from, which may not be their usual address. */
function sendOf(form: Form, { channel, address }: Channel): { channel: string; to?: string } {
  if (form.replyTo === null) return { channel };
  if (address === 'phone') return { channel, to: tidyPhone(form.phone) };
  return address === 'email' ? { channel, to: form.email.trim() } : { channel };
}

const FIELD_BY_POINTER: Record<string, Field> = {
  amount: 'amount',
  currency: 'currency',
  description: 'description',
  reference: 'reference',
  expires_in: 'expiry',
  usage: 'payers',
  minimum_amount: 'minimum',
  send: 'channels',
  'customer/name': 'name',
  'customer/phone': 'phone',
  'customer/email': 'email',
};

/** Puts the service's complaints at the fields they are about; what belongs to none comes back apart. */
export function faultsFrom(
  errors: readonly FieldError[],
  draft: LinkDraft,
  channels: readonly Channel[],
): { faults: FieldFaults; others: string[] } {
  const faults: FieldFaults = {};
  const others: string[] = [];
  for (const { pointer, detail } of errors) {
    const field = fieldAt(pointer, draft, channels);
    if (field === null) others.push(detail);
    else faults[field] ??= detail;
  }
  return { faults, others };
}

function fieldAt(pointer: string, draft: LinkDraft, channels: readonly Channel[]): Field | null {
  const parts = pointer.replace(/^#?\//, '').split('/');
  const [head = '', second = ''] = parts;
  // A complaint about where one message goes belongs at the address that it goes to.
  if (head === 'send' && parts[2] === 'to') {
    const channel = draft.send?.[Number(second)]?.channel;
    return typedChannels(channels).find((each) => each.channel === channel)?.address ?? 'channels';
  }
  return FIELD_BY_POINTER[`${head}/${second}`] ?? FIELD_BY_POINTER[head] ?? null;
}
