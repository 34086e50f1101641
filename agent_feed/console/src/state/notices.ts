/** Tells of changes while nobody looks: a number in the title always, a sound and a desktop notice where wanted. */
import { playTone } from '../lib/tone';
import type { Preferences } from './preferences.svelte';

export interface Notice {
  link: string;
  text: string;
  isGood: boolean;
}

export interface NoticeHooks {
  isLooking: () => boolean;
  badge: (count: number) => void;
  sound: (news: 'good' | 'bad') => void;
  desktop: (notice: Notice) => void;
}

export class Notices {
  private unseen = 0;

  constructor(
    private readonly preferences: Pick<Preferences, 'sound' | 'desktop'>,
    private readonly hooks: NoticeHooks,
  ) {}

  /** One change: at most one sound and one notice. Whoever looks at the page has seen it. */
  tell(notice: Notice): void {
    if (this.hooks.isLooking()) return;
    this.unseen += 1;
    this.hooks.badge(this.unseen);
    if (this.preferences.sound) this.hooks.sound(notice.isGood ? 'good' : 'bad');
    if (this.preferences.desktop) this.hooks.desktop(notice);
  }

  /** The person is back. */
  seen(): void {
    if (this.unseen === 0) return;
    this.unseen = 0;
    this.hooks.badge(0);
  }
}

/** The browser's own ways. `open` shows the link whose notice was pressed. */
export function browserHooks(
  badge: (count: number) => void,
  open: (link: string) => void,
): NoticeHooks {
  return {
    isLooking: () => document.visibilityState === 'visible' && document.hasFocus(),
    badge,
    sound: (news) => void playTone(news),
    desktop: (notice) => {
      if (!('Notification' in window) || Notification.permission !== 'granted') return;
      // One a link: a newer one takes the older one's place.
      const shown = new Notification(notice.text, { tag: notice.link, icon: '/favicon.svg' });
      shown.onclick = () => {
        window.focus();
        open(notice.link);
        shown.close();
      };
    },
  };
}

/** Asks the browser, in answer to a press. True where notices may be shown. */
export async function mayNotify(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  if (Notification.permission === 'default') await Notification.requestPermission();
  return (Notification.permission as string) === 'granted';
}
