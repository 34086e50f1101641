/** Cada suceso en una frase que se puede leer en voz alta. */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'Usted';
    case 'person':
      return who.name;
    case 'colleague':
      return 'Un compañero';
    case 'software':
      return 'Su software';
    case 'system':
      return 'El sistema';
  }
}

const by = ({ channel }: Parts) => (channel === null ? '' : ` por ${channel}`);
const on = ({ device }: Parts) => (device === null ? '' : ` en ${device}`);
const money = ({ amount }: Parts, prefix = ' de ') => (amount === null ? '' : prefix + amount);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const what = ({ isReceipt, channel }: Parts) =>
  `El ${isReceipt ? 'recibo' : 'mensaje'}${channel === null ? '' : ` (${channel})`}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` en ${card.wallet}`;
  return ` con ${card.brand} terminada en ${card.last4}${wallet}`;
}

function toAgent(c: Parts): string {
  if (!c.isSomebodys) return '';
  return c.who.kind === 'you' ? ' a usted' : ` a ${who(c)}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${who(c)} creó el enlace${money(c, ' por ')}.`,
  'link.updated': (c) => {
    const to = c.text('agent');
    if (to !== null) {
      return to === c.event.agent
        ? `Del enlace se ocupa ahora: ${who(c)}.`
        : `El enlace se tomó de: ${who(c)}.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `${who(c)} cambió el enlace; espera a una segunda persona.`;
      case 'approved':
        return 'Una segunda persona aprobó el enlace.';
      case 'rejected':
        return 'Una segunda persona rechazó el enlace.';
      default:
        return `${who(c)} cambió el enlace.`;
    }
  },
  'link.sent': (c) => `El enlace se envió${by(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'Una vista previa o un escáner miró la página. Nadie la ha abierto.'
      : 'La página se cargó. Nadie la ha tocado todavía.',
  'link.opened': (c) => `El cliente abrió el enlace${on(c)}${by(c)}.`,
  'link.expired': 'El enlace caducó.',
  'link.cancelled': (c) => `${who(c)} canceló el enlace.`,
  'link.superseded': 'Un enlace más nuevo sustituyó a este.',
  'link.renewal_requested': 'El cliente pidió un enlace nuevo.',
  'checkout.joined': (c) =>
    `El cliente está en la página${on(c)}${c.language === null ? '' : `, en ${c.language}`}.`,
  'checkout.left': 'El cliente dejó la página.',
  'checkout.method_selected': (c) => `El cliente eligió pagar con ${c.method}.`,
  'checkout.card_entry_started': (c) => `El cliente empezó a escribir ${c.field}.`,
  'checkout.field_completed': (c) => `Completo: ${c.field}.`,
  'checkout.field_invalid': (c) => `No aceptado: ${c.field}.`,
  'checkout.submitted': 'El cliente pulsó Pagar.',
  'checkout.stalled': 'El cliente se detuvo a medias.',
  'checkout.help_requested': 'El cliente pidió ayuda.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'El cliente comparte de nuevo cada paso.'
      : c.text('by') === 'merchant'
        ? 'Sus páginas comparten solo el progreso general: abierto, presentado y cómo acabó.'
        : 'El cliente comparte solo el progreso general: abierto, presentado y cómo acabó.',
  'payment.fraud_check_started': 'Empezó el control de fraude.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'El control de fraude se superó.';
      case 'challenge':
        return 'El control de fraude pide la confirmación del banco.';
      case 'review':
        return 'El control de fraude pide una revisión.';
      case 'block':
        return 'El control de fraude bloqueó el pago.';
      default:
        return 'El control de fraude ha terminado.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'El cliente está en la página del proveedor de pagos.'
      : 'El banco pide al cliente que confirme el pago.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'La confirmación del banco falló.'
      : 'El cliente superó la confirmación del banco.',
  'payment.processing': 'El banco está tramitando el pago.',
  'payment.authorised': (c) => `Autorizado${money(c, ' por ')}${card(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'Rechazado.' : `Rechazado. El cliente ve: «${said}»`;
  },
  'payment.paid': (c) => `Pagado${money(c, ' ')}${card(c)}.`,
  'payment.partially_paid': (c) => `Se pagó una parte${money(c, ': ')}${card(c)}.`,
  'payment.paid_late': (c) =>
    `Pagado después de cerrarse el enlace${money(c, ': ')}. Compruébelo, por favor.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'El importe retenido se liberó.' : 'El pago se canceló.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'El proveedor de pagos quiere que una persona mire este pago.'
      : 'El dinero queda retenido hasta que lo mire un supervisor.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `El proveedor de pagos cerró su revisión${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)} aprobó el pago en la revisión.`
        : 'El pago no se aprobó en la revisión. No se cobró nada.',
  'payment.flag_cleared': (c) => `${who(c)} miró lo señalado y lo dio por resuelto.`,
  'refund.created': (c) => `${who(c)} inició un reembolso${money(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)} aprobó el reembolso${money(c)}.`
      : `${who(c)} denegó el reembolso${money(c)}. No se devuelve nada.`,
  'refund.succeeded': (c) => `El reembolso${money(c)} se completó.`,
  'refund.failed': (c) => `El reembolso${money(c)} falló${reason(c)}`,
  'dispute.opened': (c) => `El banco del cliente abrió una disputa${money(c, ' por ')}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'La disputa se cerró: ganada.';
    return result === 'lost' ? 'La disputa se cerró: perdida.' : 'La disputa se cerró.';
  },
  'message.queued': (c) => `${what(c)} espera su envío.`,
  'message.sent': (c) => `${what(c)} se envió.`,
  'message.delivered': (c) => `${what(c)} llegó.`,
  'message.read': (c) => `${what(c)} se leyó.`,
  'message.failed': (c) => `${what(c)} no se pudo entregar${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `El cliente escribió${by(c)}; se ocultó un número de tarjeta.`
      : `El cliente escribió${by(c)}.`,
  'customer.created': 'Se añadió el cliente.',
  'customer.updated': (c) => `${who(c)} cambió los datos del cliente.`,
  'customer.merged': (c) => `${who(c)} unió otro registro a este cliente.`,
  'customer.unmerged': (c) => `${who(c)} separó dos registros unidos.`,
  'customer.erased': (c) => `${who(c)} borró los datos personales del cliente.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': sí' : state === 'stopped' ? ': no' : '';
    return `Cambió el consentimiento para mensajes${by(c)}${now}.`;
  },
  'consent.doubtful': (c) =>
    `El cliente escribió${by(c)} algo que quizá sea para dejar de recibir mensajes. Léalo y decida.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `El cliente se puso en contacto${named}.`;
    return direction === 'outbound'
      ? `Nos pusimos en contacto${named}.`
      : `Hubo un contacto${named}.`;
  },
  'note.added': (c) => `${who(c)} añadió una nota.`,
  'note.whispered': (c) => `Un supervisor susurró a: ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'El cliente respondió a una encuesta.';
    const comment = c.text('comment');
    return `El cliente dio al pago ${score} de 5${comment === null ? '.' : `: «${comment}»`}`;
  },
  'conversation.opened': (c) => `Se abrió una conversación${by(c)}.`,
  'conversation.assigned': (c) => `La conversación${by(c)} se asignó${toAgent(c)}.`,
  'conversation.transferred': (c) => `La conversación${by(c)} se pasó${toAgent(c)}.`,
  'conversation.taken': (c) => `Alguien tomó la conversación${by(c)}.`,
  'conversation.offered': (c) => `La conversación${by(c)} espera a que alguien la tome.`,
  'conversation.closed': (c) => `La conversación${by(c)} se cerró.`,
  'agent.presence_changed': (c) => `Cambió la presencia: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `${who(c)} inició sesión con la cuenta de la organización.`
      : `${who(c)} inició sesión.`,
  'session.failed': 'Falló un inicio de sesión.',
  'session.ended': (c) => `Terminó una sesión: ${who(c)}.`,
  'user.changed': (c) => `${who(c)} cambió un usuario.`,
  'key.created': (c) => `${who(c)} creó una clave de API.`,
  'key.revoked': (c) => `${who(c)} revocó una clave de API.`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `${who(c)} consultó el registro.` : `${who(c)} exportó datos.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${who(c)} cambió los ajustes.`;
    }
    const cause = why === 'gone' ? 'dice que ya no existe' : 'no llegó nada en tres días';
    return `Los webhooks a ${c.text('host') ?? 'su software'} se desactivaron: ${cause}. Debería mirarlo un administrador.`;
  },
  'incident.card_number_masked': (c) =>
    `Se ocultó un número de tarjeta${by(c)} antes de guardarlo.`,
  'incident.approval_refused': (c) =>
    `${who(c)} intentó aprobar lo que corresponde a otra persona.`,
  'incident.mailbox_failing': 'No se puede leer el buzón. Compruebe el servidor y la contraseña.',
  'incident.mailbox_recovered': 'El buzón se lee de nuevo.',
  'incident.mail_skipped':
    'Un correo no se pudo guardar y se dejó en el buzón. Alguien debería leerlo allí.',
  'incident.decline_spike': 'Se rechazan muchos más pagos que de costumbre. Mire la sala.',
  'incident.decline_spike_over': 'Terminó la racha de rechazos.',
  'incident.psp_down': 'El proveedor de pagos no responde. Ahora mismo no pasan pagos.',
  'incident.psp_down_over': 'El proveedor de pagos responde de nuevo.',
  'incident.message_failures': 'Muchos mensajes no llegan. Mire la cuenta del canal.',
  'incident.message_failures_over': 'Los mensajes llegan de nuevo.',
  'incident.card_testing':
    'Quizá alguien prueba tarjetas robadas: las reglas de fraude detuvieron varias.',
  'incident.card_testing_over': 'Las reglas de fraude ya no detienen tarjetas.',
  'psp.event_unmatched': 'El proveedor de pagos comunicó un pago que aquí no se conoce.',
  'psp.amount_mismatched':
    'El proveedor de pagos cobró otro importe que el pedido. No se anotó nada; mírelo ahora.',
  'page.script_blocked': 'Un navegador detuvo en la página de pago un programa que no es nuestro.',
  'page.changed':
    'La página de pago no está como se envió: difiere un programa o una cabecera de seguridad. Mírelo ahora.',
  'page.baseline_accepted': (c) => `${who(c)} aceptó cómo está ahora la página de pago.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'El dinero del día cuadra con los libros del proveedor de pagos.'
      : 'El dinero del día aún no cuadra con los libros del proveedor de pagos. Finanzas debería mirarlo.',
};
