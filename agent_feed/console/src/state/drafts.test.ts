import { beforeEach, describe, expect, it } from 'vitest';

import type { Channel } from '../api/types';
import { HeldService } from '../testing/held_service';
import { aLink } from '../testing/samples';
import { texts } from '../texts';
import { Drafts } from './drafts.svelte';

const CHANNELS: Channel[] = [{ channel: 'sms', label: 'SMS', address: 'phone' }];
const RETRY_MS = 750;

let service: HeldService;
let drafts: Drafts;

beforeEach(() => {
  service = new HeldService();
  drafts = new Drafts(service.client);
  Object.assign(drafts.form, { amount: '49.99', description: 'Boiler', qrOnly: true });
});

const keys = (): string[] =>
  service.asked.map(
    (each) => (each.init.headers as Record<string, string>)['Idempotency-Key'] ?? '',
  );

describe('a draft', () => {
  it('is sent once, however often Send is pressed', async () => {
    const first = drafts.send(CHANNELS);
    expect(await drafts.send(CHANNELS)).toBe(null);
    expect(service.asked).toHaveLength(1);
    await service.answer('/v1/links', aLink(), 201);
    expect((await first)?.id).toBe('lnk_1');
    expect(await drafts.send(CHANNELS)).toBe(null);
  });

  it('that is not complete is not sent, and says what is missing', async () => {
    drafts.form.description = '';
    expect(await drafts.send(CHANNELS)).toBe(null);
    expect(service.asked).toEqual([]);
    expect(drafts.faults.description).toBe(texts.composer.faults.description);
  });

  it('without an answer goes again by itself under the same key, then waits for the agent', async () => {
    const sending = drafts.send(CHANNELS);
    const [key] = keys();
    await service.lose('/v1/links');
    await new Promise((resume) => setTimeout(resume, RETRY_MS));
    expect(keys()).toEqual([key]);
    await service.lose('/v1/links');
    expect(await sending).toBe(null);
    expect([drafts.isFrozen, drafts.general]).toEqual([true, texts.composer.unknownFate]);

    drafts.form.amount = '1.00';
    const again = drafts.send(CHANNELS);
    expect(keys()).toEqual([key]);
    expect(service.asked[0]?.init.body).toContain('4999');
    await service.answer('/v1/links', aLink(), 201);
    expect((await again)?.id).toBe('lnk_1');
  });

  it('that is refused shows why at the field, keeps what was typed and gets another key', async () => {
    const sending = drafts.send(CHANNELS);
    const [key] = keys();
    await service.answer(
      '/v1/links',
      { errors: [{ pointer: '/amount', detail: 'Too much.' }] },
      422,
    );
    expect(await sending).toBe(null);
    expect([drafts.faults.amount, drafts.form.amount]).toEqual(['Too much.', '49.99']);
    void drafts.send(CHANNELS);
    expect(keys()).not.toEqual([key]);
  });

  it('survives the end of the session as it was typed', async () => {
    const sending = drafts.send(CHANNELS);
    await service.answer('/v1/links', { code: 'unauthenticated' }, 401);
    expect(await sending).toBe(null);
    expect([drafts.form.description, drafts.general, drafts.isFrozen]).toEqual([
      'Boiler',
      null,
      false,
    ]);
  });

  it("begins in the merchant's currency, but never changes one that was chosen", () => {
    const fresh = new Drafts(service.client);
    fresh.prepare('JPY');
    expect(fresh.form.currency).toBe('JPY');
    fresh.touched('amount');
    fresh.prepare('EUR');
    expect(fresh.form.currency).toBe('JPY');
  });
});

describe('an answer to who wrote', () => {
  const jane = {
    id: 'cus_1',
    name: 'Jane Doe',
    phone: '+447700900123',
    email: null,
    handles: { telegram: '42' },
  };
  const begin = (channel: string, from: string | null) => {
    drafts.reply('GBP', { customer: jane, channel, from });
    Object.assign(drafts.form, { amount: '49.99', description: 'Boiler' });
  };
  const sent = () => JSON.parse(service.asked[0]?.init.body as string) as Record<string, unknown>;

  it('goes to the customer at the address they wrote from', () => {
    begin('sms', '+447700900456');
    void drafts.send(CHANNELS);
    expect(sent()).toMatchObject({
      customer: 'cus_1',
      send: [{ channel: 'sms', to: '+447700900456' }],
    });
  });

  it('sets aside what was typed for another link, until it is brought back', () => {
    drafts.touched('amount');
    Object.assign(drafts.form, { amount: '120', description: 'Roof' });
    begin('sms', '+447700900456');
    expect(drafts.aside).toMatchObject({ amount: '120', description: 'Roof' });
    drafts.clear('GBP');
    expect(drafts.form.amount).toBe('');
    drafts.bringBack();
    expect(drafts.form).toMatchObject({ amount: '120', description: 'Roof', replyTo: null });
    expect(drafts.aside).toBeNull();
  });

  it('sets nothing aside where nothing was typed', () => {
    begin('sms', '+447700900456');
    expect(drafts.aside).toBeNull();
  });

  it('goes by a network whose handles nobody types', () => {
    begin('telegram', '42');
    void drafts.send([
      ...CHANNELS,
      { channel: 'telegram', label: 'Telegram', address: 'telegram' },
    ]);
    expect(sent()).toMatchObject({ customer: 'cus_1', send: [{ channel: 'telegram' }] });
  });

  it('is for somebody else once another customer is typed', () => {
    begin('sms', null);
    drafts.form.phone = '+447700900789';
    drafts.touched('phone');
    void drafts.send(CHANNELS);
    expect(sent()).toMatchObject({
      customer: { name: 'Jane Doe', phone: '+447700900789' },
      send: [{ channel: 'sms' }],
    });
  });

  it('leaves alone what may have gone out already', async () => {
    const sending = drafts.send(CHANNELS);
    begin('sms', null);
    expect(drafts.form.replyTo).toBe(null);
    await service.answer('/v1/links', aLink(), 201);
    await sending;
  });
});
