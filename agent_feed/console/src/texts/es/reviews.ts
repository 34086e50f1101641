/** Las aprobaciones. */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro: 'Dinero y enlaces que esperan a una segunda persona. Lo que decida queda con su nombre.',
  sections: {
    payment: 'Pagos retenidos para revisión',
    refund: 'Reembolsos',
    link: 'Enlaces por encima del límite',
  },
  emptyTitle: 'Nada espera',
  emptyText:
    'Los pagos que retiene el control de fraude, y los reembolsos y enlaces por encima de sus límites, aparecen aquí solos.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => (count === 1 ? '1 espera' : `${count} esperan`),
  more: 'Hay más. Los más antiguos siguen según se decidan estos.',
  noCustomer: 'Sin cliente',
  facts: {
    agent: 'Agente',
    asker: 'Pedido por',
    reason: 'Motivo',
    card: 'Tarjeta',
    score: 'Puntuación',
    waits: 'Espera desde',
    decideBy: 'Se libera',
    reference: 'Referencia',
  },
  software: 'su software',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, de ${country}`}`,
  score: (score) => `${score} de 100`,
  why: 'Por qué está retenido',
  openLink: 'Abrir el enlace',
  approve: { payment: 'Cobrar', refund: 'Aprobar reembolso', link: 'Aprobar enlace' },
  reject: { payment: 'Liberar', refund: 'Denegar', link: 'Rechazar enlace' },
  approveTitle: (kind, amount) =>
    ({
      payment: `¿Cobrar ${amount}?`,
      refund: `¿Devolver ${amount}?`,
      link: `¿Dejar salir este enlace por ${amount}?`,
    })[kind],
  approveText: {
    payment: 'Se cobra en la tarjeta del cliente lo retenido.',
    refund: 'El dinero vuelve a la tarjeta que pagó. No se puede deshacer.',
    link: 'Se envían sus mensajes, y se puede pagar.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `¿Liberar ${amount}?`,
      refund: `¿Denegar el reembolso de ${amount}?`,
      link: `¿Rechazar este enlace por ${amount}?`,
    })[kind],
  rejectText: {
    payment: 'No se cobra nada. Al cliente se le dijo que el pago se está comprobando.',
    refund: 'No se devuelve nada. Quien lo pidió puede pedirlo de nuevo.',
    link: 'El enlace se cancela. No se envió nada.',
  },
  note: 'Motivo',
  noteHint: 'queda en el historial',
  noteMissing: 'Diga por qué, para quien lo pidió.',
  approved: {
    payment: 'El dinero está cobrado.',
    refund: 'El reembolso está aprobado.',
    link: 'El enlace sale.',
  },
  rejected: {
    payment: 'El dinero se liberó.',
    refund: 'El reembolso se denegó.',
    link: 'El enlace está rechazado.',
  },
  own: {
    payment: 'Es su propio enlace, así que debe aprobarlo otra persona. Puede decir que no.',
    refund: 'Usted pidió este reembolso, así que decide otra persona.',
    link: 'Es su propio enlace, así que decide otra persona.',
  },
};
