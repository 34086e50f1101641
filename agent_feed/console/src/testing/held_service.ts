import { Client } from '../api/client';
import { Http } from '../api/http';

/** Lets everything that waits for an answer take it up. */
function settled(): Promise<void> {
  return new Promise((resume) => setTimeout(resume, 1));
}

/** A service that holds its answers back until the test lets them go. */
export class HeldService {
  asked: {
    path: string;
    init: RequestInit;
    answer: (status: number, body: unknown) => Promise<void>;
    fail: () => Promise<void>;
  }[] = [];

  readonly client = new Client(
    new Http(
      { csrfToken: () => null, onSessionOver: () => undefined, onServerTime: () => undefined },
      (path, init) =>
        new Promise((resolve, reject) => {
          this.asked.push({
            path: path as string,
            init: init ?? {},
            answer: async (status, body) => {
              resolve(new Response(JSON.stringify(body), { status }));
              await settled();
            },
            fail: async () => {
              reject(new TypeError('connection lost'));
              await settled();
            },
          });
        }),
    ),
  );

  /** Lets the oldest request to a path like this fail as a lost connection does. */
  async lose(like: string): Promise<void> {
    const index = this.asked.findIndex((each) => each.path.startsWith(like));
    const [request] = this.asked.splice(index, 1);
    if (index < 0 || request === undefined) throw new Error(`nobody asked for ${like}`);
    await request.fail();
  }

  /** Answers the oldest request to a path like this. */
  async answer(like: string, body: unknown, status = 200): Promise<void> {
    const index = this.asked.findIndex((each) => each.path.startsWith(like));
    const [request] = this.asked.splice(index, 1);
    if (index < 0 || request === undefined) throw new Error(`nobody asked for ${like}`);
    await request.answer(status, body);
  }
}
