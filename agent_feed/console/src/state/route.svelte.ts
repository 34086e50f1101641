/** Which screen the address asks for: `#/links`, `#/links/lnk_…`, `#/new`, `#/conversations/cnv_…`, `#/reports/funnel`. */

/** What a provider of single sign-on sent back with the browser. */
export interface SsoAnswer {
  state: string;
  code: string;
  iss?: string;
}

export type Route =
  | { screen: 'links' }
  | { screen: 'link'; id: string }
  | { screen: 'new' }
  | { screen: 'conversations'; id: string | null }
  | { screen: 'customer'; id: string }
  | { screen: 'floor' }
  | { screen: 'reviews' }
  | { screen: 'reports'; part: string | null }
  | { screen: 'settings'; part: string | null; id: string | null }
  | { screen: 'account' }
  /** Ways in for who is not signed in; the ticket of a letter stands behind the `#`, where no server logs it. */
  | { screen: 'sso'; answer: SsoAnswer | null }
  | { screen: 'access'; part: 'welcome' | 'reset' | 'forgot'; ticket: string };

export function routeOf(hash: string): Route {
  const [first, second = null, third = null, fourth = null] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map(decoded);
  switch (first) {
    case 'new':
      return { screen: 'new' };
    case 'links':
      return second === null ? { screen: 'links' } : { screen: 'link', id: second };
    case 'conversations':
      return { screen: 'conversations', id: second };
    case 'customers':
      return second === null ? { screen: 'links' } : { screen: 'customer', id: second };
    case 'floor':
      return { screen: 'floor' };
    case 'reviews':
      return { screen: 'reviews' };
    case 'reports':
      return { screen: 'reports', part: second };
    case 'settings':
      return { screen: 'settings', part: second, id: third };
    case 'account':
      return { screen: 'account' };
    case 'sso':
      return { screen: 'sso', answer: ssoAnswer(second, third, fourth) };
    case 'forgot':
      return { screen: 'access', part: 'forgot', ticket: '' };
    case 'welcome':
    case 'reset':
      return { screen: 'access', part: first, ticket: second ?? '' };
    default:
      return { screen: 'links' };
  }
}

export const paths = {
  links: '#/links',
  new: '#/new',
  link: (id: string) => `#/links/${encodeURIComponent(id)}`,
  conversations: '#/conversations',
  conversation: (id: string) => `#/conversations/${encodeURIComponent(id)}`,
  customer: (id: string) => `#/customers/${encodeURIComponent(id)}`,
  floor: '#/floor',
  reviews: '#/reviews',
  reports: '#/reports',
  report: (part: string) => `#/reports/${encodeURIComponent(part)}`,
  settings: '#/settings',
  account: '#/account',
  forgot: '#/forgot',
  setting: (part: string, id?: string) =>
    `#/settings/${encodeURIComponent(part)}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`,
} as const;

export class Router {
  route = $state.raw<Route>(routeOf(location.hash));

  start(): () => void {
    const follow = () => {
      this.route = routeOf(location.hash);
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }

  go(path: string): void {
    location.hash = path;
  }
}

function ssoAnswer(state: string | null, code: string | null, iss: string | null) {
  if (state === null || code === null) return null;
  return iss === null ? { state, code } : { state, code, iss };
}

/** A piece of an address, or null where there is none or it cannot be read. */
function decoded(piece: string): string | null {
  if (piece === '') return null;
  try {
    return decodeURIComponent(piece);
  } catch {
    return null;
  }
}
