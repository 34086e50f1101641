/** The shapes that the pay page's scripts share; for the type checker only, never served. */

export type FieldName = "number" | "expiry" | "cvc";

export interface Config {
  base: string;
  nonce: string;
  page: string;
  revision: number;
  locale: string;
  /** All that is due, in minor units. */
  amount: number;
  amount_text: string;
  /** The least that may be chosen; null where there is nothing to choose. */
  minimum: number | null;
  /** A part must leave nothing, or at least this much. */
  leftover: number;
  currency: string;
  format: MoneyForm;
  /** Whether each customer who pays has a payment of their own. */
  multi: boolean;
  merchant: string;
  state: PayState;
  psp: { provider: string; publishable_key: string; script_url: string };
  attempt: string | null;
  texts: Record<string, string>;
}

export type PayState = "payable" | "in_progress" | "paid" | "expired" | "cancelled" | "superseded" | "not_ready";

/** How amounts are written: the sizes of the groups of digits count from the right, and the second repeats. */
export interface MoneyForm {
  prefix: string;
  suffix: string;
  decimal: string;
  group: string;
  grouping: [number, number];
  exponent: number;
}

export interface Receipt {
  amount_text: string;
  total_text?: string | null;
  remaining_text?: string | null;
  reference: string | null;
  merchant: string;
  paid_at: string;
  card: string | null;
  payment: string;
}

export interface Result {
  status:
    | "paid"
    | "authorised"
    | "processing"
    | "challenge"
    | "declined"
    | "waiting"
    | "elsewhere"
    | "abandoned";
  attempt: string;
  client_secret?: string;
  problem?: { code: string; customer_message: string; retryable: boolean };
  receipt?: Receipt | null;
}

export interface State {
  state: PayState;
  amount: number;
  amount_text: string;
  minimum: number | null;
  leftover: number;
  revision: number;
  attempt: string | null;
  result: Result | null;
  receipt: Receipt | null;
}

/** What became of a request. `lost`: nobody knows whether it arrived. */
export type Answer<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; status: number; code: string; retryAfterSeconds: number | null }
  | { kind: "lost" };

export interface ProgressExtra {
  field?: FieldName;
  code?: string;
  device?: "mobile" | "tablet" | "desktop" | undefined;
  by?: "pointer" | "touch" | "key" | "field";
  again?: boolean;
}

export interface ElementError {
  type?: string;
  code?: string;
  message?: string;
}

export interface ElementChange {
  empty: boolean;
  complete: boolean;
  error?: ElementError | undefined;
}

export interface PspElement {
  mount(target: Element): void;
  on(event: "ready" | "focus" | "blur", handler: () => void): unknown;
  on(event: "loaderror", handler: () => void): unknown;
  on(event: "change", handler: (change: ElementChange) => void): unknown;
  update(options: object): void;
  focus(): void;
  clear(): void;
}

export interface Psp {
  elements(options: object): { create(type: string, options: object): PspElement };
  createPaymentMethod(what: {
    type: "card";
    card: PspElement;
  }): Promise<{ paymentMethod?: { id: string }; error?: ElementError }>;
  handleNextAction(what: { clientSecret: string }): Promise<{ error?: ElementError }>;
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => Psp;
    trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
    };
  }
}
