import { beforeEach, describe, expect, it } from 'vitest';

import type { SignedIn } from '../api/types';
import { HeldService } from '../testing/held_service';
import { Session } from './session.svelte';

const user = (id: string) => ({ id, name: 'Ann', email: 'a@b.co', role: 'agent', team: null });
const answer = (id = 'usr_1') => ({
  user: user(id),
  csrf_token: 'token',
  merchant: { id: 'mer_1', name: 'Acme', currency: 'GBP' },
});

let service: HeldService;
let session: Session;
const nobodyElse = () => {
  throw new Error('the same person signed in');
};

beforeEach(() => {
  service = new HeldService();
  session = new Session();
});

describe('a session', () => {
  it('is taken up where the cookie still stands', async () => {
    void session.resume(service.client);
    await service.answer('/v1/sessions/current', answer());
    expect([session.status, session.csrfToken]).toEqual(['signed_in', 'token']);
  });

  it('lets its person do what the service says, and what it says later', async () => {
    void session.resume(service.client);
    expect(session.may('links.write')).toBe(false);
    const told = { permissions: ['links.write'], role_name: 'Desk' };
    await service.answer('/v1/sessions/current', { ...answer(), ...told });
    expect([session.may('links.write'), session.may('refunds.write')]).toEqual([true, false]);
    expect(session.roleName).toBe('Desk');
    session.renew({ ...answer(), permissions: ['refunds.write'] } as SignedIn);
    expect([session.may('links.write'), session.may('refunds.write')]).toEqual([false, true]);
    session.renew({ ...answer('usr_2'), permissions: [] } as unknown as SignedIn);
    expect(session.may('refunds.write')).toBe(true);
  });

  it('is not there, or not to be reached', async () => {
    void session.resume(service.client);
    await service.answer('/v1/sessions/current', {}, 401);
    expect(session.status).toBe('signed_out');
    void session.resume(service.client);
    await service.lose('/v1/sessions/current');
    await service.lose('/v1/sessions/current');
    expect(session.status).toBe('unreachable');
  });

  it('that ends is remembered, and goes on when the same person signs in', async () => {
    void session.signIn(service.client, 'a@b.co', 'x', nobodyElse);
    await service.answer('/v1/sessions', answer(), 201);
    session.end();
    expect([session.status, session.user?.id]).toEqual(['expired', 'usr_1']);
    void session.signIn(service.client, 'a@b.co', 'x', nobodyElse);
    await service.answer('/v1/sessions', answer(), 201);
    expect(session.status).toBe('signed_in');
  });

  it('shows nothing of one person to another', async () => {
    void session.signIn(service.client, 'a@b.co', 'x', nobodyElse);
    await service.answer('/v1/sessions', answer(), 201);
    session.end();
    let started = 0;
    void session.signIn(service.client, 'c@d.co', 'x', () => (started += 1));
    await service.answer('/v1/sessions', answer('usr_2'), 201);
    expect([started, session.user?.id]).toEqual([1, 'usr_1']);
  });

  it('does not end twice: who never signed in has none to end', () => {
    session.end();
    expect(session.status).toBe('unknown');
  });
});
