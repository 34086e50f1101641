import { describe, expect, it } from 'vitest';

import { paths, routeOf } from './route.svelte';

describe('an address', () => {
  it.each([
    ['', { screen: 'links' }],
    ['#/links', { screen: 'links' }],
    ['#/links/', { screen: 'links' }],
    ['#/new', { screen: 'new' }],
    ['#/links/lnk_1', { screen: 'link', id: 'lnk_1' }],
    ['#/links/%E0%A4%A', { screen: 'links' }],
    ['#/elsewhere', { screen: 'links' }],
  ])('%s is a screen', (hash, expected) => {
    expect(routeOf(hash)).toEqual(expected);
  });

  it('of a link leads back to it', () => {
    expect(routeOf(paths.link('lnk_a/b'))).toEqual({ screen: 'link', id: 'lnk_a/b' });
  });
});
