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
    ['#/conversations', { screen: 'conversations', id: null }],
    ['#/conversations/cnv_1', { screen: 'conversations', id: 'cnv_1' }],
    ['#/customers/cus_1', { screen: 'customer', id: 'cus_1' }],
    ['#/customers', { screen: 'links' }],
    ['#/account', { screen: 'account' }],
    ['#/forgot', { screen: 'access', part: 'forgot', ticket: '' }],
    ['#/welcome/t-1', { screen: 'access', part: 'welcome', ticket: 't-1' }],
    ['#/reset', { screen: 'access', part: 'reset', ticket: '' }],
    ['#/sso/refused', { screen: 'sso', answer: null }],
    ['#/sso/s-1/c%2F1', { screen: 'sso', answer: { state: 's-1', code: 'c/1' } }],
    [
      '#/sso/s/c/https%3A%2F%2Fidp',
      { screen: 'sso', answer: { state: 's', code: 'c', iss: 'https://idp' } },
    ],
    ['#/floor', { screen: 'floor' }],
    ['#/reviews', { screen: 'reviews' }],
    ['#/reports/funnel', { screen: 'reports', part: 'funnel' }],
    ['#/settings/webhooks/whe_1', { screen: 'settings', part: 'webhooks', id: 'whe_1' }],
  ])('%s is a screen', (hash, expected) => {
    expect(routeOf(hash)).toEqual(expected);
  });

  it('of a link leads back to it', () => {
    expect(routeOf(paths.link('lnk_a/b'))).toEqual({ screen: 'link', id: 'lnk_a/b' });
  });
});
