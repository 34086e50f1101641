/** Was gerade geschieht und was man sagen kann. */
import type { Words } from '../catalogue';

export const guidance: Words['guidance'] = {
  stuckAt: (field) =>
    `Der Kunde hängt fest: ${field}. Bitten Sie ihn, die Angabe zu prüfen; lassen Sie sie nie vorlesen.`,
  undelivered: (channel, next) =>
    `Die Nachricht (${channel}) ist nicht angekommen. ${
      next === null
        ? 'Prüfen Sie die Adresse, oder fragen Sie nach einer anderen.'
        : `Senden Sie sie stattdessen per ${next}, oder prüfen Sie die Adresse.`
    }`,
  now: {
    ready: 'Bereit. Zeigen Sie dem Kunden den QR-Code, oder kopieren Sie den Link.',
    leaving: 'Der Link ist unterwegs zum Kunden.',
    sent: 'Die Nachricht ist hinausgegangen. Jetzt muss sie ankommen.',
    delivered: 'Die Nachricht ist angekommen. Jetzt muss der Kunde den Link öffnen.',
    opened: (device) => `Der Kunde hat die Seite offen${device === null ? '' : `, auf ${device}`}.`,
    openedGone: 'Der Kunde hat den Link geöffnet und die Seite dann verlassen.',
    typing: (device) =>
      `Der Kunde gibt seine Kartendaten ein${device === null ? '' : `, auf ${device}`}.`,
    typingGone: 'Der Kunde hat mit den Kartendaten begonnen und die Seite dann verlassen.',
    checking: 'Der Kunde hat „Bezahlen“ gedrückt. Die Zahlung wird geprüft.',
    challenge: 'Die Bank bittet den Kunden um Bestätigung, in ihrer App oder mit einem Code.',
    challengeGone: 'Die Bank bittet um Bestätigung, aber der Kunde hat die Seite verlassen.',
    processing: 'Die Bank bearbeitet die Zahlung. Im Moment ist nichts zu tun.',
    paid: 'Bezahlt. Der Kunde sieht einen Beleg.',
    held: 'Das Geld ist für Sie reserviert. Ziehen Sie es ein, wenn es fällig ist.',
    someMoney: 'Das Geld ist da.',
    declined: 'Der Kunde ist noch auf der Seite und kann es dort erneut versuchen.',
    declinedGone: 'Der Kunde hat die Seite verlassen. Derselbe Link geht weiterhin.',
    expired: 'Der Link ist abgelaufen und nimmt keine Zahlung mehr an.',
    cancelled: 'Der Link wurde storniert und nimmt keine Zahlung mehr an.',
  },
  titles: {
    help: 'Der Kunde bittet um Hilfe',
    renewal: 'Der Kunde bittet um einen neuen Link',
    stalled: 'Der Kunde kommt nicht weiter',
    undelivered: 'Die Nachricht ist nicht angekommen',
    declined: 'Abgelehnt',
    someUndelivered: 'Eine Nachricht ist nicht angekommen',
    stuck: 'Der Kunde hängt vielleicht fest',
    problem: 'Es gibt ein Problem',
  },
  hints: {
    help: 'Sprechen Sie ihn jetzt an: „Ich sehe, dass Sie auf der Zahlseite sind. Wo hängt es?“',
    declined:
      'Fragen Sie nach einer anderen Karte, oder ob der Kunde erst seine Bank anrufen möchte.',
    stalledAtBank:
      'Bitten Sie den Kunden, nach einer Nachricht seiner Bank zu sehen: in ihrer App oder als Code per SMS.',
    stalledTyping: 'Fragen Sie, ob die Karte zur Hand ist und welcher Teil der Eingabe Mühe macht.',
    stalled: 'Fragen Sie, ob die Seite den richtigen Betrag zeigt und ob es weitergehen soll.',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}. `}Prüfen Sie ${to} mit dem Kunden, oder senden Sie auf einem anderen Weg als ${channel}.`,
  },
  attention: {
    help: 'Bittet um Hilfe',
    renewal: 'Möchte einen neuen Link',
    stalled: 'Kommt nicht weiter',
    declined: 'Abgelehnt',
    undelivered: 'Nicht zugestellt',
  },
};
