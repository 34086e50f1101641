/** Les approbations. */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro:
    'De l’argent et des liens qui attendent une deuxième personne. Ce que vous décidez reste avec votre nom.',
  sections: {
    payment: 'Paiements retenus pour examen',
    refund: 'Remboursements',
    link: 'Liens au-dessus de la limite',
  },
  emptyTitle: 'Rien n’attend',
  emptyText:
    'Les paiements que retient le contrôle de fraude, et les remboursements et liens au-dessus de vos limites, apparaissent ici tout seuls.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => (count === 1 ? '1 attend' : `${count} attendent`),
  more: 'Il y en a d’autres. Les plus anciens suivent à mesure des décisions.',
  noCustomer: 'Aucun client nommé',
  facts: {
    agent: 'Agent',
    asker: 'Demandé par',
    reason: 'Motif',
    card: 'Carte',
    score: 'Score',
    waits: 'Attend depuis',
    decideBy: 'Libéré',
    reference: 'Référence',
  },
  software: 'votre logiciel',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, de ${country}`}`,
  score: (score) => `${score} sur 100`,
  why: 'Pourquoi c’est retenu',
  openLink: 'Ouvrir le lien',
  approve: { payment: 'Prélever', refund: 'Approuver le remboursement', link: 'Approuver le lien' },
  reject: { payment: 'Libérer', refund: 'Refuser', link: 'Rejeter le lien' },
  approveTitle: (kind, amount) =>
    ({
      payment: `Prélever ${amount} ?`,
      refund: `Rendre ${amount} ?`,
      link: `Laisser partir ce lien de ${amount} ?`,
    })[kind],
  approveText: {
    payment: 'La carte du client est débitée de ce qui est retenu.',
    refund: 'L’argent revient sur la carte qui a payé. C’est définitif.',
    link: 'Ses messages sont envoyés, et on peut le payer.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `Libérer ${amount} ?`,
      refund: `Refuser le remboursement de ${amount} ?`,
      link: `Rejeter ce lien de ${amount} ?`,
    })[kind],
  rejectText: {
    payment: 'Rien n’est débité. On a dit au client que le paiement est vérifié.',
    refund: 'Rien n’est rendu. Qui l’a demandé peut le redemander.',
    link: 'Le lien est annulé. Rien n’a été envoyé.',
  },
  note: 'Motif',
  noteHint: 'gardé dans l’historique',
  noteMissing: 'Dites pourquoi, pour qui l’a demandé.',
  approved: {
    payment: 'L’argent est prélevé.',
    refund: 'Le remboursement est approuvé.',
    link: 'Le lien part.',
  },
  rejected: {
    payment: 'L’argent a été libéré.',
    refund: 'Le remboursement a été refusé.',
    link: 'Le lien est rejeté.',
  },
  own: {
    payment:
      'C’est votre propre lien, donc quelqu’un d’autre doit approuver. Vous pouvez dire non.',
    refund: 'Vous avez demandé ce remboursement, donc quelqu’un d’autre décide.',
    link: 'C’est votre propre lien, donc quelqu’un d’autre décide.',
  },
};
