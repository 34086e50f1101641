/** Zatwierdzenia. */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro: 'Pieniądze i linki, które czekają na drugą osobę. Decyzja zostaje z Twoim nazwiskiem.',
  sections: {
    payment: 'Płatności wstrzymane do sprawdzenia',
    refund: 'Zwroty',
    link: 'Linki powyżej limitu',
  },
  emptyTitle: 'Nic nie czeka',
  emptyText:
    'Płatności wstrzymane przez kontrolę oszustw oraz zwroty i linki powyżej limitów pojawiają się tu same.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => `Czeka: ${count}`,
  more: 'Jest więcej. Starsze pojawią się, gdy te zostaną rozstrzygnięte.',
  noCustomer: 'Bez klienta',
  facts: {
    agent: 'Konsultant',
    asker: 'Prosi',
    reason: 'Powód',
    card: 'Karta',
    score: 'Ocena',
    waits: 'Czeka od',
    decideBy: 'Zwolnienie',
    reference: 'Numer referencyjny',
  },
  software: 'Wasze oprogramowanie',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, ${country}`}`,
  score: (score) => `${score} ze 100`,
  why: 'Dlaczego wstrzymano',
  openLink: 'Otwórz link',
  approve: { payment: 'Pobierz', refund: 'Zatwierdź zwrot', link: 'Zatwierdź link' },
  reject: { payment: 'Zwolnij', refund: 'Odmów', link: 'Odrzuć link' },
  approveTitle: (kind, amount) =>
    ({
      payment: `Pobrać ${amount}?`,
      refund: `Zwrócić ${amount}?`,
      link: `Wypuścić ten link na ${amount}?`,
    })[kind],
  approveText: {
    payment: 'To, co zablokowano na karcie klienta, zostanie pobrane.',
    refund: 'Pieniądze wracają na kartę, którą zapłacono. Tego nie da się cofnąć.',
    link: 'Jego wiadomości wychodzą i można nim zapłacić.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `Zwolnić ${amount}?`,
      refund: `Odmówić zwrotu ${amount}?`,
      link: `Odrzucić ten link na ${amount}?`,
    })[kind],
  rejectText: {
    payment: 'Nic nie zostanie pobrane. Klientowi powiedziano, że płatność jest sprawdzana.',
    refund: 'Nic nie wraca. Kto prosił, może poprosić ponownie.',
    link: 'Link zostaje anulowany. Nic nie wysłano.',
  },
  note: 'Powód',
  noteHint: 'zostaje w historii',
  noteMissing: 'Napisz dlaczego, dla osoby, która prosiła.',
  approved: {
    payment: 'Pieniądze pobrano.',
    refund: 'Zwrot zatwierdzono.',
    link: 'Link wychodzi.',
  },
  rejected: {
    payment: 'Pieniądze zwolniono.',
    refund: 'Zwrotu odmówiono.',
    link: 'Link odrzucono.',
  },
  own: {
    payment: 'To Twój link, więc zatwierdzić musi ktoś inny. Możesz odmówić.',
    refund: 'To Ty prosisz o ten zwrot, więc decyduje ktoś inny.',
    link: 'To Twój link, więc decyduje ktoś inny.',
  },
};
