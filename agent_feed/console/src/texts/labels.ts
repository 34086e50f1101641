/** Short names of things: channels, devices, steps, states. */
import type { DeliveryStatus, LinkStatus, Role, Step } from '../api/types';
import type { FieldState, StageName } from '../lib/track';

const CHANNELS: Partial<Record<string, string>> = {
  sms: 'SMS',
  email: 'email',
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  webchat: 'web chat',
  chatbot: 'chatbot',
  qr: 'QR code',
};

/** Within a sentence: "by SMS", "by email". */
export function channelLabel(channel: string): string {
  return CHANNELS[channel] ?? channel;
}

/** On its own: "SMS", "Email". */
export function channelTitle(channel: string): string {
  const label = channelLabel(channel);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

export function deviceLabel(device: string): string {
  if (device === 'mobile') return 'a phone';
  if (device === 'tablet') return 'a tablet';
  return device === 'desktop' ? 'a computer' : device;
}

/** "Persian", "Brazilian Portuguese": the language of a tag, in English. */
export function languageLabel(locale: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

const FIELDS: Partial<Record<string, string>> = {
  number: 'the card number',
  expiry: 'the expiry date',
  cvc: 'the security code',
};

export function fieldLabel(field: string): string {
  return FIELDS[field] ?? 'the card details';
}

export const fieldTitles = {
  number: 'Card number',
  expiry: 'Expiry date',
  cvc: 'Security code',
} as const;

export const fieldStates: Record<FieldState, string> = {
  todo: 'not yet',
  typing: 'being typed',
  done: 'complete',
  invalid: 'not accepted',
};

export const stepLabels: Record<Step, string> = {
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
};

export function stepLabel(step: string): string {
  return (stepLabels as Partial<Record<string, string>>)[step] ?? step.replaceAll('_', ' ');
}

export const stageLabels: Record<StageName, string> = {
  created: 'Created',
  sent: 'Sent',
  delivered: 'Delivered',
  opened: 'Opened',
  card_entry: 'Card entry',
  submitted: 'Submitted',
  fraud_check: 'Fraud check',
  challenge: 'Bank challenge',
  outcome: 'Payment',
};

export const statusLabels: Record<LinkStatus, string> = {
  active: 'Active',
  in_progress: 'In progress',
  partially_paid: 'Part paid',
  paid: 'Paid',
  expired: 'Expired',
  cancelled: 'Cancelled',
};

export const deliveryLabels: Record<DeliveryStatus, string> = {
  queued: 'waiting to go out',
  sending: 'going out',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'not delivered',
};

export const roleLabels: Record<Role, string> = {
  agent: 'Agent',
  supervisor: 'Supervisor',
  admin: 'Admin',
  auditor: 'Auditor',
};
