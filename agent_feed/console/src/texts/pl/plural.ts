/** Polska liczba mnoga: 1 link, 2 linki, 5 linków. */
const RULES = new Intl.PluralRules('pl');

export function plural(count: number, forms: { one: string; few: string; many: string }): string {
  const rule = RULES.select(count);
  return rule === 'one' ? forms.one : rule === 'few' ? forms.few : forms.many;
}
