/** What is told beside the screen at hand: to a screen reader, and in a line that goes by itself. */

/** Long enough for a screen reader to take it up. */
const ANNOUNCED_MS = 1_500;
/** More at once nobody can listen to. */
const ANNOUNCED_MAX = 5;
const SAID_MS = 4_000;
const FAILURE_SAID_MS = 8_000;

export class Told {
  announcements = $state.raw<readonly { id: number; text: string }[]>([]);
  toast = $state<{ text: string; isError: boolean } | null>(null);

  private count = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  announce(text: string): void {
    this.count += 1;
    const id = this.count;
    this.announcements = [...this.announcements.slice(1 - ANNOUNCED_MAX), { id, text }];
    setTimeout(() => {
      this.announcements = this.announcements.filter((each) => each.id !== id);
    }, ANNOUNCED_MS);
  }

  say(text: string, isError: boolean): void {
    clearTimeout(this.timer);
    this.toast = { text, isError };
    this.timer = setTimeout(
      () => {
        this.toast = null;
      },
      isError ? FAILURE_SAID_MS : SAID_MS,
    );
  }
}
