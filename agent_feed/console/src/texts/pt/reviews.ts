/** As aprovações. */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro: 'Dinheiro e links que esperam uma segunda pessoa. O que você decide fica com o seu nome.',
  sections: {
    payment: 'Pagamentos retidos para análise',
    refund: 'Reembolsos',
    link: 'Links acima do limite',
  },
  emptyTitle: 'Nada espera',
  emptyText:
    'Pagamentos que a análise de fraude retém, e reembolsos e links acima dos seus limites, aparecem aqui sozinhos.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => (count === 1 ? '1 espera' : `${count} esperam`),
  more: 'Há mais. Os mais antigos seguem conforme estes são decididos.',
  noCustomer: 'Sem cliente',
  facts: {
    agent: 'Agente',
    asker: 'Pedido por',
    reason: 'Motivo',
    card: 'Cartão',
    score: 'Pontuação',
    waits: 'Espera desde',
    decideBy: 'É liberado',
    reference: 'Referência',
  },
  software: 'seu software',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, de ${country}`}`,
  score: (score) => `${score} de 100`,
  why: 'Por que está retido',
  openLink: 'Abrir o link',
  approve: { payment: 'Capturar', refund: 'Aprovar reembolso', link: 'Aprovar link' },
  reject: { payment: 'Liberar', refund: 'Negar', link: 'Rejeitar link' },
  approveTitle: (kind, amount) =>
    ({
      payment: `Capturar ${amount}?`,
      refund: `Devolver ${amount}?`,
      link: `Deixar sair este link de ${amount}?`,
    })[kind],
  approveText: {
    payment: 'O que está retido no cartão do cliente é cobrado.',
    refund: 'O dinheiro volta ao cartão que pagou. Não dá para desfazer.',
    link: 'As mensagens são enviadas, e ele pode ser pago.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `Liberar ${amount}?`,
      refund: `Negar o reembolso de ${amount}?`,
      link: `Rejeitar este link de ${amount}?`,
    })[kind],
  rejectText: {
    payment: 'Nada é cobrado. Ao cliente foi dito que o pagamento está sendo verificado.',
    refund: 'Nada é devolvido. Quem pediu pode pedir de novo.',
    link: 'O link é cancelado. Nada foi enviado.',
  },
  note: 'Motivo',
  noteHint: 'fica no histórico',
  noteMissing: 'Diga por quê, para quem pediu.',
  approved: {
    payment: 'O dinheiro foi capturado.',
    refund: 'O reembolso foi aprovado.',
    link: 'O link está saindo.',
  },
  rejected: {
    payment: 'O dinheiro foi liberado.',
    refund: 'O reembolso foi negado.',
    link: 'O link foi rejeitado.',
  },
  own: {
    payment: 'O link é seu, então outra pessoa precisa aprovar. Você pode dizer não.',
    refund: 'Você pediu este reembolso, então outra pessoa decide.',
    link: 'O link é seu, então outra pessoa decide.',
  },
};
