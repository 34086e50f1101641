/** Préférences, raccourcis, avis et visite guidée. */
import type { Words } from '../catalogue';

export const feel: Words['feel'] = {
  preferences: 'Préférences',
  theme: 'Apparence',
  themes: { system: 'Comme le système', light: 'Clair', dark: 'Sombre' },
  language: 'Langue',
  browserLanguage: 'Comme le navigateur',
  notices: 'Quand un paiement change pendant que vous regardez ailleurs',
  sound: 'Jouer un son',
  desktop: 'Afficher un avis sur le bureau',
  desktopBlocked:
    'Ce navigateur bloque les avis d’ici. Autorisez-les à côté de l’adresse, puis activez ceci.',
  keys: 'Raccourcis à une touche',
  keysHint: 'Désactivez-les si vous dictez ou appuyez par mégarde.',
  help: 'Raccourcis clavier',
  takeTour: 'Faire la visite',
  practise: 'S’exercer avec un client fictif',
  ask: {
    title: 'Vous prévenir quand c’est payé ?',
    text: 'Un son bref et un avis, seulement pendant que vous regardez ailleurs.',
    yes: 'Oui, prévenez-moi',
    no: 'Non, merci',
  },
  noticeTitle: (customer, what) => `${customer} : ${what}`,
  sheet: {
    title: 'Raccourcis clavier',
    anywhere: 'Partout',
    list: 'Dans la liste',
    form: 'Dans un formulaire',
    then: 'puis',
    off: 'Les raccourcis à une touche sont désactivés dans les préférences.',
    rows: {
      new: 'Nouveau lien',
      search: 'Chercher des liens',
      help: 'Cette aide',
      next: 'Lien suivant',
      previous: 'Lien précédent',
      open: 'Ouvrir le lien',
      send: 'Envoyer le lien',
      close: 'Fermer ce qui est ouvert',
      links: 'Aller aux liens',
      conversations: 'Aller aux conversations',
      floor: 'Aller au plateau',
      reports: 'Aller aux rapports',
      settings: 'Aller aux réglages',
    },
  },
  tour: {
    label: 'Visite',
    offer: 'Nouveau ici ? Voyez en une minute comment marche un lien de paiement.',
    start: 'Commencer la visite',
    later: 'Pas maintenant',
    skip: 'Passer la visite',
    back: 'Retour',
    next: 'Suivant',
    done: 'Terminé',
    count: (step, of) => `Étape ${step} sur ${of}`,
    steps: [
      {
        title: 'Créez un lien tout en parlant',
        text: 'Appuyez sur N, tapez le montant et le téléphone ou l’e-mail du client, et envoyez. Dix secondes, sans souris.',
      },
      {
        title: 'Regardez-le se faire',
        text: 'La liste bouge toute seule : envoyé, remis, ouvert, saisie de la carte, payé. Un point vert : le client est sur la page.',
      },
      {
        title: 'Qui a besoin de vous passe devant',
        text: 'Une carte refusée, un message non arrivé, un client bloqué : ces liens montent en tête, avec des mots à dire.',
      },
      {
        title: 'Regardez ailleurs tranquillement',
        text: 'Activez un son ou un avis dans les préférences, et nous vous prévenons quand un paiement change.',
      },
      {
        title: 'Ne demandez jamais un numéro de carte',
        text: 'Le client le saisit sur sa propre page. S’il vous l’écrit quand même, vous le voyez masqué.',
      },
    ],
  },
};
