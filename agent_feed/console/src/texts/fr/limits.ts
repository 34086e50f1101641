/** Limites et approbations : chaque réglage avec ce qu’il fait. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'Limites et approbations',
  lead: 'Ce qui demande une deuxième personne, quand les règles de fraude interviennent, qui reçoit les alertes. Chaque changement est dans le journal avec son auteur.',
  save: 'Enregistrer',
  saved: 'Enregistré.',
  whoMay: 'Les administrateurs les modifient.',
  unsaved: 'Pas encore enregistré',
  usual: (value) => `Habituellement ${value}`,
  notSet: 'non défini',
  on: 'oui',
  off: 'non',
  back: 'Revenir à la valeur habituelle',
  backName: (label) => `Revenir à la valeur habituelle : ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'Ceci ne peut être réglé.'
      : `Un nombre de ${least} à ${most}.`,
  badList: 'Des codes connus, séparés par des virgules.',
  badNumber: 'Un nombre, par exemple 0.04.',
  cards: {
    approvals: 'Une deuxième personne',
    signIn: 'Connexion',
    fraud: 'Règles de fraude',
    alerts: 'Alertes pour les superviseurs',
    page: 'La page de paiement',
    sms: 'SMS',
    prices: 'Ce que coûtent les messages',
    retention: 'Les règles',
  },
  leads: {
    fraud:
      'Une limite atteinte demande une validation à la banque, retient l’argent jusqu’à l’examen par une personne, ou bloque l’essai. Les montants sont en livres, euros ou dollars entiers, et leur équivalent ailleurs. Les nombres ne comptent que là où plus d’essais ont été refusés que payés.',
    alerts: 'Ce qui doit s’être passé dans la fenêtre avant que les superviseurs soient prévenus.',
    retention:
      'En jours, comptés depuis la création ou le dernier usage. Passé ce terme, c’est supprimé pour de bon, une fois par jour ; les montants et le journal sont conservés.',
    prices:
      'Pour les messages dont le prestataire ne dit pas le prix : une estimation dans les rapports.',
  },
  words: {
    progress: { full: 'Chaque étape', coarse: 'Ouvert, soumis et l’issue' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'Liens au-dessus de ce montant',
      hint: 'Unités entières ; vide : jamais',
    },
    'approvals.refund_amount_units': {
      label: 'Remboursements au-dessus de ce montant',
      hint: 'Unités entières ; vide : jamais',
    },
    'mfa.required_for': { label: 'Un second facteur est exigé de' },
    'single_sign_on.accept_second_factor': {
      label: 'Un second facteur vérifié par la connexion de votre organisation suffit',
    },
    'single_sign_on.refuse_passwords': {
      label:
        'Qui s’est connecté avec le compte de l’organisation ne peut plus utiliser de mot de passe',
      hint: 'Les administrateurs gardent le leur, pour le jour où cette connexion est en panne',
    },
    'retention.sessions_days': { label: 'Sessions terminées' },
    'retention.visitors_days': { label: 'Navigateurs qui ont écrit dans le chat web' },
    'retention.page_reports_days': {
      label: 'Ce que les navigateurs ont bloqué sur la page de paiement',
    },
    'retention.message_bodies_days': {
      label: 'Textes et adresses des messages',
      hint: 'Vide : jusqu’à l’effacement',
    },
    'retention.contact_words_days': {
      label: 'Textes des notes, commentaires de sondage et contacts',
      hint: 'Vide : jusqu’à l’effacement',
    },
    'retention.customers_days': {
      label: 'Clients sans contact',
      hint: 'Vide : jusqu’à l’effacement',
    },
    'fraud.challenge_amount_units': { label: 'Validation bancaire à partir de ce montant' },
    'fraud.review_amount_units': { label: 'Examen par une personne à partir de ce montant' },
    'fraud.block_amount_units': { label: 'Blocage à partir de ce montant' },
    'fraud.link_declines_hour_challenge': {
      label: 'Refus sur un lien en une heure : validation',
    },
    'fraud.link_declines_hour_block': { label: 'Refus sur un lien en une heure : blocage' },
    'fraud.link_cards_hour_challenge': {
      label: 'Cartes sur un lien en une heure : validation',
    },
    'fraud.link_cards_hour_block': { label: 'Cartes sur un lien en une heure : blocage' },
    'fraud.address_declines_hour_challenge': {
      label: 'Refus depuis une adresse réseau en une heure : validation',
    },
    'fraud.address_declines_hour_block': {
      label: 'Refus depuis une adresse réseau en une heure : blocage',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Liens essayés depuis une adresse réseau en une heure : validation',
    },
    'fraud.address_links_hour_block': {
      label: 'Liens essayés depuis une adresse réseau en une heure : blocage',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Refus sur un appareil en une heure : validation',
    },
    'fraud.device_declines_hour_block': { label: 'Refus sur un appareil en une heure : blocage' },
    'fraud.device_cards_hour_challenge': {
      label: 'Cartes sur un appareil en une heure : validation',
    },
    'fraud.device_cards_hour_block': { label: 'Cartes sur un appareil en une heure : blocage' },
    'fraud.card_declines_day_challenge': {
      label: 'Refus d’une même carte en un jour : validation',
    },
    'fraud.card_declines_day_block': { label: 'Refus d’une même carte en un jour : blocage' },
    'fraud.card_links_hour_challenge': {
      label: 'Liens payés par une carte en une heure : validation',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'Cartes refusées d’une même plage de banque en une heure : validation',
    },
    'fraud.bin_cards_hour_block': {
      label: 'Cartes refusées d’une même plage de banque en une heure : blocage',
    },
    'fraud.small_amount_units': {
      label: 'Un petit montant va jusqu’à',
      hint: 'Les cartes volées sont essayées avec de petits montants',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Petits refus depuis une adresse réseau en une heure : blocage',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Petits refus dans toute l’entreprise en une heure : validation',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'La part de refus de l’entreprise compte à partir de tant d’essais en une heure',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Refus dans toute l’entreprise, pour cent : validation',
    },
    'fraud.usual_payments_least': {
      label: 'L’habituel est connu à partir de tant de paiements',
    },
    'fraud.usual_times_challenge': { label: 'Tant de fois le montant habituel : validation' },
    'fraud.customer_payments_least': {
      label: 'L’habituel d’un client est connu à partir de tant de paiements',
    },
    'fraud.customer_times_challenge': {
      label: 'Tant de fois le montant habituel du client : validation',
    },
    'fraud.unusual_amount_units_least': {
      label: 'En dessous, un montant n’est jamais inhabituel',
    },
    'fraud.countries_expected': {
      label: 'Les cartes sont attendues de',
      hint: 'Codes de pays ; vide : de partout',
    },
    'fraud.countries_blocked': {
      label: 'Les cartes sont refusées de',
      hint: 'Codes de pays',
    },
    'fraud.country_amount_units_challenge': {
      label: 'D’un autre pays : validation à partir de ce montant',
    },
    'fraud.own_link_days_review': {
      label: 'Jours examinés en arrière pour un agent qui paie son propre lien',
      hint: '0 : on ne cherche pas',
    },
    'fraud.review_hours': { label: 'Heures jusqu’à ce qu’un examen devienne caduc' },
    'alerts.window_minutes': { label: 'Fenêtre, en minutes' },
    'alerts.tries_least': { label: 'Part de refus : à partir de tant d’essais' },
    'alerts.declined_percent': { label: 'Refusés, pour cent' },
    'alerts.messages_least': {
      label: 'Part de messages échoués : à partir de tant de messages',
    },
    'alerts.messages_failed_percent': { label: 'Messages échoués, pour cent' },
    'alerts.unanswered_least': {
      label: 'Essais auxquels un prestataire de paiement n’a pas répondu',
    },
    'alerts.blocked_least': { label: 'Essais que les règles de fraude ont arrêtés' },
    'page.progress': { label: 'Les agents voient, des étapes du client' },
    'pay_page_time.extension_minutes': {
      label: 'De combien de minutes les clients peuvent repousser la fin',
    },
    'pay_page_time.extensions_max': { label: 'Combien de fois', hint: '0 : jamais' },
    'survey.enabled': { label: 'Demander aux clients, après le paiement, comment c’était' },
    'receipts.automatic_email': { label: 'Envoyer un reçu par e-mail après chaque paiement' },
    'sms.countries': {
      label: 'Pays où envoyer en plus du vôtre',
      hint: 'Codes de pays ; vide : partout',
    },
    'sms.daily_max': { label: 'Messages en 24 heures au plus', hint: 'Vide : sans limite' },
    'stop.confirm_at': { label: 'Nous confirmons un STOP chez ces prestataires' },
    'message_prices.currency': { label: 'Devise', hint: 'Par exemple GBP' },
    'message_prices.sms': { label: 'SMS, par segment' },
    'message_prices.email': { label: 'E-mail' },
  },
};
