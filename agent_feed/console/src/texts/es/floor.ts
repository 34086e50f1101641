/** La sala, y cómo intervenir. */
import type { Words } from '../catalogue';

const links = (n: number) => (n === 1 ? '1 enlace' : `${n} enlaces`);

export const floor: Words['floor'] = {
  title: 'Sala',
  today: (zone) => `Hoy, según la hora de ${zone}`,
  updated: 'En vivo; la mediana se cuenta de nuevo cada minuto.',
  stale: 'Sin conexión en vivo. Se muestra lo que había al perderse la conexión.',
  more: 'Hay más de 5000 enlaces abiertos; se cuentan los 5000 más nuevos.',
  filters: 'Mostrar',
  team: 'Equipo',
  allTeams: 'Todos los equipos',
  noTeam: 'Sin equipo',
  agent: 'Agente',
  allAgents: 'Todos los agentes',
  nobody: 'Nadie',
  channel: 'Canal',
  allChannels: 'Todos los canales',
  noChannel: 'Ninguno o varios',
  clear: 'Mostrar todo',
  large: 'Pantalla grande',
  largeHint: 'Pulse F o Esc para salir',
  pipeline: 'Enlaces en cada paso ahora',
  steps: {
    created: 'Creados',
    sent: 'Enviados',
    delivered: 'Entregados',
    opened: 'Abiertos',
    card_entry: 'Datos de tarjeta',
    checking: 'En proceso',
    challenge: 'En el banco',
    declined: 'Rechazados',
    paid: 'Pagados hoy',
  },
  links,
  figures: 'Hoy hasta ahora',
  paid: 'Pagado hoy',
  payments: (n) => (n === 1 ? '1 pago' : `${n} pagos`),
  nothingPaid: 'Nada todavía',
  conversion: 'Conversión',
  ofMade: (paid, made) =>
    made === 0 ? 'hoy no se crearon enlaces' : `${paid} de ${links(made)} creados hoy`,
  median: 'De enviado a pagado',
  medianHint: 'la mitad tarda menos',
  open: 'Enlaces abiertos',
  present: (n) => `${n} en la página ahora`,
  declines: 'Rechazos',
  declinesHint: 'intentos de hoy',
  unknown: '–',
  needs: 'Necesita a alguien ahora',
  needsCount: (n) => (n === 1 ? '1 enlace necesita a alguien' : `${n} enlaces necesitan a alguien`),
  needLabels: {
    help: 'Pidió ayuda',
    stalled: 'Detenido',
    declined: 'Rechazado otra vez',
    undelivered: 'No entregado',
  },
  needsNone: 'Nadie está atascado.',
  needsNoneText:
    'Quien pide ayuda, se detiene, recibe dos rechazos o no recibe el mensaje aparece aquí.',
  needsMore: (n) => `y ${n} más`,
  noReference: 'Sin referencia',
  people: 'Agentes',
  peopleHint: 'Elija a alguien para ver sus enlaces en vivo.',
  peopleNone: 'Nadie tiene un enlace abierto ni creó uno hoy.',
  teams: 'Equipos',
  channels: 'Canales',
  columns: {
    open: 'Abiertos',
    present: 'En página',
    needs: 'Piden ayuda',
    made: 'Creados',
    paid: 'Pagados',
    conversion: 'Conversión',
    money: 'Dinero',
  },
  online: 'en su puesto',
  offline: 'sin verse hace rato',
  watch: (name) => `Observar a ${name}`,
  work: (name) => `${name}: enlaces abiertos`,
  workNone: 'Ahora mismo no hay enlaces abiertos.',
  workMore: (n) => `${n} más no se muestran.`,
  stopWatching: 'Dejar de observar',
  openLink: 'Abrir',
  stepIn: 'Intervenir',
  alerts: 'Alertas',
  alertSince: (when) => `desde ${when}`,
  alertLook: 'Qué hacer',
  incidents: {
    decline_spike: {
      title: 'Se rechazan muchos pagos',
      todo: 'Pidan otra tarjeta a los clientes. Si en los informes destaca un banco o un proveedor, avisen al proveedor.',
    },
    psp_down: {
      title: 'El proveedor de pagos no responde',
      todo: 'Pidan a los clientes que esperen y no lo intenten una y otra vez. Miren la página de estado del proveedor; desvíen los pagos si pueden.',
    },
    message_failures: {
      title: 'Muchos mensajes no llegan',
      todo: 'Envíen los enlaces por otro canal, o muestren el código QR. Comprueben la cuenta del canal en los ajustes.',
    },
    card_testing: {
      title: 'Quizá alguien prueba tarjetas robadas',
      todo: 'Cancelen los enlaces afectados. No suban ahora los límites de fraude; avisen al proveedor si continúa.',
    },
    mailbox_failing: {
      title: 'No se puede leer el buzón',
      todo: 'No entran respuestas por correo. Comprueben el servidor y la contraseña en los ajustes.',
    },
  },
  otherIncident: { title: 'Hay algo que mirar', todo: 'En el registro está lo que ocurrió.' },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` en ${minutes} min`;
    if (n('declined') !== null) return `${n('declined')} de ${n('tries')} intentos${within}`;
    if (n('failed') !== null) return `${n('failed')} de ${n('messages')} mensajes${within}`;
    if (n('blocked') !== null) return `${n('blocked')} intentos detenidos${within}`;
    if (n('unanswered') !== null) return `${n('unanswered')} intentos sin respuesta`;
    return '';
  },
  steer: {
    title: 'Intervenir',
    whisper: 'Susurrar al agente',
    whisperHint: 'Solo lo ve él; el cliente nunca',
    whisperSend: 'Susurrar',
    whispered: 'El agente lo ve ahora.',
    whisperEmpty: 'Escriba lo que el agente debe saber.',
    takeOver: 'Hacerse cargo',
    takenOver: 'El enlace es suyo ahora.',
    giveTo: 'Dar a',
    choose: 'Elija un agente',
    give: 'Dar',
    given: (name) => `${name} tiene ahora el enlace.`,
    isMine: 'Este enlace es suyo.',
  },
  whispers: {
    title: 'Susurrado a usted',
    sent: 'Susurrado al agente',
    by: (name) => `${name}, solo para usted`,
    somebody: 'Un supervisor',
    told: (customer, text) => `Le susurran sobre ${customer ?? 'un enlace'}: «${text}»`,
  },
};
