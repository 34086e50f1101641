/** What a sentence about an event is made of, in the language's own short names: each language orders them itself. */
import type { JournalEvent } from '../api/types';
import { channelOf, numberIn, objectIn, textIn } from '../lib/data';
import { formatAmount } from '../lib/money';
import { capital, spoken } from '../lib/words';
import { channelLabel, deviceLabel, fieldLabel, languageLabel } from './labels';

/** Whose work it is, or who did it. */
export type Who =
  | { kind: 'you' }
  | { kind: 'person'; name: string }
  | { kind: 'colleague' | 'software' | 'system' };

export class Parts {
  constructor(
    readonly who: Who,
    readonly event: JournalEvent,
  ) {}

  text(name: string): string | null {
    return textIn(this.event, name);
  }

  number(name: string): number | null {
    return numberIn(this.event, name);
  }

  /** As it stands within a sentence. */
  get channel(): string | null {
    const channel = channelOf(this.event);
    return channel === null ? null : channelLabel(channel);
  }

  get device(): string | null {
    const device = this.text('device');
    return device === null ? null : deviceLabel(device);
  }

  get language(): string | null {
    const tag = this.text('locale');
    return tag === null ? null : languageLabel(tag);
  }

  get field(): string {
    return fieldLabel(this.text('field') ?? '');
  }

  get amount(): string | null {
    const amount = this.number('amount');
    const currency = this.text('currency');
    return amount === null || currency === null ? null : formatAmount(amount, currency);
  }

  get isReceipt(): boolean {
    return this.text('purpose') === 'receipt';
  }

  /** The card that paid: brand, last four digits, and the wallet that it is in. */
  get card(): { brand: string; last4: string; wallet: string | null } | null {
    const used = objectIn(this.event, 'card');
    if (typeof used?.brand !== 'string' || typeof used.last4 !== 'string') return null;
    return {
      brand: capital(used.brand),
      last4: used.last4,
      wallet: typeof used.wallet === 'string' ? walletLabel(used.wallet) : null,
    };
  }

  get method(): string {
    return walletLabel(this.text('method') ?? 'card');
  }

  /** Why, in the words of whoever told, without a full stop; '' where nobody did. */
  get reason(): string {
    const problem = objectIn(this.event, 'problem');
    const told = typeof problem?.detail === 'string' ? problem.detail : this.text('detail');
    return (told ?? '').replace(/\.$/, '');
  }

  /** Whether the event names somebody whose work it is. */
  get isSomebodys(): boolean {
    return this.event.agent !== null;
  }
}

const WALLETS: Partial<Record<string, string>> = {
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  link: 'Link',
};

function walletLabel(wallet: string): string {
  return WALLETS[wallet] ?? spoken(wallet);
}
