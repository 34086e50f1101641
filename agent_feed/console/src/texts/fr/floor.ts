/** Le plateau, et comment intervenir. */
import type { Words } from '../catalogue';

const links = (n: number) => (n < 2 ? `${n} lien` : `${n} liens`);

export const floor: Words['floor'] = {
  title: 'Plateau',
  today: (zone) => `Aujourd’hui, à l’heure de ${zone}`,
  updated: 'En direct ; la médiane est recalculée chaque minute.',
  stale: 'Pas en direct. On voit l’état au moment où la connexion s’est coupée.',
  more: 'Il y a plus de 5 000 liens ouverts ; les 5 000 plus récents sont comptés.',
  filters: 'Afficher',
  team: 'Équipe',
  allTeams: 'Toutes les équipes',
  noTeam: 'Sans équipe',
  agent: 'Agent',
  allAgents: 'Tous les agents',
  nobody: 'Personne',
  channel: 'Canal',
  allChannels: 'Tous les canaux',
  noChannel: 'Aucun ou plusieurs',
  clear: 'Tout afficher',
  large: 'Grand écran',
  largeHint: 'F ou Échap pour quitter',
  pipeline: 'Liens à chaque étape, maintenant',
  steps: {
    created: 'Créés',
    sent: 'Envoyés',
    delivered: 'Remis',
    opened: 'Ouverts',
    card_entry: 'Saisie de la carte',
    checking: 'En traitement',
    challenge: 'À la banque',
    declined: 'Refusés',
    paid: 'Payés aujourd’hui',
  },
  links,
  figures: 'Aujourd’hui jusqu’ici',
  paid: 'Payé aujourd’hui',
  payments: (n) => (n < 2 ? `${n} paiement` : `${n} paiements`),
  nothingPaid: 'Rien encore',
  conversion: 'Conversion',
  ofMade: (paid, made) =>
    made === 0 ? 'aucun lien créé aujourd’hui' : `${paid} sur ${links(made)} d’aujourd’hui`,
  median: 'De l’envoi au paiement',
  medianHint: 'la moitié va plus vite',
  open: 'Liens ouverts',
  present: (n) => `${n} sur la page en ce moment`,
  declines: 'Refus',
  declinesHint: 'essais d’aujourd’hui',
  unknown: '–',
  needs: 'A besoin de quelqu’un maintenant',
  needsCount: (n) =>
    n === 1 ? '1 lien a besoin de quelqu’un' : `${n} liens ont besoin de quelqu’un`,
  needLabels: {
    help: 'A demandé de l’aide',
    stalled: 'Arrêté',
    declined: 'Encore refusé',
    undelivered: 'Non remis',
  },
  needsNone: 'Personne n’est bloqué.',
  needsNoneText:
    'Qui demande de l’aide, s’arrête, est refusé deux fois ou ne reçoit pas le message apparaît ici.',
  needsMore: (n) => `et ${n} de plus`,
  noReference: 'Sans référence',
  people: 'Agents',
  peopleHint: 'Choisissez-en un pour voir ses liens en direct.',
  peopleNone: 'Personne n’a de lien ouvert, ni n’en a créé aujourd’hui.',
  teams: 'Équipes',
  channels: 'Canaux',
  columns: {
    open: 'Ouverts',
    present: 'Sur la page',
    needs: 'Aide requise',
    made: 'Créés',
    paid: 'Payés',
    conversion: 'Conversion',
    money: 'Argent',
  },
  online: 'à son poste',
  offline: 'pas vu récemment',
  watch: (name) => `Suivre ${name}`,
  work: (name) => `${name} : liens ouverts`,
  workNone: 'Aucun lien ouvert en ce moment.',
  workMore: (n) => `${n} de plus ne sont pas montrés.`,
  stopWatching: 'Ne plus suivre',
  openLink: 'Ouvrir',
  stepIn: 'Intervenir',
  alerts: 'Alertes',
  alertSince: (when) => `depuis ${when}`,
  alertLook: 'Que faire',
  incidents: {
    decline_spike: {
      title: 'Beaucoup de paiements sont refusés',
      todo: 'Demandez une autre carte aux clients. Si une banque ou un prestataire ressort dans les rapports, prévenez le prestataire.',
    },
    psp_down: {
      title: 'Le prestataire de paiement ne répond pas',
      todo: 'Demandez aux clients d’attendre sans réessayer sans cesse. Regardez la page d’état du prestataire ; faites passer les paiements ailleurs si vous le pouvez.',
    },
    message_failures: {
      title: 'Beaucoup de messages n’arrivent pas',
      todo: 'Envoyez les liens par un autre canal, ou montrez le code QR. Vérifiez le compte du canal dans les réglages.',
    },
    card_testing: {
      title: 'Quelqu’un essaie peut-être des cartes volées',
      todo: 'Annulez les liens concernés. Ne relevez pas les limites de fraude maintenant ; prévenez le prestataire si cela continue.',
    },
    mailbox_failing: {
      title: 'La boîte aux lettres n’est pas lisible',
      todo: 'Les réponses par e-mail n’entrent pas. Vérifiez serveur et mot de passe dans les réglages.',
    },
  },
  otherIncident: {
    title: 'Quelque chose est à regarder',
    todo: 'Le journal dit ce qui s’est passé.',
  },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` en ${minutes} min`;
    if (n('declined') !== null) return `${n('declined')} essais sur ${n('tries')}${within}`;
    if (n('failed') !== null) return `${n('failed')} messages sur ${n('messages')}${within}`;
    if (n('blocked') !== null) return `${n('blocked')} essais arrêtés${within}`;
    if (n('unanswered') !== null) return `${n('unanswered')} essais sans réponse`;
    return '';
  },
  steer: {
    title: 'Intervenir',
    whisper: 'Chuchoter à l’agent',
    whisperHint: 'Lui seul le voit ; le client jamais',
    whisperSend: 'Chuchoter',
    whispered: 'L’agent le voit maintenant.',
    whisperEmpty: 'Écrivez ce que l’agent doit savoir.',
    takeOver: 'Reprendre',
    takenOver: 'Le lien est à vous maintenant.',
    giveTo: 'Donner à',
    choose: 'Choisir un agent',
    give: 'Donner',
    given: (name) => `${name} a maintenant le lien.`,
    isMine: 'Ce lien est à vous.',
  },
  whispers: {
    title: 'Chuchoté à vous',
    sent: 'Chuchoté à l’agent',
    by: (name) => `${name}, pour vous seul`,
    somebody: 'Un superviseur',
    told: (customer, text) => `On vous chuchote à propos de ${customer ?? 'un lien'} : « ${text} »`,
  },
};
