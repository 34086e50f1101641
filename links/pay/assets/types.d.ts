/** The shapes that the pay page's scripts share; for the type checker only, never served. */

export type FieldName = "number" | "expiry" | "cvc";

export interface Config {
  base: string;
  nonce: string;
  page: string;
  revision: number;
  locale: string;
  amount: number;
  currency: string;
  amount_text: string;
  merchant: string;
  state: PayState;
  psp: { provider: string; publishable_key: string; script_url: string };
  attempt: string | null;
  texts: Record<string, string>;
}

export type PayState = "payable" | "in_progress" | "paid" | "expired" | "cancelled";

export interface Receipt {
  amount_text: string;
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
  amount_text: string;
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
