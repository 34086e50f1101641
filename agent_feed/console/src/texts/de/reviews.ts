/** Die Freigaben. */
import type { Words } from '../catalogue';
import { capital } from '../../lib/words';

export const reviews: Words['reviews'] = {
  intro:
    'Geld und Links, die auf eine zweite Person warten. Was Sie entscheiden, bleibt mit Ihrem Namen stehen.',
  sections: {
    payment: 'Zahlungen in Prüfung',
    refund: 'Erstattungen',
    link: 'Links über der Grenze',
  },
  emptyTitle: 'Nichts wartet',
  emptyText:
    'Zahlungen, die die Betrugsprüfung anhält, und Erstattungen und Links über Ihren Grenzen erscheinen hier von selbst.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => (count === 1 ? '1 wartet' : `${count} warten`),
  more: 'Es gibt mehr. Ältere folgen, sobald diese entschieden sind.',
  noCustomer: 'Kein Kunde genannt',
  facts: {
    agent: 'Mitarbeiter',
    asker: 'Beantragt von',
    reason: 'Grund',
    card: 'Karte',
    score: 'Punkte',
    waits: 'Wartet seit',
    decideBy: 'Verfällt',
    reference: 'Referenz',
  },
  software: 'Ihre Software',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, aus ${country}`}`,
  score: (score) => `${score} von 100`,
  why: 'Warum sie angehalten ist',
  openLink: 'Link öffnen',
  approve: { payment: 'Geld abbuchen', refund: 'Erstattung freigeben', link: 'Link freigeben' },
  reject: { payment: 'Geld freigeben', refund: 'Ablehnen', link: 'Link ablehnen' },
  approveTitle: (kind, amount) =>
    ({
      payment: `${amount} abbuchen?`,
      refund: `${amount} zurückgeben?`,
      link: `Diesen Link über ${amount} hinausgehen lassen?`,
    })[kind],
  approveText: {
    payment: 'Die Karte des Kunden wird mit dem Vorgemerkten belastet.',
    refund:
      'Das Geld geht auf die Karte zurück, mit der bezahlt wurde. Das lässt sich nicht rückgängig machen.',
    link: 'Seine Nachrichten werden gesendet, und er kann bezahlt werden.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `${amount} freigeben?`,
      refund: `Die Erstattung von ${amount} ablehnen?`,
      link: `Diesen Link über ${amount} ablehnen?`,
    })[kind],
  rejectText: {
    payment: 'Nichts wird abgebucht. Dem Kunden wurde gesagt, dass die Zahlung geprüft wird.',
    refund: 'Nichts geht zurück. Wer darum gebeten hat, kann es wieder tun.',
    link: 'Der Link wird storniert. Nichts wurde gesendet.',
  },
  note: 'Grund',
  noteHint: 'bleibt im Verlauf',
  noteMissing: 'Sagen Sie, warum, für den, der gefragt hat.',
  approved: {
    payment: 'Das Geld ist abgebucht.',
    refund: 'Die Erstattung ist freigegeben.',
    link: 'Der Link geht hinaus.',
  },
  rejected: {
    payment: 'Das Geld wurde freigegeben.',
    refund: 'Die Erstattung wurde abgelehnt.',
    link: 'Der Link ist abgelehnt.',
  },
  own: {
    payment: 'Es ist Ihr eigener Link, also muss jemand anderes zustimmen. Ablehnen dürfen Sie.',
    refund: 'Sie haben um diese Erstattung gebeten, also entscheidet jemand anderes.',
    link: 'Es ist Ihr eigener Link, also entscheidet jemand anderes.',
  },
};
