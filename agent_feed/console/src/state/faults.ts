/** What the service found wrong in a form, by field. */
import { Refusal } from '../api/problem';

/** From pointers such as `/brand/accent`, of one kind of settings alone where it is named. */
export function faultsByField(failure: unknown, kind?: string): Record<string, string> {
  if (!(failure instanceof Refusal)) return {};
  const found = failure.errors.map(({ pointer, detail }): [string, string] => {
    const [first = '', ...rest] = pointer.split('/').slice(1);
    return kind === undefined ? [[first, ...rest].join('.'), detail] : [rest.join('.'), detail];
  });
  return Object.fromEntries(found.filter(([name]) => name !== ''));
}
