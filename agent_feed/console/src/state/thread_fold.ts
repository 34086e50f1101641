/**
 * What the feed's entries change in a list of threads and in the messages of one. Pure.
 *
 * Ids of messages sort by time: one that is not newer than the last words is in the snapshot already.
 */
import type { Thread, ThreadMessage } from '../api/conversations';
import type { DeliveryStatus, JournalEvent } from '../api/types';
import { objectIn, textIn } from '../lib/data';

const PREVIEW_LENGTH_MAX = 160;

const RANK: Record<DeliveryStatus, number> = {
  queued: 0,
  sending: 1,
  sent: 2,
  delivered: 3,
  read: 4,
  failed: 5,
};

export interface Folded<T> {
  value: T;
  /** The entry does not say everything: ask the service. */
  stale: boolean;
}

/** The thread after an entry about it. */
export function foldThread(thread: Thread, event: JournalEvent): Folded<Thread> {
  const same = { value: thread, stale: false };
  switch (event.type) {
    case 'message.received':
    case 'message.sent': {
      const said = lastWords(event);
      if (said === null || said.id <= (thread.last_message?.id ?? '')) return same;
      const isIn = said.direction === 'in';
      const value: Thread = {
        ...thread,
        last_message: said,
        last_message_at: said.at,
        status: event.data.automatic === true ? thread.status : 'open',
        unread: isIn ? thread.unread + 1 : thread.unread,
      };
      // Words of the customer may open the network's window, and name who they are.
      return { value, stale: isIn && (!thread.window.open || thread.customer === null) };
    }
    case 'message.queued': {
      const isNew = (textIn(event, 'message') ?? '') > (thread.last_message?.id ?? '');
      return { value: thread, stale: isNew };
    }
    case 'conversation.closed':
      return { value: { ...thread, status: 'closed', closed_at: event.occurred_at }, stale: false };
    case 'conversation.opened':
    case 'conversation.assigned':
    case 'conversation.transferred':
    case 'conversation.taken':
    case 'conversation.offered':
      return { value: thread, stale: true };
    default:
      return { value: thread, stale: event.type.startsWith('consent.') };
  }
}

/** The messages of a thread, oldest first, after an entry about it. */
export function foldMessages(
  messages: readonly ThreadMessage[],
  event: JournalEvent,
): Folded<readonly ThreadMessage[]> {
  const same = { value: messages, stale: false };
  const [family, kind = ''] = event.type.split('.', 2);
  const id = textIn(event, 'message');
  if (family !== 'message' || id === null) return same;
  const known = messages.find((each) => each.id === id);
  if (kind === 'received') {
    return known ? same : { value: withMessage(messages, received(event, id)), stale: false };
  }
  if (!(kind in RANK)) return same;
  if (known === undefined) return { value: messages, stale: true };
  const moved = movedOn(known, kind as DeliveryStatus, event);
  const value = messages.map((each) => (each.id === id ? moved : each));
  return { value, stale: false };
}

/** The messages with one more, in its place, or with it anew. */
export function withMessage(
  messages: readonly ThreadMessage[],
  message: ThreadMessage,
): readonly ThreadMessage[] {
  const others = messages.filter((each) => each.id !== message.id);
  const next = others.findIndex((each) => each.id > message.id);
  return next === -1 ? [...others, message] : others.toSpliced(next, 0, message);
}

/** The newest page laid over what is shown: what an answer on its way back then did not know yet stays. */
export function withPage(
  messages: readonly ThreadMessage[],
  page: readonly ThreadMessage[],
): readonly ThreadMessage[] {
  const fresh = new Map(page.map((each) => [each.id, each]));
  const kept = messages.map((each) => {
    const found = fresh.get(each.id);
    return found === undefined ? each : { ...found, ...furthest(each, found) };
  });
  return page
    .filter((each) => !messages.some((one) => one.id === each.id))
    .reduce<readonly ThreadMessage[]>(withMessage, kept);
}

/** Open and unread before the rest, then by the newest words. The one that is open keeps its place while it is read. */
export function inOrder(threads: readonly Thread[], openId: string | null): Thread[] {
  const wants = (each: Thread) =>
    each.status === 'open' && (each.unread > 0 || each.id === openId) ? 0 : 1;
  return threads.toSorted(
    (a, b) =>
      wants(a) - wants(b) ||
      b.last_message_at.localeCompare(a.last_message_at) ||
      b.id.localeCompare(a.id),
  );
}

/** The customer spoke last, and a person is to answer. */
export function waitsForAnswer(thread: Thread): boolean {
  return (
    thread.status === 'open' &&
    thread.served_by === 'person' &&
    thread.last_message?.direction === 'in'
  );
}

function lastWords(event: JournalEvent): Thread['last_message'] {
  const id = textIn(event, 'message');
  if (id === null) return null;
  const text = (textIn(event, 'text') ?? '').split(/\s+/).join(' ').trim();
  const isLong = text.length > PREVIEW_LENGTH_MAX;
  return {
    id,
    direction: event.type === 'message.received' ? 'in' : 'out',
    text: isLong ? `${text.slice(0, PREVIEW_LENGTH_MAX - 1).trimEnd()}…` : text,
    at: event.occurred_at,
  };
}

function received(event: JournalEvent, id: string): ThreadMessage {
  const files = event.data.attachments;
  return {
    id,
    direction: 'in',
    channel: event.channel ?? '',
    from: textIn(event, 'from'),
    to: '',
    status: 'received',
    problem: null,
    link: event.link,
    agent: event.agent,
    subject: textIn(event, 'subject'),
    text: textIn(event, 'text') ?? '',
    attachments: Array.isArray(files) ? files.filter((each) => typeof each === 'string') : [],
    edits: textIn(event, 'edits'),
    card_number_masked: event.data.card_number_masked === true,
    unverified: event.data.unverified === true,
    created_at: event.occurred_at,
  };
}

function movedOn(
  message: ThreadMessage,
  status: DeliveryStatus,
  event: JournalEvent,
): ThreadMessage {
  if (message.status === 'received' || RANK[status] <= RANK[message.status]) return message;
  const problem = objectIn(event, 'problem');
  return {
    ...message,
    status,
    problem:
      status === 'failed'
        ? {
            code: typeof problem?.code === 'string' ? problem.code : '',
            detail: typeof problem?.detail === 'string' ? problem.detail : '',
          }
        : message.problem,
  };
}

/** Reports overtake answers: a delivery's state never goes backwards. */
function furthest(a: ThreadMessage, b: ThreadMessage): Pick<ThreadMessage, 'status' | 'problem'> {
  if (a.status === 'received' || b.status === 'received')
    return { status: b.status, problem: b.problem };
  const { status, problem } = RANK[a.status] > RANK[b.status] ? a : b;
  return { status, problem };
}
