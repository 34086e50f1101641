/** Ce qui se passe et que dire. */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : ` sur ${device}`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) =>
    `Le client bute sur ${field}. Demandez-lui de vérifier ; ne lui demandez jamais de le lire à voix haute.`,
  undelivered: (channel, next) =>
    `Le message (${channel}) n’est pas arrivé. ${
      next === null
        ? 'Vérifiez l’adresse, ou demandez-en une autre au client.'
        : `Envoyez-le plutôt par ${next}, ou vérifiez l’adresse.`
    }`,
  now: {
    ready: 'Prêt. Montrez le code QR au client ou copiez-lui le lien.',
    leaving: 'Le lien est en route vers le client.',
    sent: 'Le message est parti. Reste à ce qu’il arrive.',
    delivered: 'Le message est arrivé. Reste à ce que le client ouvre le lien.',
    opened: (device) => `Le client a la page ouverte${on(device)}.`,
    openedGone: 'Le client a ouvert le lien, puis quitté la page.',
    typing: (device) => `Le client saisit les données de sa carte${on(device)}.`,
    typingGone: 'Le client a commencé à saisir sa carte, puis quitté la page.',
    checking: 'Le client a appuyé sur Payer. Le paiement est vérifié.',
    challenge: 'La banque demande au client de confirmer, dans son application ou par un code.',
    challengeGone: 'La banque demande une confirmation, mais le client a quitté la page.',
    processing: 'La banque traite le paiement. Rien à faire pour le moment.',
    paid: 'Payé. Le client voit un reçu.',
    held: 'L’argent est réservé. Encaissez-le le moment venu.',
    someMoney: 'L’argent est là.',
    declined: 'Le client est encore sur la page et peut y réessayer.',
    declinedGone: 'Le client a quitté la page. Le même lien fonctionne toujours.',
    expired: 'Le lien a expiré et n’accepte plus de paiement.',
    cancelled: 'Le lien a été annulé et n’accepte plus de paiement.',
  },
  titles: {
    help: 'Le client a demandé de l’aide',
    renewal: 'Le client demande un nouveau lien',
    stalled: 'Le client s’est arrêté',
    undelivered: 'Le message n’est pas arrivé',
    declined: 'Refusé',
    someUndelivered: 'Un message n’est pas arrivé',
    stuck: 'Le client est peut-être bloqué',
    problem: 'Il y a un problème',
  },
  hints: {
    help: 'Parlez-lui maintenant : « Je vois que vous êtes sur la page de paiement. Où êtes-vous bloqué ? »',
    declined: 'Demandez s’il a une autre carte, ou s’il préfère d’abord appeler sa banque.',
    stalledAtBank:
      'Demandez-lui de chercher un message de sa banque : dans son application, ou un code par SMS.',
    stalledTyping: 'Demandez s’il a sa carte sous la main, et quelle partie lui pose problème.',
    stalled: 'Demandez si la page montre le bon montant, et s’il souhaite continuer.',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}. `}Vérifiez ${to} avec le client, ou envoyez-le autrement que par ${channel}.`,
  },
  attention: {
    help: 'A demandé de l’aide',
    renewal: 'Veut un nouveau lien',
    stalled: 'Arrêté',
    declined: 'Refusé',
    undelivered: 'Non remis',
  },
};
