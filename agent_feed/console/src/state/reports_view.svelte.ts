/** One report on the screen: what was chosen, what the service answered, and the period before it. */
import { browserStore } from '../lib/browser_store';
import { type Asked, readReport, type Report } from '../api/reports';
import type { Http } from '../api/http';
import { Loaded } from './loaded.svelte';
import {
  addressOf,
  askedOf,
  type Days,
  daysBefore,
  daysOf,
  ownZone,
  type View,
  viewOf,
} from './reports';

const REMEMBERED = 'paythread.reports';

interface Shown {
  view: View;
  days: Days;
  asked: Asked;
  report: Report;
}

export class ReportsView {
  view = $state.raw<View>(viewOf(null, 'UTC'));
  readonly shown: Loaded<Shown>;
  readonly before: Loaded<{ days: Days; report: Report }>;

  constructor(
    http: Http,
    private readonly nowMs: () => number,
    private readonly memory: Pick<Storage, 'getItem' | 'setItem'> = browserStore('always'),
  ) {
    this.shown = new Loaded(async (signal) => {
      const view = this.view;
      const days = daysOf(view, this.nowMs());
      const asked = askedOf(view, days);
      return { view, days, asked, report: await readReport(http, view.part, asked, signal) };
    });
    this.before = new Loaded(async (signal) => {
      const view = this.view;
      const days = daysBefore(view, this.nowMs());
      return { days, report: await readReport(http, view.part, askedOf(view, days), signal) };
    });
  }

  /** What the address says; what it leaves open is as it was last. */
  open(part: string | null): void {
    const [range, zone] = (this.memory.getItem(REMEMBERED) ?? '').split(' ');
    const known = viewOf(`funnel?range=${range ?? ''}&zone=${zone ?? ''}`, ownZone());
    this.show(viewOf(part, known.zone, known.range === 'own' ? '7d' : known.range));
  }

  show(view: View): void {
    this.view = view;
    history.replaceState(history.state, '', addressOf(view));
    try {
      this.memory.setItem(REMEMBERED, `${view.range} ${view.zone}`);
    } catch {
      // A full or forbidden store: the address has it all the same.
    }
    this.load();
  }

  load(): void {
    // What was compared was another question's.
    this.before.value = null;
    void this.shown.load();
    void this.before.load();
  }

  close(): void {
    this.shown.close();
    this.before.close();
  }
}
