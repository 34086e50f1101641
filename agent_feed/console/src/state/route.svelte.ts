/** Which screen the address asks for: `#/links`, `#/links/lnk_…`, `#/new`. */

export type Route = { screen: 'links' } | { screen: 'link'; id: string } | { screen: 'new' };

export function routeOf(hash: string): Route {
  const [first = '', second = ''] = hash.replace(/^#\/?/, '').split('/');
  if (first === 'new') return { screen: 'new' };
  if (first === 'links' && second !== '') {
    try {
      return { screen: 'link', id: decodeURIComponent(second) };
    } catch {
      return { screen: 'links' };
    }
  }
  return { screen: 'links' };
}

export const paths = {
  links: '#/links',
  new: '#/new',
  link: (id: string) => `#/links/${encodeURIComponent(id)}`,
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
