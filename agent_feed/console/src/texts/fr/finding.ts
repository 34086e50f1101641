/** Qui paie, comment on le joint et ce qu’il lira. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'Chercher un client',
  findHint: 'nom, téléphone, e-mail, numéro',
  results: 'Clients trouvés',
  none: 'Personne trouvé. Saisissez les coordonnées ci-dessous.',
  failed: 'La recherche n’a pas répondu. Saisissez les coordonnées ci-dessous.',
  found: (count) => (count === 1 ? '1 client trouvé' : `${count} clients trouvés`),
  unnamed: 'Nom inconnu',
  prefers: (channel) => `préfère ${channel}`,
  stoppedShort: (channels) => `désabonné : ${channels}`,
  consent: {
    stopped: 'Le client a refusé ces messages : l’envoi sera rejeté.',
    granted: 'Le client a accepté ces messages.',
    failed: 'Le dernier n’est pas arrivé.',
    preferred: 'Préféré.',
  },
  language: 'Langue',
  languageHint: 'du message et de la page',
  automatic: 'Comme l’appareil du client',
  preview: {
    open: 'Aperçu du message',
    close: 'Masquer l’aperçu',
    nothing: 'Choisissez un canal et un montant pour voir ce qui sera envoyé.',
    failed: 'L’aperçu n’a pas pu être fait.',
    subject: 'Objet',
    segments: (count, units) =>
      count === 1 ? `1 SMS, ${units} caractères` : `${count} parties de SMS, ${units} caractères`,
    unicode: 'avec des caractères qui réduisent de moitié ce qui tient dans un seul',
  },
  templates: {
    label: 'Modèles',
    hint: (number) => `Alt + ${number}`,
    save: 'Enregistrer comme modèle',
    name: 'Nom du modèle',
    saveIt: 'Enregistrer',
    forget: (name) => `Oublier le modèle ${name}`,
    empty: 'Saisissez d’abord une description, pour que le modèle ait quelque chose à garder.',
    full: 'Il y en a déjà huit. Oubliez-en un d’abord.',
    saved: 'Enregistré dans ce navigateur.',
    used: (name) => `Rempli d’après ${name}.`,
  },
};
