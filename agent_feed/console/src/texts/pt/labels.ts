/** Nomes curtos, tempos e o que falhou. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'Você',
  channels: {
    sms: 'SMS',
    email: 'e-mail',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'chat do site',
    chatbot: 'chatbot',
    qr: 'QR code',
  },
  devices: { mobile: 'um celular', tablet: 'um tablet', desktop: 'um computador' },
  fields: {
    number: 'o número do cartão',
    expiry: 'a validade',
    cvc: 'o código de segurança',
    other: 'os dados do cartão',
  },
  fieldTitles: {
    number: 'Número do cartão',
    expiry: 'Validade',
    cvc: 'Código de segurança',
  },
  fieldStates: {
    todo: 'ainda não',
    typing: 'digitando',
    done: 'completo',
    invalid: 'não aceito',
  },
  steps: {
    created: 'Criado',
    sent: 'Enviado',
    delivered: 'Entregue',
    opened: 'Aberto',
    card_entry: 'Dados do cartão',
    submitted: 'Submetido',
    fraud_check: 'Análise de fraude',
    challenge: 'Confirmação do banco',
    processing: 'Em processamento',
    paid: 'Pago',
    declined: 'Recusado',
    expired: 'Expirado',
    cancelled: 'Cancelado',
  },
  stages: {
    created: 'Criado',
    sent: 'Enviado',
    delivered: 'Entregue',
    opened: 'Aberto',
    card_entry: 'Dados do cartão',
    submitted: 'Submetido',
    fraud_check: 'Análise de fraude',
    challenge: 'Confirmação do banco',
    outcome: 'Pagamento',
  },
  statuses: {
    active: 'Ativo',
    in_progress: 'Em andamento',
    partially_paid: 'Pago em parte',
    paid: 'Pago',
    expired: 'Expirado',
    cancelled: 'Cancelado',
  },
  deliveries: {
    queued: 'na fila',
    sending: 'enviando',
    sent: 'enviada',
    delivered: 'entregue',
    read: 'lida',
    failed: 'não entregue',
  },
  roles: {
    agent: 'Agente',
    supervisor: 'Supervisor',
    admin: 'Administrador',
    auditor: 'Auditor',
  },
};

export const times: Words['times'] = {
  now: 'agora',
  secondsAgo: (n) => `há ${n} s`,
  minutesAgo: (n) => `há ${n} min`,
  hoursAgo: (n) => `há ${n} h`,
  soon: 'em menos de um minuto',
  inMinutes: (n) => `em ${n} min`,
  inHours: (n) => `em ${n} h`,
  inDays: (n) => `em ${n} dias`,
};

export const presence: Words['presence'] = {
  away: 'Fora da página',
  there: {
    active: 'Na página',
    typing: 'Na página, digitando',
    idle: 'Na página, parado',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? 'mais 1 pessoa' : `mais ${more} pessoas`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} também está vendo este link.`;
    return `${all.join(', ')} e ${last} também estão vendo este link.`;
  },
};

export const failures: Words['failures'] = {
  title: 'Não foi possível carregar',
  offline: 'O serviço está inacessível. Verifique sua conexão.',
  timeout: 'O serviço não respondeu a tempo.',
  busy: 'Pedidos demais agora. Tente de novo em instantes.',
  service: 'O serviço está com um problema. Tente de novo em instantes.',
  sessionOver: 'Sua sessão terminou.',
  other: 'Algo deu errado.',
  unknownFate:
    'Nenhuma resposta chegou; pode ter sido feito ou não. Tente de novo: não acontece duas vezes.',
};

export const settings: Words['settings'] = {
  title: 'Ajustes',
  nav: 'Partes dos ajustes',
  groups: { own: 'Você', house: 'Sua empresa' },
  parts: {
    account: 'Minha conta',
    sessions: 'Sessões',
    'canned-replies': 'Respostas prontas',
    guidance: 'O que dizer',
    people: 'Pessoas',
    teams: 'Equipes',
    roles: 'Funções',
    keys: 'Chaves de API',
    accounts: 'Contas nos provedores',
    brand: 'Marca',
    templates: 'Textos das mensagens',
    webhooks: 'Webhooks',
    'page-security': 'Segurança da página de pagamento',
    limits: 'Limites e aprovações',
    retention: 'Retenção de dados',
    journal: 'Registro',
  },
};
