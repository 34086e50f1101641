/** Noms courts, temps et ce qui a échoué. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'Vous',
  channels: {
    sms: 'SMS',
    email: 'e-mail',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'chat web',
    chatbot: 'chatbot',
    qr: 'code QR',
  },
  devices: { mobile: 'un téléphone', tablet: 'une tablette', desktop: 'un ordinateur' },
  fields: {
    number: 'le numéro de carte',
    expiry: 'la date d’expiration',
    cvc: 'le code de sécurité',
    other: 'les données de la carte',
  },
  fieldTitles: {
    number: 'Numéro de carte',
    expiry: 'Date d’expiration',
    cvc: 'Code de sécurité',
  },
  fieldStates: {
    todo: 'pas encore',
    typing: 'en cours de saisie',
    done: 'complet',
    invalid: 'non accepté',
  },
  steps: {
    created: 'Créé',
    sent: 'Envoyé',
    delivered: 'Remis',
    opened: 'Ouvert',
    card_entry: 'Saisie de la carte',
    submitted: 'Soumis',
    fraud_check: 'Contrôle de fraude',
    challenge: 'Validation bancaire',
    processing: 'En traitement',
    paid: 'Payé',
    declined: 'Refusé',
    expired: 'Expiré',
    cancelled: 'Annulé',
  },
  stages: {
    created: 'Créé',
    sent: 'Envoyé',
    delivered: 'Remis',
    opened: 'Ouvert',
    card_entry: 'Saisie de la carte',
    submitted: 'Soumis',
    fraud_check: 'Contrôle de fraude',
    challenge: 'Validation bancaire',
    outcome: 'Paiement',
  },
  statuses: {
    active: 'Actif',
    in_progress: 'En cours',
    partially_paid: 'Payé en partie',
    paid: 'Payé',
    expired: 'Expiré',
    cancelled: 'Annulé',
  },
  deliveries: {
    queued: 'en attente d’envoi',
    sending: 'en cours d’envoi',
    sent: 'envoyé',
    delivered: 'remis',
    read: 'lu',
    failed: 'non remis',
  },
  roles: {
    agent: 'Agent',
    supervisor: 'Superviseur',
    admin: 'Administrateur',
    auditor: 'Auditeur',
  },
};

export const times: Words['times'] = {
  now: 'maintenant',
  secondsAgo: (n) => `il y a ${n} s`,
  minutesAgo: (n) => `il y a ${n} min`,
  hoursAgo: (n) => `il y a ${n} h`,
  soon: 'dans moins d’une minute',
  inMinutes: (n) => `dans ${n} min`,
  inHours: (n) => `dans ${n} h`,
  inDays: (n) => `dans ${n} jours`,
};

export const presence: Words['presence'] = {
  away: 'Pas sur la page',
  there: {
    active: 'Sur la page',
    typing: 'Sur la page, écrit',
    idle: 'Sur la page, inactif',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? '1 autre personne' : `${more} autres personnes`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} regarde aussi ce lien.`;
    return `${all.join(', ')} et ${last} regardent aussi ce lien.`;
  },
};

export const failures: Words['failures'] = {
  title: 'Chargement impossible',
  offline: 'Le service est injoignable. Vérifiez votre connexion.',
  timeout: 'Le service n’a pas répondu à temps.',
  busy: 'Trop de demandes en ce moment. Réessayez dans un instant.',
  service: 'Le service a un problème. Réessayez dans un instant.',
  sessionOver: 'Votre session est terminée.',
  other: 'Quelque chose s’est mal passé.',
  unknownFate:
    'Aucune réponse n’est arrivée : c’est peut-être fait, peut-être pas. Réessayez : cela ne peut pas se faire deux fois.',
};

export const settings: Words['settings'] = {
  title: 'Réglages',
  nav: 'Parties des réglages',
  groups: { own: 'Vous', house: 'Votre entreprise' },
  parts: {
    account: 'Mon compte',
    sessions: 'Sessions',
    'canned-replies': 'Réponses prêtes',
    guidance: 'Que dire',
    people: 'Personnes',
    teams: 'Équipes',
    roles: 'Rôles',
    keys: 'Clés d’API',
    accounts: 'Comptes des prestataires',
    brand: 'Marque',
    templates: 'Textes des messages',
    webhooks: 'Webhooks',
    'page-security': 'Sécurité de la page de paiement',
    limits: 'Limites et approbations',
    retention: 'Conservation des données',
    journal: 'Journal',
  },
};
