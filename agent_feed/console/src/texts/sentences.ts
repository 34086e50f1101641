/** Each event as one sentence that a person can read aloud. */
import { isEventType } from '../api/event_types';
import type { JournalEvent } from '../api/types';
import { spokenAs } from '../lib/language';
import { ENGLISH_EVENTS } from './english_events';
import { labels } from './labels';
import { capital, spoken } from '../lib/words';
import { Parts, type Who } from './sentence_parts';

/** Who an id stands for: "You", a colleague's name, or null where nobody knows. */
export type Naming = (agentId: string) => string | null;

export const events = spokenAs('events', ENGLISH_EVENTS);

/** An event this console has not heard of yet, from its name: "loan.was_offered" is "Loan: was offered." */
function unknownSentence(type: string): string {
  const [family = '', what = ''] = type.split('.', 2);
  return what === ''
    ? `${capital(spoken(family))}.`
    : `${capital(spoken(family))}: ${spoken(what)}.`;
}

/** Whose work it is; of what is nobody's work, who did it. */
function whoOf(event: JournalEvent, naming: Naming): Who {
  const [kind, actor = ''] = event.actor?.split(':') ?? [];
  const person = event.agent ?? (kind === 'user' ? actor : null);
  if (person === null) return { kind: kind === 'key' ? 'software' : 'system' };
  const name = naming(person);
  if (name === null) return { kind: 'colleague' };
  return name === labels.you ? { kind: 'you' } : { kind: 'person', name };
}

export function sentenceOf(event: JournalEvent, naming: Naming): string {
  if (!isEventType(event.type)) return unknownSentence(event.type);
  const sentence = events[event.type];
  return typeof sentence === 'string' ? sentence : sentence(new Parts(whoOf(event, naming), event));
}
