/** Le panneau intégré. */
import type { Words } from '../catalogue';

export const embed: Words['embed'] = {
  title: 'Liens de paiement',
  newLink: 'Nouveau lien de paiement',
  console: 'Ouvrir la console',
  back: 'Client',
  customer: 'Client',
  links: 'Liens ouverts',
  looking: 'Recherche du client…',
  unknownTitle: 'Pas encore connu',
  unknownText:
    'Avec le premier lien de paiement, cet appelant devient un client ; la suite reste avec lui.',
  noneTitle: 'Aucun lien ouvert',
  noneText: 'Créez-en un tout en parlant. Vous verrez ici, en direct, quand il est ouvert et payé.',
  waitingTitle: 'En attente d’un client',
  waitingText:
    'Ce panneau s’ouvre tout seul quand votre poste prend un appel, ou créez maintenant un lien pour n’importe qui.',
  notHostedTitle: 'Ce panneau va dans une autre page',
  notHostedText:
    'Il ne s’ouvre que dans les pages permises par votre administrateur. La console est ici :',
  signingInTitle: 'Connexion en cours…',
  signingInText: 'Votre poste vous connecte ici. Si rien ne se passe, demandez à qui s’en occupe.',
  refusedTitle: 'Votre poste n’a pas pu vous connecter',
  refusedText: 'La connexion envoyée était trop ancienne, ou déjà utilisée.',
  endedTitle: 'Votre session est terminée',
  endedText: 'Ce que vous avez écrit est toujours là.',
  again: 'Se reconnecter',
  phone: 'Téléphone',
  email: 'E-mail',
  externalId: 'Votre identifiant',
};
