/** Short names of things: channels, devices, steps, states. */
import type { DeliveryStatus, LinkStatus, Role, Step } from '../api/types';
import { locale, spokenAs } from '../lib/language';
import type { FieldState, StageName } from '../lib/track';

const ENGLISH = {
  /** For oneself, where a name would stand. */
  you: 'You',
  /** Within a sentence. */
  channels: {
    sms: 'SMS',
    email: 'email',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'web chat',
    chatbot: 'chatbot',
    qr: 'QR code',
  },
  /** What somebody is on: "on a phone". */
  devices: { mobile: 'a phone', tablet: 'a tablet', desktop: 'a computer' },
  /** Within a sentence. */
  fields: {
    number: 'the card number',
    expiry: 'the expiry date',
    cvc: 'the security code',
    other: 'the card details',
  },
  fieldTitles: { number: 'Card number', expiry: 'Expiry date', cvc: 'Security code' },
  fieldStates: {
    todo: 'not yet',
    typing: 'being typed',
    done: 'complete',
    invalid: 'not accepted',
  } satisfies Record<FieldState, string>,
  steps: {
    created: 'Created',
    sent: 'Sent',
    delivered: 'Delivered',
    opened: 'Opened',
    card_entry: 'Typing card',
    submitted: 'Submitted',
    fraud_check: 'Fraud check',
    challenge: 'Bank challenge',
    processing: 'Processing',
    paid: 'Paid',
    declined: 'Declined',
    expired: 'Expired',
    cancelled: 'Cancelled',
  } satisfies Record<Step, string>,
  stages: {
    created: 'Created',
    sent: 'Sent',
    delivered: 'Delivered',
    opened: 'Opened',
    card_entry: 'Card entry',
    submitted: 'Submitted',
    fraud_check: 'Fraud check',
    challenge: 'Bank challenge',
    outcome: 'Payment',
  } satisfies Record<StageName, string>,
  statuses: {
    active: 'Active',
    in_progress: 'In progress',
    partially_paid: 'Part paid',
    paid: 'Paid',
    expired: 'Expired',
    cancelled: 'Cancelled',
  } satisfies Record<LinkStatus, string>,
  deliveries: {
    queued: 'waiting to go out',
    sending: 'going out',
    sent: 'sent',
    delivered: 'delivered',
    read: 'read',
    failed: 'not delivered',
  } satisfies Record<DeliveryStatus, string>,
  roles: {
    agent: 'Agent',
    supervisor: 'Supervisor',
    admin: 'Admin',
    auditor: 'Auditor',
  } satisfies Record<Role, string>,
};

export const labels = spokenAs('labels', ENGLISH);

type Names = Partial<Record<string, string>>;

/** Within a sentence: "by SMS", "by email". */
export function channelLabel(channel: string): string {
  return (labels.channels as Names)[channel] ?? channel;
}

/** On its own: "SMS", "Email". */
export function channelTitle(channel: string): string {
  const label = channelLabel(channel);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

export function deviceLabel(device: string): string {
  return (labels.devices as Names)[device] ?? device;
}

/** "Persian", "Brazilian Portuguese": the language of a tag, in the console's own. */
export function languageLabel(tag: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function fieldLabel(field: string): string {
  return (labels.fields as Names)[field] ?? labels.fields.other;
}

export function stepLabel(step: string): string {
  return (labels.steps as Names)[step] ?? step.replaceAll('_', ' ');
}

export const fieldTitles = labels.fieldTitles;
export const fieldStates: Record<FieldState, string> = labels.fieldStates;
export const stepLabels: Record<Step, string> = labels.steps;
export const stageLabels: Record<StageName, string> = labels.stages;
export const statusLabels: Record<LinkStatus, string> = labels.statuses;
export const deliveryLabels: Record<DeliveryStatus, string> = labels.deliveries;
export const roleLabels: Record<Role, string> = labels.roles;
