/** The link being composed. It outlives its screen and an expired session; it is in memory alone. */
import type { Client, KnownCustomer } from '../api/client';
import { isSessionOver } from '../api/http';
import type { FoundCustomer } from '../api/finding';
import { Refusal } from '../api/problem';
import type { Channel, CustomerSummary, Link, LinkDraft } from '../api/types';
import { failureText, texts } from '../texts';
import {
  bestChannels,
  compose,
  emptyForm,
  faultsFrom,
  type FieldFaults,
  type Form,
  looksLikeEmail,
  looksLikePhone,
  tidyPhone,
} from './composing';
import { created, failed, isFateUnknown, pressed, type Submission, unsent } from './submission';
import type { Template } from './templates.svelte';

/** Before the agent is asked, a form without an answer goes once more by itself, under the same key. */
const QUIET_RETRIES = 1;

/** Who wrote, by which channel, and from where: an address, or a network's handle. */
export interface Reply {
  customer: CustomerSummary;
  channel: string;
  from: string | null;
}

export class Drafts {
  form = $state<Form>(emptyForm('GBP'));
  faults = $state.raw<FieldFaults>({});
  /** What is wrong beyond any one field. */
  general = $state<string | null>(null);
  readings = $state.raw<readonly number[]>([]);
  known = $state.raw<KnownCustomer | null>(null);
  submission = $state.raw<Submission<LinkDraft>>(unsent(crypto.randomUUID()));
  /** What was typed when a reply took the form's place. */
  aside = $state.raw<Form | null>(null);
  private isTouched = false;

  constructor(private readonly client: Client) {}

  get isSending(): boolean {
    return this.submission.fate === 'sending';
  }

  get isFrozen(): boolean {
    return this.submission.fate === 'unknown' || this.isSending;
  }

  /** Whether anybody has typed into it. */
  get isBegun(): boolean {
    return this.isTouched;
  }

  /** Begins with the merchant's currency, unless something was typed already. */
  prepare(currency: string | undefined): void {
    if (!this.isTouched && currency !== undefined) this.form.currency = currency;
  }

  /** Goes on with what was typed before the page was loaded anew. */
  resume(form: Form): void {
    this.form = form;
    this.isTouched = true;
  }

  touched(field: keyof FieldFaults): void {
    this.isTouched = true;
    if (field === 'name' || field === 'phone' || field === 'email') {
      this.form.replyTo = null;
      this.form.customer = null;
    }
    if (field === 'amount' || field === 'currency') this.readings = [];
    if (this.faults[field] !== undefined) this.faults = { ...this.faults, [field]: undefined };
  }

  /** Checks one field when it is left, so that nothing is called wrong while it is being typed. */
  check(field: keyof FieldFaults, channels: readonly Channel[]): void {
    const composed = compose(this.form, channels);
    this.faults = { ...this.faults, [field]: composed.faults[field] };
    if (field === 'amount') this.readings = composed.readings;
  }

  /** Sends the form. Returns the link, or null where there is something to correct or to try again. */
  async send(channels: readonly Channel[]): Promise<Link | null> {
    if (this.isSending) return null;
    let draft = this.submission.fate === 'unknown' ? this.submission.body : null;
    if (draft === null) {
      const composed = compose(this.form, channels);
      this.faults = composed.faults;
      this.readings = composed.readings;
      this.general = null;
      draft = composed.draft;
    }
    if (draft === null) return null;
    const sending = pressed(this.submission, draft);
    if (sending === null) return null;
    this.submission = sending;
    return await this.deliver(sending, sending.body ?? draft, channels);
  }

  /** A clean form, with another key. */
  clear(currency: string): void {
    // After a reply has gone, what it displaced is still to be done.
    if (this.form.replyTo === null) this.aside = null;
    this.form = emptyForm(currency);
    this.faults = {};
    this.general = null;
    this.readings = [];
    this.known = null;
    this.submission = unsent(crypto.randomUUID());
    this.isTouched = false;
  }

  /** A clean form for who wrote by a channel; one that is on its way, or may be, stays as it is. */
  reply(currency: string, to: Reply): void {
    if (this.isFrozen) return;
    const typed = this.isTouched && hasWords(this.form) ? $state.snapshot(this.form) : this.aside;
    this.clear(currency);
    this.aside = typed;
    const { customer, channel, from } = to;
    Object.assign(this.form, {
      name: customer.name ?? '',
      phone: from !== null && looksLikePhone(from) ? tidyPhone(from) : (customer.phone ?? ''),
      email: from !== null && looksLikeEmail(from) ? from.trim() : (customer.email ?? ''),
      channels: [channel],
      replyTo: { customer: customer.id, channel },
    });
    this.isTouched = true;
  }

  /** What was set aside is the form again, and what stood in it goes. */
  bringBack(): void {
    if (this.isFrozen || this.aside === null) return;
    const typed = this.aside;
    this.clear(typed.currency);
    this.aside = null;
    this.resume(typed);
  }

  /** Fills in a customer who was found, by the channel that reaches them best. */
  choose(found: FoundCustomer, channels: readonly Channel[]): void {
    if (this.isFrozen) return;
    const { form } = this;
    Object.assign(form, {
      name: found.name ?? '',
      phone: found.phone ?? '',
      email: found.email ?? '',
      locale: '',
      customer: found.id,
      replyTo: null,
    });
    if (!form.qrOnly) form.channels = bestChannels(found, channels);
    this.faults = {};
    this.isTouched = true;
  }

  /** Fills in what a template keeps; who pays stays. */
  fill(template: Template): void {
    if (this.isFrozen) return;
    const { amount, currency, description, expiry, customAmount, customUnit } = template;
    Object.assign(this.form, { amount, currency, description, expiry, customAmount, customUnit });
    this.faults = {};
    this.readings = [];
    this.isTouched = true;
  }

  private async deliver(
    sending: Submission<LinkDraft>,
    draft: LinkDraft,
    channels: readonly Channel[],
  ): Promise<Link | null> {
    try {
      const link = await this.tryToDeliver(draft, sending.key);
      this.submission = created(sending);
      this.general = null;
      return link;
    } catch (failure) {
      this.submission = failed(sending, failure, crypto.randomUUID());
      this.explain(failure, draft, channels);
      return null;
    }
  }

  private async tryToDeliver(draft: LinkDraft, key: string): Promise<Link> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await this.client.createLink(draft, key);
      } catch (failure) {
        if (retries >= QUIET_RETRIES || !isFateUnknown(failure)) throw failure;
        await new Promise((resume) => setTimeout(resume, 700));
      }
    }
  }

  private explain(failure: unknown, draft: LinkDraft, channels: readonly Channel[]): void {
    if (isFateUnknown(failure)) {
      this.general = texts.composer.unknownFate;
      return;
    }
    // The dialog to sign in again says all there is to say.
    if (isSessionOver(failure)) return;
    if (!(failure instanceof Refusal)) {
      this.general = failureText(failure);
      return;
    }
    const { faults, others } = faultsFrom(failure.errors, draft, channels);
    this.faults = faults;
    const hasFaults = Object.keys(faults).length > 0;
    this.general =
      others.length > 0
        ? others.join(' ')
        : hasFaults
          ? texts.composer.refused
          : failureText(failure);
  }
}

/** Whether something was typed that a reply would not fill in by itself. */
function hasWords(form: Form): boolean {
  return [form.amount, form.description, form.reference].some((each) => each.trim() !== '');
}
