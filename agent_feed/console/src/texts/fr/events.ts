/** Chaque événement en une phrase qu’on peut lire à voix haute. */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

/** Qui, entre parenthèses, pour que le verbe ne change pas. */
function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'vous';
    case 'person':
      return who.name;
    case 'colleague':
      return 'un collègue';
    case 'software':
      return 'votre logiciel';
    case 'system':
      return 'le système';
  }
}

const doer = (c: Parts) => ` (${who(c)})`;
const by = ({ channel }: Parts) => (channel === null ? '' : ` par ${channel}`);
const on = ({ device }: Parts) => (device === null ? '' : ` sur ${device}`);
const money = ({ amount }: Parts, prefix = ' : ') => (amount === null ? '' : prefix + amount);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : ` : ${reason}.`);
const what = ({ isReceipt, channel }: Parts) =>
  `Le ${isReceipt ? 'reçu' : 'message'}${channel === null ? '' : ` (${channel})`}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` dans ${card.wallet}`;
  return `, ${card.brand} se terminant par ${card.last4}${wallet}`;
}

const to = (c: Parts) => (c.isSomebodys ? ` à : ${who(c)}` : '');

export const events: Words['events'] = {
  'link.created': (c) => `Lien créé${money(c, ' pour ')}${doer(c)}.`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent
        ? `Le lien est maintenant suivi par : ${who(c)}.`
        : `Le lien a été repris à : ${who(c)}.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `Lien modifié${doer(c)} ; il attend une deuxième personne.`;
      case 'approved':
        return 'Une deuxième personne a approuvé le lien.';
      case 'rejected':
        return 'Une deuxième personne a rejeté le lien.';
      default:
        return `Lien modifié${doer(c)}.`;
    }
  },
  'link.sent': (c) => `Le lien a été envoyé${by(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'Un aperçu ou un scanner a regardé la page. Personne ne l’a ouverte.'
      : 'La page a été chargée. Personne n’y a encore touché.',
  'link.opened': (c) => `Le client a ouvert le lien${on(c)}${by(c)}.`,
  'link.expired': 'Le lien a expiré.',
  'link.cancelled': (c) => `Lien annulé${doer(c)}.`,
  'link.superseded': 'Un lien plus récent a remplacé celui-ci.',
  'link.renewal_requested': 'Le client a demandé un nouveau lien.',
  'checkout.joined': (c) =>
    `Le client est sur la page${on(c)}${c.language === null ? '' : ` (${c.language})`}.`,
  'checkout.left': 'Le client a quitté la page.',
  'checkout.method_selected': (c) => `Le client a choisi de payer par ${c.method}.`,
  'checkout.card_entry_started': (c) => `Le client a commencé à saisir ${c.field}.`,
  'checkout.field_completed': (c) => `Complet : ${c.field}.`,
  'checkout.field_invalid': (c) => `Non accepté : ${c.field}.`,
  'checkout.submitted': 'Le client a appuyé sur Payer.',
  'checkout.stalled': 'Le client s’est arrêté en chemin.',
  'checkout.help_requested': 'Le client a demandé de l’aide.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'Le client partage de nouveau chaque étape.'
      : c.text('by') === 'merchant'
        ? 'Vos pages ne partagent que l’avancement général : ouvert, soumis et l’issue.'
        : 'Le client ne partage que l’avancement général : ouvert, soumis et l’issue.',
  'payment.fraud_check_started': 'Le contrôle de fraude a commencé.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'Le contrôle de fraude est réussi.';
      case 'challenge':
        return 'Le contrôle de fraude demande une validation bancaire.';
      case 'review':
        return 'Le contrôle de fraude demande un examen.';
      case 'block':
        return 'Le contrôle de fraude a bloqué le paiement.';
      default:
        return 'Le contrôle de fraude est terminé.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'Le client est sur la page du prestataire de paiement.'
      : 'La banque demande au client de confirmer le paiement.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'La validation bancaire a échoué.'
      : 'Le client a réussi la validation bancaire.',
  'payment.processing': 'La banque traite le paiement.',
  'payment.authorised': (c) => `Autorisé${money(c)}${card(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'Refusé.' : `Refusé. Le client voit : « ${said} »`;
  },
  'payment.paid': (c) => `Payé${money(c)}${card(c)}.`,
  'payment.partially_paid': (c) => `Une partie a été payée${money(c)}${card(c)}.`,
  'payment.paid_late': (c) =>
    `Payé après la clôture du lien${money(c)}. Vérifiez, s’il vous plaît.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released'
      ? 'Le montant retenu a été libéré.'
      : 'Le paiement a été annulé.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'Le prestataire de paiement veut qu’une personne regarde ce paiement.'
      : 'L’argent est retenu jusqu’à ce qu’un superviseur l’ait regardé.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `Le prestataire de paiement a clos son examen${reason(c)}`
      : c.text('decision') === 'approved'
        ? `Paiement approuvé à l’examen${doer(c)}.`
        : 'Le paiement n’a pas été approuvé à l’examen. Rien n’a été prélevé.',
  'payment.flag_cleared': (c) => `Signalement examiné et levé${doer(c)}.`,
  'refund.created': (c) => `Remboursement commencé${money(c)}${doer(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `Remboursement approuvé${money(c)}${doer(c)}.`
      : `Remboursement refusé${money(c)}${doer(c)}. Rien n’est rendu.`,
  'refund.succeeded': (c) => `Le remboursement est passé${money(c)}.`,
  'refund.failed': (c) => `Le remboursement a échoué${money(c, ', ')}${reason(c)}`,
  'dispute.opened': (c) => `La banque du client a ouvert un litige${money(c)}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'Le litige est clos : gagné.';
    return result === 'lost' ? 'Le litige est clos : perdu.' : 'Le litige est clos.';
  },
  'message.queued': (c) => `${what(c)} attend son envoi.`,
  'message.sent': (c) => `${what(c)} a été envoyé.`,
  'message.delivered': (c) => `${what(c)} est arrivé.`,
  'message.read': (c) => `${what(c)} a été lu.`,
  'message.failed': (c) => `${what(c)} n’a pas pu être remis${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `Le client a écrit${by(c)} ; un numéro de carte y a été masqué.`
      : `Le client a écrit${by(c)}.`,
  'customer.created': 'Le client a été ajouté.',
  'customer.updated': (c) => `Coordonnées du client modifiées${doer(c)}.`,
  'customer.merged': (c) => `Une autre fiche a été réunie à ce client${doer(c)}.`,
  'customer.unmerged': (c) => `Deux fiches réunies ont été séparées${doer(c)}.`,
  'customer.erased': (c) => `Données personnelles du client effacées${doer(c)}.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ' : oui' : state === 'stopped' ? ' : non' : '';
    return `Le consentement aux messages${by(c)} a changé${now}.`;
  },
  'consent.doubtful': (c) =>
    `Le client a écrit${by(c)} quelque chose qui demande peut-être l’arrêt des messages. Lisez et décidez.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `Le client a pris contact${named}.`;
    return direction === 'outbound'
      ? `Nous avons pris contact${named}.`
      : `Il y a eu un contact${named}.`;
  },
  'note.added': (c) => `Note ajoutée${doer(c)}.`,
  'note.whispered': (c) => `Un superviseur a chuchoté à : ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'Le client a répondu à un sondage.';
    const comment = c.text('comment');
    return `Note du client pour le paiement : ${score} sur 5${comment === null ? '.' : ` : « ${comment} »`}`;
  },
  'conversation.opened': (c) => `Une conversation${by(c)} a été ouverte.`,
  'conversation.assigned': (c) => `La conversation${by(c)} a été attribuée${to(c)}.`,
  'conversation.transferred': (c) => `La conversation${by(c)} a été transmise${to(c)}.`,
  'conversation.taken': (c) => `Quelqu’un a pris la conversation${by(c)}.`,
  'conversation.offered': (c) => `La conversation${by(c)} attend que quelqu’un la prenne.`,
  'conversation.closed': (c) => `La conversation${by(c)} a été close.`,
  'agent.presence_changed': (c) => `Présence modifiée : ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `Connexion avec le compte de l’organisation : ${who(c)}.`
      : `Connexion : ${who(c)}.`,
  'session.failed': 'Une connexion a échoué.',
  'session.ended': (c) => `Une session s’est terminée : ${who(c)}.`,
  'user.changed': (c) => `Utilisateur modifié${doer(c)}.`,
  'key.created': (c) => `Clé d’API créée${doer(c)}.`,
  'key.revoked': (c) => `Clé d’API révoquée${doer(c)}.`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `Journal consulté${doer(c)}.` : `Données exportées${doer(c)}.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `Réglages modifiés${doer(c)}.`;
    }
    const cause =
      why === 'gone' ? 'il dit ne plus exister' : 'rien n’est arrivé depuis trois jours';
    return `Les webhooks vers ${c.text('host') ?? 'votre logiciel'} ont été désactivés : ${cause}. Un administrateur devrait regarder.`;
  },
  'incident.card_number_masked': (c) =>
    `Un numéro de carte a été masqué${by(c)} avant d’être enregistré.`,
  'incident.approval_refused': (c) =>
    `Tentative d’approuver ce qui revient à une autre personne : ${who(c)}.`,
  'incident.mailbox_failing':
    'La boîte aux lettres n’est pas lisible. Vérifiez serveur et mot de passe.',
  'incident.mailbox_recovered': 'La boîte aux lettres est de nouveau lue.',
  'incident.mail_skipped':
    'Un e-mail n’a pas pu être gardé et reste dans la boîte. Quelqu’un devrait l’y lire.',
  'incident.decline_spike':
    'Bien plus de paiements que d’habitude sont refusés. Regardez le plateau.',
  'incident.decline_spike_over': 'La vague de refus est passée.',
  'incident.psp_down':
    'Le prestataire de paiement ne répond pas. Aucun paiement ne passe en ce moment.',
  'incident.psp_down_over': 'Le prestataire de paiement répond de nouveau.',
  'incident.message_failures': 'Beaucoup de messages n’arrivent pas. Regardez le compte du canal.',
  'incident.message_failures_over': 'Les messages arrivent de nouveau.',
  'incident.card_testing':
    'Quelqu’un essaie peut-être des cartes volées : les règles de fraude en ont arrêté plusieurs.',
  'incident.card_testing_over': 'Les règles de fraude n’arrêtent plus de cartes.',
  'psp.event_unmatched':
    'Le prestataire de paiement a signalé un paiement qui n’est pas connu ici.',
  'psp.amount_mismatched':
    'Le prestataire de paiement a pris un autre montant que demandé. Rien n’a été inscrit ; regardez maintenant.',
  'page.script_blocked':
    'Un navigateur a arrêté sur la page de paiement un script qui n’est pas de nous.',
  'page.changed':
    'La page de paiement n’est pas telle qu’envoyée : un script ou un en-tête de sécurité diffère. Regardez maintenant.',
  'page.baseline_accepted': (c) => `État actuel de la page de paiement accepté${doer(c)}.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'L’argent du jour correspond aux livres du prestataire de paiement.'
      : 'L’argent du jour ne correspond pas encore aux livres du prestataire de paiement. La comptabilité devrait regarder.',
};
