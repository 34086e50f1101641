/** Nombres cortos, tiempos y lo que salió mal. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'Usted',
  channels: {
    sms: 'SMS',
    email: 'correo electrónico',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'chat web',
    chatbot: 'chatbot',
    qr: 'código QR',
  },
  devices: { mobile: 'un teléfono', tablet: 'una tableta', desktop: 'un ordenador' },
  fields: {
    number: 'el número de tarjeta',
    expiry: 'la fecha de caducidad',
    cvc: 'el código de seguridad',
    other: 'los datos de la tarjeta',
  },
  fieldTitles: {
    number: 'Número de tarjeta',
    expiry: 'Fecha de caducidad',
    cvc: 'Código de seguridad',
  },
  fieldStates: {
    todo: 'todavía no',
    typing: 'escribiendo',
    done: 'completo',
    invalid: 'no aceptado',
  },
  steps: {
    created: 'Creado',
    sent: 'Enviado',
    delivered: 'Entregado',
    opened: 'Abierto',
    card_entry: 'Datos de tarjeta',
    submitted: 'Presentado',
    fraud_check: 'Control de fraude',
    challenge: 'Confirmación del banco',
    processing: 'En proceso',
    paid: 'Pagado',
    declined: 'Rechazado',
    expired: 'Caducado',
    cancelled: 'Cancelado',
  },
  stages: {
    created: 'Creado',
    sent: 'Enviado',
    delivered: 'Entregado',
    opened: 'Abierto',
    card_entry: 'Datos de tarjeta',
    submitted: 'Presentado',
    fraud_check: 'Control de fraude',
    challenge: 'Confirmación del banco',
    outcome: 'Pago',
  },
  statuses: {
    active: 'Activo',
    in_progress: 'En curso',
    partially_paid: 'Pagado en parte',
    paid: 'Pagado',
    expired: 'Caducado',
    cancelled: 'Cancelado',
  },
  deliveries: {
    queued: 'pendiente de envío',
    sending: 'enviándose',
    sent: 'enviado',
    delivered: 'entregado',
    read: 'leído',
    failed: 'no entregado',
  },
  roles: { agent: 'Agente', supervisor: 'Supervisor', admin: 'Administrador', auditor: 'Auditor' },
};

export const times: Words['times'] = {
  now: 'ahora',
  secondsAgo: (n) => `hace ${n} s`,
  minutesAgo: (n) => `hace ${n} min`,
  hoursAgo: (n) => `hace ${n} h`,
  soon: 'en menos de un minuto',
  inMinutes: (n) => `en ${n} min`,
  inHours: (n) => `en ${n} h`,
  inDays: (n) => `en ${n} días`,
};

export const presence: Words['presence'] = {
  away: 'Fuera de la página',
  there: {
    active: 'En la página',
    typing: 'En la página, escribiendo',
    idle: 'En la página, sin actividad',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? '1 persona más' : `${more} personas más`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} también mira este enlace.`;
    return `${all.join(', ')} y ${last} también miran este enlace.`;
  },
};

export const failures: Words['failures'] = {
  title: 'No se pudo cargar',
  offline: 'No se puede acceder al servicio. Compruebe su conexión.',
  timeout: 'El servicio no respondió a tiempo.',
  busy: 'Demasiadas peticiones ahora mismo. Inténtelo dentro de un momento.',
  service: 'El servicio tiene un problema. Inténtelo dentro de un momento.',
  sessionOver: 'Su sesión ha terminado.',
  other: 'Algo salió mal.',
  unknownFate:
    'No llegó respuesta, así que puede haberse hecho o no. Inténtelo de nuevo: no puede hacerse dos veces.',
};

export const settings: Words['settings'] = {
  title: 'Ajustes',
  nav: 'Partes de los ajustes',
  groups: { own: 'Usted', house: 'Su empresa' },
  parts: {
    account: 'Mi cuenta',
    sessions: 'Sesiones',
    'canned-replies': 'Respuestas listas',
    guidance: 'Qué decir',
    people: 'Personas',
    teams: 'Equipos',
    roles: 'Roles',
    keys: 'Claves de API',
    accounts: 'Cuentas de proveedores',
    brand: 'Marca',
    templates: 'Textos de mensajes',
    webhooks: 'Webhooks',
    'page-security': 'Seguridad de la página de pago',
    limits: 'Límites y aprobaciones',
    retention: 'Conservación de datos',
    journal: 'Registro',
  },
};
