/** What is asked for again and again, kept in this browser: no customer, no reference, nothing personal. */
import type { Form } from './composing';

export type Template = Pick<
  Form,
  'amount' | 'currency' | 'description' | 'expiry' | 'customAmount' | 'customUnit'
> & { name: string };

export const TEMPLATES_MAX = 8;
const KEY = 'paythread.templates';
const NAME_LENGTH_MAX = 40;
const FIELDS = [
  'amount',
  'currency',
  'description',
  'expiry',
  'customAmount',
  'customUnit',
] as const;

export class Templates {
  list = $state.raw<readonly Template[]>([]);

  constructor(
    private readonly store: Pick<Storage, 'getItem' | 'setItem'> | null,
    /** Whose: two people may share a browser. */
    private readonly user: string,
  ) {
    this.list = read(this.raw());
  }

  /** Keeps it; one of the same name is replaced. False where there is no room. */
  save(name: string, form: Form): boolean {
    const kept: Template = {
      name: name.trim().slice(0, NAME_LENGTH_MAX),
      amount: form.amount.trim(),
      currency: form.currency,
      description: form.description.trim(),
      expiry: form.expiry,
      customAmount: form.customAmount,
      customUnit: form.customUnit,
    };
    const others = this.list.filter((each) => each.name !== kept.name);
    if (others.length >= TEMPLATES_MAX) return false;
    this.write([...others, kept]);
    return true;
  }

  forget(name: string): void {
    this.write(this.list.filter((each) => each.name !== name));
  }

  private get key(): string {
    return `${KEY}.${this.user}`;
  }

  private raw(): string | null {
    try {
      return this.store?.getItem(this.key) ?? null;
    } catch {
      return null;
    }
  }

  private write(list: readonly Template[]): void {
    this.list = list;
    try {
      this.store?.setItem(this.key, JSON.stringify(list));
    } catch {
      // A browser that keeps nothing: they last as long as the page.
    }
  }
}

/** Whatever is no list of templates is none: another version may have written it. */
function read(raw: string | null): Template[] {
  if (raw === null) return [];
  try {
    const value: unknown = JSON.parse(raw);
    return Array.isArray(value) ? value.filter(isTemplate).slice(0, TEMPLATES_MAX) : [];
  } catch {
    return [];
  }
}

function isTemplate(value: unknown): value is Template {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<string, unknown>;
  return [...FIELDS, 'name'].every((field) => typeof fields[field] === 'string');
}
