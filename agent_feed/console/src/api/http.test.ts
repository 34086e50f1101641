import { describe, expect, it } from 'vitest';

import { Client } from './client';
import { Http, type HttpHooks } from './http';
import { NoAnswer, Refusal } from './problem';

interface Sent {
  path: string;
  init: RequestInit;
}

type Answer = Response | Error;

/** A service that answers as told, one answer a request, and remembers what it was asked. */
function service(...answers: Answer[]) {
  const sent: Sent[] = [];
  const over: string[] = [];
  const hooks: HttpHooks = {
    csrfToken: () => 'token-1',
    onSessionOver: () => over.push('over'),
    onNotAllowed: () => over.push('not allowed'),
    onServerTime: () => undefined,
  };
  const http = new Http(hooks, (path, init) => {
    sent.push({ path: path as string, init: init ?? {} });
    const answer = answers.shift() ?? new Error('asked too often');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  return { http, client: new Client(http), sent, over };
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (failure: unknown) => failure,
  );
}

describe('a request', () => {
  it('carries the CSRF token and the key when it writes, neither when it reads', async () => {
    const { client, sent } = service(json(201, { id: 'lnk_1' }), json(200, { data: [] }));
    await client.createLink(
      { amount: 1, currency: 'GBP', description: 'x', expires_in: 60 },
      'key-1',
    );
    await client.links({ agent: 'me', q: 'a b&c', status: '' });
    expect(sent[0]?.init.headers).toMatchObject({
      'X-CSRF-Token': 'token-1',
      'Idempotency-Key': 'key-1',
      'Content-Type': 'application/json',
    });
    expect(sent[1]?.init.headers).toEqual({ Accept: 'application/json' });
    expect(sent[1]?.path).toBe('/v1/links?agent=me&q=a+b%26c');
  });

  it('that is refused says why, with the fields', async () => {
    const { client } = service(
      json(422, {
        code: 'invalid',
        detail: 'No.',
        errors: [{ pointer: '/amount', detail: 'Low' }],
      }),
    );
    const failure = await failureOf(client.link('lnk_1'));
    expect(failure).toBeInstanceOf(Refusal);
    expect(failure).toMatchObject({
      status: 422,
      code: 'invalid',
      errors: [{ pointer: '/amount', detail: 'Low' }],
    });
  });

  it('reads how long to wait', async () => {
    const { client } = service(json(429, {}, { 'retry-after': '90' }));
    expect(await failureOf(client.link('lnk_1'))).toMatchObject({ retryAfterSeconds: 90 });
  });

  it("bears a stranger's error page", async () => {
    const { client } = service(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    expect(await failureOf(client.link('lnk_1'))).toMatchObject({ status: 502, code: 'http_502' });
  });

  it('that only reads is tried twice, one that writes once', async () => {
    const reading = service(new TypeError('down'), json(200, { id: 'lnk_1' }));
    expect(await reading.client.link('lnk_1')).toMatchObject({ id: 'lnk_1' });
    const writing = service(new TypeError('down'), json(200, {}));
    const failure = await failureOf(writing.client.cancelLink('lnk_1', 'key-1'));
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(writing.sent).toHaveLength(1);
  });

  it('that is cut off in its answer is no success', async () => {
    const cut = () => new Response('{"id": "lnk', { status: 200 });
    const { client } = service(cut(), cut());
    expect(await failureOf(client.link('lnk_1'))).toBeInstanceOf(NoAnswer);
  });

  it('tells when the session is over, but not when a password is wrong', async () => {
    const { client, over } = service(json(401, {}), json(401, { code: 'bad_credentials' }));
    await failureOf(client.link('lnk_1'));
    expect(over).toEqual(['over']);
    expect(await failureOf(client.signIn('a@b.co', 'x'))).toMatchObject({
      code: 'bad_credentials',
    });
    expect(over).toEqual(['over']);
  });

  it('tells when something was asked for that is not allowed (any more)', async () => {
    const { client, over } = service(
      json(403, { code: 'not_allowed' }),
      json(403, { code: 'second_person_needed' }),
    );
    await failureOf(client.link('lnk_1'));
    await failureOf(client.link('lnk_1'));
    expect(over).toEqual(['not allowed']);
  });
});

describe('looking an address up', () => {
  const signal = new AbortController().signal;

  it('gives the customer and how many links are unpaid', async () => {
    const { client } = service(
      json(200, { customer: { id: 'cus_1', name: 'Jane' }, links: [{}, {}] }),
    );
    expect(await client.lookUp({ phone: '+44' }, signal)).toMatchObject({
      customer: { id: 'cus_1', name: 'Jane' },
      unpaidLinks: 2,
    });
  });

  it('finds nobody without fuss', async () => {
    const { client } = service(json(404, {}), json(200, { customer: null }), json(422, {}));
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await client.lookUp({ email: 'a@b.co' }, signal)).toBe(null);
    }
  });
});
