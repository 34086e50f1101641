/**
 * The API's objects as this console reads them (the public contract, version 1).
 *
 * Fields may be added by the service at any time; what an older service might leave out is optional here.
 */

export const STEPS = [
  'created',
  'sent',
  'delivered',
  'opened',
  'card_entry',
  'submitted',
  'fraud_check',
  'challenge',
  'processing',
  'paid',
  'declined',
  'expired',
  'cancelled',
] as const;
export type Step = (typeof STEPS)[number];

export const LINK_STATUSES = [
  'active',
  'in_progress',
  'partially_paid',
  'paid',
  'expired',
  'cancelled',
] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

export const DELIVERY_STATUSES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export type Role = 'agent' | 'supervisor' | 'admin' | 'auditor';

/** What somebody may be allowed to do, as the service names it; roles are made of these. */
export const PERMISSIONS = [
  'links.read',
  'links.write',
  'payments.read',
  'payments.write',
  'refunds.write',
  'payments.review',
  'transactions.read',
  'customers.read',
  'customers.write',
  'conversations.read',
  'conversations.write',
  'canned_replies.write',
  'guidance.write',
  'customers.erase',
  'events.read',
  'events.read_privileged',
  'merchant_wide',
  'reports.read',
  'users.read',
  'users.write',
  'keys.read',
  'keys.write',
  'settings.read',
  'settings.write',
  'webhooks.read',
  'webhooks.write',
  'page.accept',
  'embed.vouch',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
export type May = (permission: Permission) => boolean;

export interface User {
  id: string;
  name: string;
  email: string;
  role: Role;
  team: string | null;
}

export interface Colleague {
  id: string;
  name: string;
  role: Role;
  custom_role?: string | null;
  team: string | null;
}

export interface Merchant {
  id: string;
  name: string;
  currency: string;
}

export interface SignedIn {
  user: User;
  csrf_token: string;
  merchant?: Merchant;
  /** What they may do; told with the merchant. */
  permissions?: readonly Permission[];
  /** The name of a role that the merchant made. */
  role_name?: string | null;
  /** Where an app was set up on the way in: told once. */
  recovery_codes?: string[];
}

export interface Problem {
  code: string;
  customer_message: string;
  agent_hint: string;
  /** Where to try again when a message did not arrive. */
  next_channel?: string;
}

export interface Progress {
  step: Step;
  since: string;
  present: boolean;
  device: string | null;
  channel: string | null;
  attempts: number;
  problem: Problem | null;
  /** `coarse`: the customer's page tells no more than opened, submitted and how it ended. */
  sharing?: 'full' | 'coarse';
  /** What the customer reads the page in; an older service does not say. */
  locale?: string | null;
}

export interface MessageProblem {
  code: string;
  detail: string;
}

export interface Message {
  id: string;
  channel: string;
  to: string;
  status: DeliveryStatus;
  problem: MessageProblem | null;
  /** When the same link went out again. */
  superseded_at?: string | null;
  /** `receipt` for one that confirms a payment and carries no link. */
  purpose?: string | null;
  created_at: string;
}

/** A message with what it says. */
export interface Said {
  id: string;
  direction: 'in' | 'out';
  text: string;
  agent: string | null;
  created_at: string;
  card_number_masked: boolean;
}

export interface CustomerSummary {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** Handles by their kind: "telegram", "webchat". */
  handles?: Partial<Record<string, string>>;
}

export interface Customer extends CustomerSummary {
  external_id: string | null;
  locale: string | null;
  created_at: string;
}

export interface Link {
  id: string;
  url: string;
  /** What the customer sees on the page as well; null once they were erased. */
  check_code?: string | null;
  status: LinkStatus;
  amount: number;
  currency: string;
  amount_paid: number;
  description: string;
  reference: string | null;
  payment: string;
  customer: string | null;
  agent: string | null;
  created_at: string;
  expires_at: string;
  messages: Message[];
  customer_summary: CustomerSummary | null;
  progress: Progress;
  /** `multi`: each customer who opens it has a payment of their own. */
  usage?: 'single' | 'multi';
  minimum_amount?: number | null;
  /** Of a big link: what the second person said, if they have. */
  approval?: Approval | null;
  superseded_by?: string | null;
  payments_count?: number;
  payments_paid_count?: number;
  /** The journal position this answer is true at, where the service says so. */
  as_of?: number;
}

export type Approval = 'waiting' | 'approved' | 'rejected';

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
  as_of: number;
}

/** What can be typed. The others are handles: what a network calls a customer who has written first. */
export type TypedAddress = 'phone' | 'email';

export interface Channel {
  channel: string;
  label: string;
  /** Which of the customer's addresses it goes to: one that is typed, or a network's handle. */
  address: string;
}

export interface TypedChannel extends Channel {
  address: TypedAddress;
}

export interface JournalEvent {
  id: string;
  position: number;
  type: string;
  occurred_at: string;
  merchant: string;
  link: string | null;
  payment: string | null;
  attempt: string | null;
  customer: string | null;
  conversation: string | null;
  agent: string | null;
  channel: string | null;
  /** Who did it, which is not always whose work it is: `user:usr_…`, `key:key_…`, `customer`, `system`. */
  actor?: string;
  data: Record<string, unknown>;
}

export interface CustomerDraft {
  name?: string;
  email?: string;
  phone?: string;
}

export interface LinkDraft {
  amount: number;
  currency: string;
  description: string;
  reference?: string;
  /** Who is typed, or the id of one who is known. */
  customer?: CustomerDraft | string;
  locale?: string;
  expires_in: number;
  usage?: 'multi';
  minimum_amount?: number;
  send?: { channel: string; to?: string }[];
  /** The link whose payment it asks for anew. */
  supersedes?: string;
}

export interface LinkFilter {
  agent?: string;
  status?: string;
  q?: string;
  limit?: number;
  cursor?: string;
}
