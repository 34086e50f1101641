/** A operação, e como intervir. */
import type { Words } from '../catalogue';

const links = (n: number) => (n === 1 ? '1 link' : `${n} links`);

export const floor: Words['floor'] = {
  title: 'Operação',
  today: (zone) => `Hoje, pela hora de ${zone}`,
  updated: 'Ao vivo; a mediana é contada de novo a cada minuto.',
  stale: 'Sem conexão ao vivo. Mostra-se o que havia quando a conexão caiu.',
  more: 'Há mais de 5000 links abertos; contam-se os 5000 mais novos.',
  filters: 'Mostrar',
  team: 'Equipe',
  allTeams: 'Todas as equipes',
  noTeam: 'Sem equipe',
  agent: 'Agente',
  allAgents: 'Todos os agentes',
  nobody: 'Ninguém',
  channel: 'Canal',
  allChannels: 'Todos os canais',
  noChannel: 'Nenhum ou vários',
  clear: 'Mostrar tudo',
  large: 'Tela grande',
  largeHint: 'Aperte F ou Esc para sair',
  pipeline: 'Links em cada etapa agora',
  steps: {
    created: 'Criados',
    sent: 'Enviados',
    delivered: 'Entregues',
    opened: 'Abertos',
    card_entry: 'Dados do cartão',
    checking: 'Em processamento',
    challenge: 'No banco',
    declined: 'Recusados',
    paid: 'Pagos hoje',
  },
  links,
  figures: 'Hoje até agora',
  paid: 'Pago hoje',
  payments: (n) => (n === 1 ? '1 pagamento' : `${n} pagamentos`),
  nothingPaid: 'Nada ainda',
  conversion: 'Conversão',
  ofMade: (paid, made) =>
    made === 0 ? 'nenhum link criado hoje' : `${paid} de ${links(made)} criados hoje`,
  median: 'De enviado a pago',
  medianHint: 'metade leva menos',
  open: 'Links abertos',
  present: (n) => `${n} na página agora`,
  declines: 'Recusas',
  declinesHint: 'tentativas de hoje',
  unknown: '–',
  needs: 'Precisa de alguém agora',
  needsCount: (n) => (n === 1 ? '1 link precisa de alguém' : `${n} links precisam de alguém`),
  needLabels: {
    help: 'Pediu ajuda',
    stalled: 'Parado',
    declined: 'Recusado de novo',
    undelivered: 'Não entregue',
  },
  needsNone: 'Ninguém está parado.',
  needsNoneText:
    'Quem pede ajuda, para, é recusado duas vezes ou não recebe a mensagem aparece aqui.',
  needsMore: (n) => `e mais ${n}`,
  noReference: 'Sem referência',
  people: 'Agentes',
  peopleHint: 'Escolha alguém para ver os links ao vivo.',
  peopleNone: 'Ninguém tem um link aberto nem criou um hoje.',
  teams: 'Equipes',
  channels: 'Canais',
  columns: {
    open: 'Abertos',
    present: 'Na página',
    needs: 'Pedem ajuda',
    made: 'Criados',
    paid: 'Pagos',
    conversion: 'Conversão',
    money: 'Dinheiro',
  },
  online: 'no posto',
  offline: 'sem ser visto há tempo',
  watch: (name) => `Observar ${name}`,
  work: (name) => `${name}: links abertos`,
  workNone: 'Nenhum link aberto no momento.',
  workMore: (n) => `mais ${n} não são mostrados.`,
  stopWatching: 'Parar de observar',
  openLink: 'Abrir',
  stepIn: 'Intervir',
  alerts: 'Alertas',
  alertSince: (when) => `desde ${when}`,
  alertLook: 'O que fazer',
  incidents: {
    decline_spike: {
      title: 'Muitos pagamentos são recusados',
      todo: 'Peça outro cartão aos clientes. Se um banco ou provedor se destaca nos relatórios, avise o provedor.',
    },
    psp_down: {
      title: 'O provedor de pagamento não responde',
      todo: 'Peça aos clientes que esperem e não tentem repetidamente. Veja a página de status do provedor; desvie os pagamentos se puder.',
    },
    message_failures: {
      title: 'Muitas mensagens não chegam',
      todo: 'Envie os links por outro canal, ou mostre o QR code. Confira a conta do canal nos ajustes.',
    },
    card_testing: {
      title: 'Talvez alguém esteja testando cartões roubados',
      todo: 'Cancele os links afetados. Não aumente agora os limites de fraude; avise o provedor se continuar.',
    },
    mailbox_failing: {
      title: 'Não se consegue ler a caixa de e-mail',
      todo: 'Respostas por e-mail não entram. Confira o servidor e a senha nos ajustes.',
    },
  },
  otherIncident: { title: 'Há algo para olhar', todo: 'O registro diz o que aconteceu.' },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` em ${minutes} min`;
    if (n('declined') !== null) return `${n('declined')} de ${n('tries')} tentativas${within}`;
    if (n('failed') !== null) return `${n('failed')} de ${n('messages')} mensagens${within}`;
    if (n('blocked') !== null) return `${n('blocked')} tentativas barradas${within}`;
    if (n('unanswered') !== null) return `${n('unanswered')} tentativas sem resposta`;
    return '';
  },
  steer: {
    title: 'Intervir',
    whisper: 'Sussurrar ao agente',
    whisperHint: 'Só o agente vê; o cliente nunca',
    whisperSend: 'Sussurrar',
    whispered: 'O agente vê agora.',
    whisperEmpty: 'Escreva o que o agente deve saber.',
    takeOver: 'Assumir',
    takenOver: 'O link agora é seu.',
    giveTo: 'Dar a',
    choose: 'Escolha um agente',
    give: 'Dar',
    given: (name) => `${name} agora tem o link.`,
    isMine: 'Este link é seu.',
  },
  whispers: {
    title: 'Sussurrado a você',
    sent: 'Sussurrado ao agente',
    by: (name) => `${name}, só para você`,
    somebody: 'Um supervisor',
    told: (customer, text) => `Sussurram a você sobre ${customer ?? 'um link'}: “${text}”`,
  },
};
