/** Límites y aprobaciones: cada ajuste con lo que hace. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'Límites y aprobaciones',
  lead: 'Qué necesita una segunda persona, cuándo intervienen las reglas de fraude, a quién llegan las alertas. Cada cambio queda en el registro con quién lo hizo.',
  save: 'Guardar',
  saved: 'Guardado.',
  whoMay: 'Los cambian los administradores.',
  unsaved: 'Sin guardar todavía',
  usual: (value) => `Valor habitual: ${value}`,
  notSet: 'sin definir',
  on: 'sí',
  off: 'no',
  back: 'Volver al valor habitual',
  backName: (label) => `Volver al valor habitual: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'Este valor no se admite.'
      : `Un número de ${least} a ${most}.`,
  badList: 'Códigos conocidos, separados por comas.',
  badNumber: 'Un número, por ejemplo 0.04.',
  cards: {
    approvals: 'Una segunda persona',
    signIn: 'Inicio de sesión',
    fraud: 'Reglas de fraude',
    alerts: 'Alertas para supervisores',
    page: 'La página de pago',
    sms: 'SMS',
    prices: 'Lo que cuestan los mensajes',
    retention: 'Las reglas',
  },
  leads: {
    fraud:
      'Un límite alcanzado pide confirmación al banco, retiene el dinero hasta que lo mire una persona, o bloquea el intento. Los importes son libras, euros o dólares enteros, y lo que valga lo mismo en otro sitio. Los recuentos solo valen donde se rechazaron más intentos de los que se pagaron.',
    alerts: 'Qué debe ocurrir dentro de la ventana antes de avisar a los supervisores.',
    retention:
      'En días, contados desde que se creó o se usó por última vez. Pasado el plazo se borra para siempre, una vez al día; los importes y el registro se conservan.',
    prices: 'Para mensajes cuyo proveedor no dice su precio: una estimación en los informes.',
  },
  words: {
    progress: { full: 'Cada paso', coarse: 'Abierto, presentado y cómo acabó' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'Enlaces por encima de este importe',
      hint: 'Unidades enteras; vacío: nunca',
    },
    'approvals.refund_amount_units': {
      label: 'Reembolsos por encima de este importe',
      hint: 'Unidades enteras; vacío: nunca',
    },
    'mfa.required_for': { label: 'Se pide un segundo factor a' },
    'single_sign_on.accept_second_factor': {
      label: 'Basta el segundo factor comprobado en el inicio de sesión de su organización',
    },
    'single_sign_on.refuse_passwords': {
      label: 'Quien entró con la cuenta de la organización no puede usar contraseña',
      hint: 'Los administradores conservan la suya, para el día en que la organización no responda',
    },
    'retention.sessions_days': { label: 'Sesiones terminadas' },
    'retention.visitors_days': { label: 'Navegadores que escribieron en el chat web' },
    'retention.page_reports_days': {
      label: 'Lo que los navegadores detuvieron en la página de pago',
    },
    'retention.message_bodies_days': {
      label: 'Textos y direcciones de mensajes',
      hint: 'Vacío: hasta que se borre',
    },
    'retention.contact_words_days': {
      label: 'Textos de notas, comentarios de encuesta y contactos',
      hint: 'Vacío: hasta que se borre',
    },
    'retention.customers_days': {
      label: 'Clientes sin contacto',
      hint: 'Vacío: hasta que se borre',
    },
    'fraud.challenge_amount_units': { label: 'Confirmación del banco desde este importe' },
    'fraud.review_amount_units': { label: 'Revisión por una persona desde este importe' },
    'fraud.block_amount_units': { label: 'Bloquear desde este importe' },
    'fraud.link_declines_hour_challenge': {
      label: 'Rechazos en un enlace en una hora: confirmación',
    },
    'fraud.link_declines_hour_block': { label: 'Rechazos en un enlace en una hora: bloquear' },
    'fraud.link_cards_hour_challenge': {
      label: 'Tarjetas en un enlace en una hora: confirmación',
    },
    'fraud.link_cards_hour_block': { label: 'Tarjetas en un enlace en una hora: bloquear' },
    'fraud.address_declines_hour_challenge': {
      label: 'Rechazos desde una dirección de red en una hora: confirmación',
    },
    'fraud.address_declines_hour_block': {
      label: 'Rechazos desde una dirección de red en una hora: bloquear',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Enlaces intentados desde una dirección de red en una hora: confirmación',
    },
    'fraud.address_links_hour_block': {
      label: 'Enlaces intentados desde una dirección de red en una hora: bloquear',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Rechazos en un dispositivo en una hora: confirmación',
    },
    'fraud.device_declines_hour_block': {
      label: 'Rechazos en un dispositivo en una hora: bloquear',
    },
    'fraud.device_cards_hour_challenge': {
      label: 'Tarjetas en un dispositivo en una hora: confirmación',
    },
    'fraud.device_cards_hour_block': {
      label: 'Tarjetas en un dispositivo en una hora: bloquear',
    },
    'fraud.card_declines_day_challenge': {
      label: 'Rechazos de una tarjeta en un día: confirmación',
    },
    'fraud.card_declines_day_block': { label: 'Rechazos de una tarjeta en un día: bloquear' },
    'fraud.card_links_hour_challenge': {
      label: 'Enlaces que paga una tarjeta en una hora: confirmación',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'Tarjetas rechazadas del rango de un banco en una hora: confirmación',
    },
    'fraud.bin_cards_hour_block': {
      label: 'Tarjetas rechazadas del rango de un banco en una hora: bloquear',
    },
    'fraud.small_amount_units': {
      label: 'Un importe pequeño es hasta',
      hint: 'Las tarjetas robadas se prueban con importes pequeños',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Rechazos pequeños desde una dirección de red en una hora: bloquear',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Rechazos pequeños en toda la empresa en una hora: confirmación',
    },
    'fraud.merchant_tries_hour_least': {
      label:
        'La proporción de rechazos de la empresa cuenta a partir de tantos intentos en una hora',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Rechazos en toda la empresa, en %: confirmación',
    },
    'fraud.usual_payments_least': { label: 'Lo habitual se conoce a partir de tantos pagos' },
    'fraud.usual_times_challenge': { label: 'Tantas veces el importe habitual: confirmación' },
    'fraud.customer_payments_least': {
      label: 'Lo habitual de un cliente se conoce a partir de tantos pagos',
    },
    'fraud.customer_times_challenge': {
      label: 'Tantas veces el importe habitual del cliente: confirmación',
    },
    'fraud.unusual_amount_units_least': {
      label: 'Los importes por debajo de este nunca son inusuales',
    },
    'fraud.countries_expected': {
      label: 'Se esperan tarjetas de',
      hint: 'Códigos de país; vacío: de cualquier lugar',
    },
    'fraud.countries_blocked': { label: 'Se rechazan tarjetas de', hint: 'Códigos de país' },
    'fraud.country_amount_units_challenge': {
      label: 'De otro país: confirmación desde este importe',
    },
    'fraud.own_link_days_review': {
      label: 'Días hacia atrás en que se busca si un agente paga su propio enlace',
      hint: '0: no se busca',
    },
    'fraud.review_hours': { label: 'Horas hasta que caduca una revisión' },
    'alerts.window_minutes': { label: 'Ventana, en minutos' },
    'alerts.tries_least': { label: 'Proporción de rechazos: a partir de tantos intentos' },
    'alerts.declined_percent': { label: 'Rechazados, en %' },
    'alerts.messages_least': {
      label: 'Proporción de mensajes fallidos: a partir de tantos mensajes',
    },
    'alerts.messages_failed_percent': { label: 'Mensajes fallidos, en %' },
    'alerts.unanswered_least': {
      label: 'Intentos que un proveedor de pagos dejó sin respuesta',
    },
    'alerts.blocked_least': { label: 'Intentos que detuvieron las reglas de fraude' },
    'page.progress': { label: 'Los agentes ven, de los pasos del cliente' },
    'pay_page_time.extension_minutes': {
      label: 'Minutos que los clientes pueden aplazar el final',
    },
    'pay_page_time.extensions_max': { label: 'Cuántas veces pueden', hint: '0: nunca' },
    'survey.enabled': { label: 'Preguntar a los clientes tras el pago cómo fue' },
    'receipts.automatic_email': { label: 'Enviar un recibo por correo tras cada pago' },
    'sms.countries': {
      label: 'Países a los que enviar además del suyo',
      hint: 'Códigos de país; vacío: a cualquiera',
    },
    'sms.daily_max': { label: 'Mensajes en 24 horas como máximo', hint: 'Vacío: sin límite' },
    'stop.confirm_at': { label: 'Confirmamos un STOP con estos proveedores' },
    'message_prices.currency': { label: 'Moneda', hint: 'Por ejemplo GBP' },
    'message_prices.sms': { label: 'SMS, por segmento' },
    'message_prices.email': { label: 'Correo' },
  },
};
