/** The one place that knows everyone: session, feed, list, and the link in focus, wired together. */
import { createContext } from 'svelte';

import { Client } from '../api/client';
import { Http } from '../api/http';
import type { Pending } from '../api/people';
import { Refusal } from '../api/problem';
import { write } from '../api/conversations';
import type { Channel, Colleague, JournalEvent, Link, May, SignedIn } from '../api/types';
import { Feed, type FeedListener, feedUrl } from '../feed/feed';
import { type Health, healthOf } from '../feed/reducer';
import { titleBadge } from '../lib/title_badge';
import { attentionLabels, type Naming, sentenceOf, texts } from '../texts';
import { Activity } from './activity';
import { Answers } from './answers.svelte';
import { textIn } from '../lib/data';
import { floorTexts } from '../texts/floor';
import { feelTexts } from '../texts/feel';
import { Clock } from './clock.svelte';
import { Drafts } from './drafts.svelte';
import { LinkFocus } from './focus.svelte';
import { type LinkView, viewOf } from './fold';
import { Guidance } from './guidance.svelte';
import { LinkList, type Scope } from './links.svelte';
import { occasions } from './occasions';
import { browserHooks, Notices } from './notices';
import { Preferences } from './preferences.svelte';
import { paths, Router } from './route.svelte';
import { Session } from './session.svelte';
import { Told } from './told.svelte';
import { Waiting } from './waiting.svelte';
import { UnreadThreads } from './unread.svelte';

const SCOPE_TOPICS: Record<Scope, readonly string[]> = {
  mine: ['mine'],
  team: ['mine', 'team'],
  all: ['all'],
};

/** Not worth interrupting a screen reader for. */
const SILENT_EVENTS: ReadonlySet<string> = new Set([
  'link.fetched',
  'message.queued',
  'note.whispered',
]);

export class App {
  readonly clock = new Clock();
  private readonly activity = new Activity();
  readonly router = new Router();
  readonly session = new Session();
  readonly client: Client;
  readonly list: LinkList;
  readonly guidance: Guidance = new Guidance(this);
  /** For a second person. */
  readonly waiting: Waiting = new Waiting(this);
  readonly answers: Answers;
  readonly unread: UnreadThreads;
  drafts: Drafts;
  readonly preferences = new Preferences();
  /** Where customers can be played, if the service says so. */
  readonly trainingUrl = trainingUrl();
  /** The sheet of keyboard shortcuts, and the tour's step. */
  sheetIsOpen = $state(false);
  tourStep = $state<number | null>(null);
  private readonly notices: Notices;
  private readonly feed: Feed;

  focus = $state.raw<LinkFocus | null>(null);
  /** The link that was made a moment ago: its screen greets it. */
  justCreated = $state.raw<Link | null>(null);
  health = $state<Health>('off');
  /** What is told beside the screen: to a screen reader, and in a line that goes by itself. */
  readonly told = new Told();
  colleagues = $state.raw<ReadonlyMap<string, Colleague>>(new Map());
  channels = $state.raw<readonly Channel[]>([]);

  /** Who follows what beside the list: the link in focus, a customer's screen, the floor. */
  private readonly followed = new Map<symbol, readonly string[]>();
  private readonly focusKey = Symbol('focus');
  private readonly threadsKey = Symbol('threads');

  /** `bearer` gives the token of a page that is signed in by one; without it the browser's cookie counts. */
  constructor(private readonly bearer?: () => string | null) {
    const http = new Http({
      ...(bearer === undefined ? {} : { bearer }),
      csrfToken: () => this.session.csrfToken,
      isAway: () => this.activity.isAway,
      onSessionOver: () => {
        this.expire();
      },
      onNotAllowed: () => void this.checkSession(),
      onServerTime: (serverMs) => {
        this.clock.learn(serverMs);
      },
    });
    this.client = new Client(http);
    const open = (link: string) => {
      this.router.go(paths.link(link));
    };
    this.notices = new Notices(this.preferences, browserHooks(titleBadge(), open));
    this.drafts = new Drafts(this.client);
    this.answers = new Answers((thread, body, key) => write(http, thread, body, key));
    this.unread = new UnreadThreads(http);
    this.list = new LinkList(this.client, {
      me: () => this.session.user?.id ?? null,
      schedule: occasions(),
      onNews: (view, news) => {
        const customer = view.link.customer_summary?.name ?? texts.list.noCustomer;
        const what = news === 'paid' ? texts.statusLabels.paid : attentionLabels[news];
        this.announce(texts.list.announce(customer, what));
        const text = feelTexts.noticeTitle(customer, what);
        this.notices.tell({ link: view.link.id, text, isGood: news === 'paid' });
      },
    });
    this.feed = new Feed(feedUrl(location), {
      ...(bearer === undefined ? {} : { ticket: () => this.client.feedTicket() }),
      onState: (state) => {
        this.health = healthOf(state);
      },
      // Only asking tells a refused handshake from a service that is away: a 401 ends the session.
      onSessionDoubt: () => void this.checkSession(),
      onSessionOver: () => {
        this.expire();
      },
    });
    this.feed.listen({
      onEvent: (event) => {
        this.list.onEvent(event);
        this.focus?.onEvent(event);
        this.unread.onEvent(event);
        this.hearWhisper(event);
      },
      onPresence: (presence) => {
        this.list.onPresence(presence);
        this.focus?.onPresence(presence);
      },
      onWatchers: (watchers) => {
        this.focus?.onWatchers(watchers);
      },
      onSilence: () => {
        this.list.onSilence();
        this.focus?.onSilence();
      },
      onCovered: (coverage) => {
        this.list.onCovered(coverage);
        this.focus?.onCovered(coverage);
      },
    });
  }

  /** Returns what to call to stop. */
  start(): () => void {
    const stops = [
      this.clock.start(),
      this.router.start(),
      this.activity.watch(window),
      this.watchReturn(),
    ];
    if (this.bearer === undefined) void this.resume();
    return () => {
      this.feed.stop();
      for (const stop of stops) stop();
    };
  }

  async resume(): Promise<void> {
    await this.session.resume(this.client);
    if (this.session.status === 'signed_in') this.begin();
  }

  /** Signs in, or answers what else is asked for. */
  async signIn(email: string, password: string): Promise<Pending | null> {
    const pending = await this.session.signIn(this.client, email, password, this.startAfresh);
    if (pending === null && this.session.status === 'signed_in') this.begin();
    return pending;
  }

  /** The end of a sign-in that asked for more than the password. */
  async enter(signedIn: SignedIn): Promise<void> {
    await this.session.enter(this.client, signedIn, this.startAfresh);
    if (this.session.status === 'signed_in') this.begin();
  }

  /** Goes on with a session whose token is held already. */
  takeUp(signedIn: SignedIn): void {
    this.session.takeUp(signedIn);
    this.begin();
  }

  private readonly startAfresh = () => {
    location.reload();
  };

  async signOut(): Promise<void> {
    try {
      await this.session.signOut(this.client);
    } catch (failure) {
      const isGone = failure instanceof Refusal && failure.status === 401;
      if (!isGone) {
        this.say(texts.failures.offline, true);
        return;
      }
    }
    this.answers.forget();
    // A fresh page holds nothing of the one who left.
    location.hash = '';
    location.reload();
  }

  readonly naming: Naming = (agentId) =>
    agentId === this.session.user?.id ? texts.you : (this.colleagues.get(agentId)?.name ?? null);

  readonly may: May = (permission) => this.session.may(permission);

  /** Makes links and acts on them; auditors look on. */
  get mayAct(): boolean {
    return this.may('links.write');
  }

  /** Who may be the second person for a big link; whether they made it themselves, the service knows. */
  get mayApprove(): boolean {
    return this.may('payments.review');
  }

  /** Sees the work of everybody, not of their team alone. */
  get seesAll(): boolean {
    return this.may('merchant_wide');
  }

  /** What an amount is in unless somebody says otherwise. */
  get currency(): string {
    return this.session.merchant?.currency ?? 'GBP';
  }

  get scopes(): Scope[] {
    const user = this.session.user;
    if (user === null) return ['mine'];
    const mayTeam: Scope[] = user.team === null ? [] : ['team'];
    return this.seesAll ? ['mine', ...mayTeam, 'all'] : ['mine', ...mayTeam];
  }

  setScope(scope: Scope): void {
    this.list.show({ ...this.list.filter, scope });
    this.feed.watch(this.topics());
  }

  retryFeed(): void {
    this.feed.retryNow();
  }

  /** Hears the feed. Returns what to call to hear it no longer. */
  listen(listener: FeedListener): () => void {
    return this.feed.listen(listener);
  }

  /** Adds topics to those of the list. Returns what to call to follow them no longer. */
  follow(topics: readonly string[]): () => void {
    const key = Symbol('follower');
    this.followed.set(key, topics);
    this.feed.watch(this.topics());
    return () => {
      this.followed.delete(key);
      this.feed.watch(this.topics());
    };
  }

  openFocus(id: string): LinkFocus {
    const focus = new LinkFocus(
      id,
      this.client,
      {
        onTopics: (topics) => {
          if (this.focus !== focus) return;
          this.followed.set(this.focusKey, topics);
          this.feed.watch(this.topics());
          // Not before it was shown to this agent: who may not see a link may not watch it either.
          this.feed.look(id);
        },
        onEvent: (event) => {
          if (!SILENT_EVENTS.has(event.type)) this.announce(sentenceOf(event, this.naming));
        },
      },
      this.list.get(id) ?? this.created(id),
    );
    this.focus = focus;
    this.feed.look(null);
    void focus.load();
    return focus;
  }

  /** The link's screen is closed, unless another has taken its place. */
  closeFocus(focus: LinkFocus): void {
    if (this.focus !== focus) return;
    this.focus = null;
    this.feed.look(null);
  }

  announce(text: string): void {
    this.told.announce(text);
  }

  /** A short message that goes by itself. */
  say(text: string, isError = false): void {
    this.told.say(text, isError);
  }

  /** The answer to the form that made it: shown until the snapshot comes. */
  private created(id: string): LinkView | undefined {
    return this.justCreated?.id === id ? viewOf(this.justCreated, 0) : undefined;
  }

  /** A word to this agent: the open link shows it, elsewhere it comes up for a moment. */
  private hearWhisper(event: JournalEvent): void {
    const isForMe = event.type === 'note.whispered' && event.agent === this.session.user?.id;
    if (!isForMe) return;
    const text = textIn(event, 'text') ?? '';
    const link = event.link === null ? undefined : this.list.get(event.link)?.link;
    const told = floorTexts.whispers.told(link?.customer_summary?.name ?? null, text);
    if (event.link === this.focus?.id) this.announce(told);
    else this.say(told);
  }

  private begin(): void {
    // Who looks on has no links of their own: the widest that they may see is theirs.
    if (!this.mayAct) this.list.show({ ...this.list.filter, scope: this.scopes.at(-1) ?? 'mine' });
    else void this.list.load();
    void this.loadDirectory();
    if (this.mayAct) void this.unread.ask();
    this.answers.open(this.session.user?.id ?? '');
    // An agent hears at once of words in threads that nobody has; whoever sees all would hear everything.
    if (!this.seesAll) this.followed.set(this.threadsKey, ['team']);
    if (this.focus !== null) void this.focus.load();
    this.feed.start(this.topics());
  }

  /** Whoever looks at the page again has seen what was told meanwhile. */
  private watchReturn(): () => void {
    const back = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) this.notices.seen();
    };
    addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    return () => {
      removeEventListener('focus', back);
      document.removeEventListener('visibilitychange', back);
    };
  }

  private expire(): void {
    this.feed.stop();
    this.unread.stop();
    this.session.end();
  }

  private async checkSession(): Promise<void> {
    try {
      this.session.renew(await this.client.currentSession());
    } catch (failure) {
      if (failure instanceof Refusal && failure.status === 401) this.expire();
    }
  }

  private topics(): readonly string[] {
    const scope = SCOPE_TOPICS[this.list.filter.scope];
    // Whoever watches the whole merchant has every link and customer in it already.
    const wanted = new Set([...scope, ...[...this.followed.values()].flat()]);
    return wanted.has('all') ? ['all'] : [...wanted];
  }

  private async loadDirectory(): Promise<void> {
    const [colleagues, channels] = await Promise.allSettled([
      this.client.colleagues(),
      this.client.channels(),
    ]);
    if (colleagues.status === 'fulfilled') {
      this.colleagues = new Map(colleagues.value.map((each) => [each.id, each]));
    }
    if (channels.status === 'fulfilled') this.channels = channels.value;
  }
}

function trainingUrl(): string | null {
  const told = document.querySelector<HTMLMetaElement>('meta[name="paythread-training"]');
  return told?.content === undefined || told.content === '' ? null : told.content;
}

export const [useApp, provideApp] = createContext<App>();
