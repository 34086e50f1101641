/** Ce qu’un agent peut dire, mot pour mot. */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: 'Refusé : provision insuffisante',
    declined: 'Refusé pour une autre raison',
    bank_app: 'La banque demande, et rien ne se passe',
    wrong_code: 'Code de sécurité erroné',
    stuck_field: 'Bloqué sur un champ',
    not_arrived: 'Le message n’est pas arrivé',
    stalled: 'Le client s’est arrêté',
    help: 'Le client demande de l’aide',
    expired: 'Le lien a expiré',
  },
  builtIn: {
    declined_funds:
      '« La banque indique qu’il n’y a pas assez sur cette carte en ce moment. Voulez-vous essayer une autre carte, ou dois-je partager le montant ? »',
    declined:
      '« La banque n’a pas laissé passer cette carte. Cela arrive souvent, et rien n’a été prélevé. Avez-vous une autre carte sous la main ? »',
    bank_app:
      '« Votre banque veut s’assurer que c’est bien vous. Ouvrez s’il vous plaît l’application de votre banque, ou cherchez un SMS avec un code. J’attends. »',
    wrong_code:
      '« Le code de sécurité ne correspondait pas. Ce sont les trois chiffres au dos de la carte, quatre au recto d’une American Express. Ne me le lisez pas, s’il vous plaît. »',
    stuck_field:
      '« La page a un doute sur l’un des champs. Comparez-le encore une fois avec votre carte, sans me le lire. »',
    not_arrived:
      '« Le message ne vous est pas parvenu. Vérifions l’adresse ensemble, ou je l’envoie autrement. »',
    stalled:
      '« Je vois que la page est ouverte. Prenez votre temps. Puis-je vous expliquer quelque chose ? »',
    help: '« Je suis là et je vois à quelle étape vous êtes. Que vous montre la page ? »',
    expired:
      '« Le lien a expiré et rien n’a été prélevé. Je vous en envoie un nouveau tout de suite. »',
  },
  form: {
    title: 'Ce que disent les agents',
    intro:
      'Quand un client est dans l’une de ces situations, les agents voient ces mots à côté du lien. Écrivez les vôtres, ou gardez les nôtres.',
    own: 'Vos propres mots',
    ours: 'Nos mots',
    label: (title) => `Mots pour : ${title}`,
    save: 'Enregistrer',
    reset: 'Reprendre les nôtres',
    saved: 'Les agents le voient dès maintenant.',
    removed: 'Nos mots valent de nouveau.',
    empty: 'Écrivez ce qu’il faut dire, ou reprenez nos mots.',
    count: (count, most) => `${count} sur ${most}`,
    whoMay: 'Superviseurs et administrateurs les modifient.',
  },
};
