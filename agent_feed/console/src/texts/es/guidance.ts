/** Qué ocurre ahora y qué decir. */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : ` en ${device}`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) =>
    `El cliente no avanza en ${field}. Pídale que lo compruebe; nunca le pida que lo lea en voz alta.`,
  undelivered: (channel, next) =>
    `El mensaje (${channel}) no llegó. ${
      next === null
        ? 'Compruebe la dirección, o pida otra al cliente.'
        : `Envíelo por ${next}, o compruebe la dirección.`
    }`,
  now: {
    ready: 'Listo. Muestre el código QR al cliente o cópiele el enlace.',
    leaving: 'El enlace va de camino al cliente.',
    sent: 'El mensaje ha salido. Falta que llegue.',
    delivered: 'El mensaje ha llegado. Falta que el cliente abra el enlace.',
    opened: (device) => `El cliente tiene la página abierta${on(device)}.`,
    openedGone: 'El cliente abrió el enlace y luego dejó la página.',
    typing: (device) => `El cliente escribe los datos de la tarjeta${on(device)}.`,
    typingGone: 'El cliente empezó a escribir los datos de la tarjeta y luego dejó la página.',
    checking: 'El cliente pulsó Pagar. El pago se está comprobando.',
    challenge: 'El banco pide al cliente que confirme, en su aplicación o con un código.',
    challengeGone: 'El banco pide confirmación, pero el cliente ha dejado la página.',
    processing: 'El banco está tramitando el pago. De momento no hay nada que hacer.',
    paid: 'Pagado. El cliente ve un recibo.',
    held: 'El dinero está reservado. Cóbrelo cuando corresponda.',
    someMoney: 'El dinero ha llegado.',
    declined: 'El cliente sigue en la página y puede intentarlo allí de nuevo.',
    declinedGone: 'El cliente dejó la página. El mismo enlace sigue funcionando.',
    expired: 'El enlace ha caducado y ya no admite pagos.',
    cancelled: 'El enlace se canceló y ya no admite pagos.',
  },
  titles: {
    help: 'El cliente pidió ayuda',
    renewal: 'El cliente pide un enlace nuevo',
    stalled: 'El cliente se ha detenido',
    undelivered: 'El mensaje no llegó',
    declined: 'Rechazado',
    someUndelivered: 'Un mensaje no llegó',
    stuck: 'Quizá el cliente no avanza',
    problem: 'Hay un problema',
  },
  hints: {
    help: 'Háblele ahora: «Veo que está en la página de pago. ¿Dónde se ha quedado?»',
    declined: 'Pregunte si tiene otra tarjeta, o si prefiere llamar antes a su banco.',
    stalledAtBank:
      'Pídale que busque un mensaje de su banco: en su aplicación, o un código por SMS.',
    stalledTyping: 'Pregunte si tiene la tarjeta a mano, y qué parte le da problemas.',
    stalled: 'Pregunte si la página muestra el importe correcto, y si quiere continuar.',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}. `}Compruebe ${to} con el cliente, o envíelo por otra vía que no sea ${channel}.`,
  },
  attention: {
    help: 'Pidió ayuda',
    renewal: 'Quiere un enlace nuevo',
    stalled: 'Detenido',
    declined: 'Rechazado',
    undelivered: 'No entregado',
  },
};
