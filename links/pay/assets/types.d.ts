/** The shapes that the pay page's scripts share; for the type checker only, never served. */

export type FieldName = "number" | "expiry" | "cvc";

export interface Config {
  base: string;
  nonce: string;
  page: string;
  revision: number;
  locale: string;
  psp_locale: string;
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
  /** On the page of such a link after its end: the configuration is `base`, `multi` and this. */
  ended?: boolean;
  /** On the page of a link that ran out: `base`, `nonce`, `page`, and that a new one may be asked for. */
  renewable?: boolean;
  /** For how many seconds the page may wait for news; 0 or nothing: it asks now and then. */
  live?: number;
  merchant: string;
  /** Where agents see no more than opened, submitted and how it ended. */
  sharing?: "coarse";
  state: PayState;
  psp: {
    /** Whose fields these are; sent with each submission. */
    account: string;
    provider: string;
    /** Whether there are card fields on this page, or the customer pays at the PSP's own. */
    mode: "fields" | "redirect";
    publishable_key: string;
    script_url: string;
    config: Record<string, string>;
  };
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
  numbers: string;
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
    | "abandoned"
    | "review";
  attempt: string;
  /** How to get to the bank's challenge or the PSP's own page, in the PSP's way: one of the three. */
  client_secret?: string;
  url?: string;
  action?: object;
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
  description?: string;
  /** The link ends soon, and in how many minutes more if the customer asks for them. */
  ending?: Ending | null;
  /** Names this answer, for the next question. */
  seen?: string;
  /** Whether to ask again at once. */
  waits?: boolean;
  chat?: { messages: ChatMessage[]; cursor: string; whole: boolean };
}

export interface Ending {
  expires_at: string;
  seconds: number;
  minutes: number | null;
}

export interface ChatMessage {
  id: string;
  client_id: string | null;
  direction: "in" | "out";
  text: string;
  at: string;
  button: { label: string; url: string } | null;
}

/** What became of a request. `lost`: nobody knows whether it arrived. */
export type Answer<T> =
  | { kind: "ok"; body: T }
  | { kind: "refused"; status: number; code: string; retryAfterSeconds: number | null }
  | { kind: "lost" };

export type Activity = "active" | "typing" | "idle";

export interface ProgressExtra {
  field?: FieldName;
  code?: string;
  device?: "mobile" | "tablet" | "desktop" | undefined;
  by?: "pointer" | "touch" | "key" | "field";
  again?: boolean;
  /** Which wallet's button was pressed. */
  method?: string;
}

export interface FieldError {
  type?: string;
  code?: string;
  message?: string;
}

export interface FieldChange {
  empty: boolean;
  complete: boolean;
  error?: FieldError | undefined;
}

/** What a PSP's part tells the page of its fields. */
export interface FieldWatch {
  ready(name: FieldName): void;
  failed(): void;
  focused(name: FieldName): void;
  blurred(name: FieldName): void;
  changed(name: FieldName, change: FieldChange): void;
}

/** What the PSP's script got from the bank, for our server to hand in. */
export interface Details {
  details: object;
  paymentData?: string;
}

/** What the customer was shown and agreed to pay. */
export interface Agreed {
  amount: number;
  revision: number;
}

/** The PSP's name for a card, another one each time. */
export type Made = { id: string } | { error: FieldError };

/** One PSP, as the page needs it. */
export interface Adapter {
  mount(watch: FieldWatch): void;
  focus(name: FieldName): void;
  /** Empties these fields, or all of them where the PSP knows no less. */
  clear(names: FieldName[]): void;
  /** Says what is missing, where the PSP shows errors of its own. */
  showMissing?(): void;
  /** Of the card that was typed. */
  makeMethod(): Promise<Made>;
  /** Whether this result says how to get to the bank's challenge. */
  canChallenge(result: Result): boolean;
  /** Shows the bank's challenge; null where our server has nothing to hand in. */
  challenge(result: Result): Promise<Details | null>;
  /** Takes the challenge away again. */
  giveUp?(): void;
}

export interface AdapterModule {
  /** Whether the PSP's script has arrived. */
  isThere(): boolean;
  open(): Promise<Adapter>;
  /** What the bank's page put into our address on the way back. */
  detailsIn?(address: URLSearchParams): Details | null;
}

export interface StripeElement {
  mount(target: Element): void;
  on(event: "ready" | "focus" | "blur" | "loaderror", handler: () => void): unknown;
  on(event: "change", handler: (change: FieldChange) => void): unknown;
  update(options: object): void;
  focus(): void;
  clear(): void;
}

export interface StripeWallets {
  mount(target: Element): void;
  on(event: "ready", handler: (event: { availablePaymentMethods?: object | undefined }) => void): unknown;
  on(event: "loaderror", handler: () => void): unknown;
  on(event: "click", handler: (event: { expressPaymentType: string; resolve(details?: object): void }) => void): unknown;
  on(event: "confirm", handler: (event: { paymentFailed(details: { reason: "fail" }): void }) => void): unknown;
}

export interface StripeElements {
  create(type: "expressCheckout", options: object): StripeWallets;
  create(type: string, options: object): StripeElement;
  update(options: object): void;
  submit(): Promise<{ error?: FieldError }>;
}

export interface Stripe {
  elements(options: object): StripeElements;
  createPaymentMethod(
    what: { type: "card"; card: StripeElement } | { elements: StripeElements },
  ): Promise<{ paymentMethod?: { id: string }; error?: FieldError }>;
  handleNextAction(what: { clientSecret: string }): Promise<{ error?: FieldError }>;
}

export interface AdyenCardState {
  errors?: Record<string, unknown>;
}

export interface AdyenCard {
  data: { paymentMethod: Record<string, unknown>; browserInfo?: object };
  mount(target: Element): unknown;
  unmount(): unknown;
  setFocusOn(field: string): unknown;
  showValidation(): unknown;
}

export interface AdyenCore {
  createFromAction(
    action: object,
    options: {
      challengeWindowSize: string;
      onAdditionalDetails(state: { data: Details }): void;
      onError(): void;
    },
  ): { mount(target: Element): unknown; unmount(): unknown };
}

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

declare global {
  interface Window {
    Stripe?: (publishableKey: string) => Stripe;
    AdyenWeb?: {
      AdyenCheckout(options: object): Promise<AdyenCore>;
      Card: new (checkout: AdyenCore, options: object) => AdyenCard;
    };
    trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptUrlPolicy;
    };
  }
}
