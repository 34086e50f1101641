/** Cada acontecimento em uma frase que se pode ler em voz alta. */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'Você';
    case 'person':
      return who.name;
    case 'colleague':
      return 'Um colega';
    case 'software':
      return 'Seu software';
    case 'system':
      return 'O sistema';
  }
}

const by = ({ channel }: Parts) => (channel === null ? '' : ` por ${channel}`);
const on = ({ device }: Parts) => (device === null ? '' : ` em ${device}`);
const money = ({ amount }: Parts, prefix = ' de ') => (amount === null ? '' : prefix + amount);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const named = ({ channel }: Parts) => (channel === null ? '' : ` (${channel})`);

/** “O recibo foi enviado”, “A mensagem foi enviada”. */
function said(c: Parts, done: string): string {
  return c.isReceipt ? `O recibo${named(c)} ${done}o` : `A mensagem${named(c)} ${done}a`;
}

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` em ${card.wallet}`;
  return ` com ${card.brand} final ${card.last4}${wallet}`;
}

function toAgent(c: Parts): string {
  if (!c.isSomebodys) return '';
  return c.who.kind === 'you' ? ' a você' : ` a ${who(c)}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${who(c)} criou o link${money(c)}.`,
  'link.updated': (c) => {
    const to = c.text('agent');
    if (to !== null) {
      return to === c.event.agent
        ? `Quem cuida do link agora: ${who(c)}.`
        : `O link foi tirado de: ${who(c)}.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `${who(c)} mudou o link; espera uma segunda pessoa.`;
      case 'approved':
        return 'Uma segunda pessoa aprovou o link.';
      case 'rejected':
        return 'Uma segunda pessoa rejeitou o link.';
      default:
        return `${who(c)} mudou o link.`;
    }
  },
  'link.sent': (c) => `O link foi enviado${by(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'Uma prévia ou um verificador olhou a página. Ninguém a abriu.'
      : 'A página foi carregada. Ninguém mexeu nela ainda.',
  'link.opened': (c) => `O cliente abriu o link${on(c)}${by(c)}.`,
  'link.expired': 'O link expirou.',
  'link.cancelled': (c) => `${who(c)} cancelou o link.`,
  'link.superseded': 'Um link mais novo tomou o lugar deste.',
  'link.renewal_requested': 'O cliente pediu um novo link.',
  'checkout.joined': (c) =>
    `O cliente está na página${on(c)}${c.language === null ? '' : `, em ${c.language}`}.`,
  'checkout.left': 'O cliente saiu da página.',
  'checkout.method_selected': (c) => `O cliente escolheu pagar com ${c.method}.`,
  'checkout.card_entry_started': (c) => `O cliente começou a digitar ${c.field}.`,
  'checkout.field_completed': (c) => `Completo: ${c.field}.`,
  'checkout.field_invalid': (c) => `Não aceito: ${c.field}.`,
  'checkout.submitted': 'O cliente apertou Pagar.',
  'checkout.stalled': 'O cliente parou no meio.',
  'checkout.help_requested': 'O cliente pediu ajuda.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'O cliente compartilha cada etapa de novo.'
      : c.text('by') === 'merchant'
        ? 'Suas páginas compartilham só o andamento geral: aberto, submetido e como terminou.'
        : 'O cliente compartilha só o andamento geral: aberto, submetido e como terminou.',
  'payment.fraud_check_started': 'A análise de fraude começou.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'A análise de fraude aprovou.';
      case 'challenge':
        return 'A análise de fraude pede a confirmação do banco.';
      case 'review':
        return 'A análise de fraude pede que alguém olhe.';
      case 'block':
        return 'A análise de fraude bloqueou o pagamento.';
      default:
        return 'A análise de fraude terminou.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'O cliente está na página do provedor de pagamento.'
      : 'O banco pede que o cliente confirme o pagamento.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'A confirmação do banco falhou.'
      : 'O cliente passou pela confirmação do banco.',
  'payment.processing': 'O banco está processando o pagamento.',
  'payment.authorised': (c) => `Autorizado${money(c, ': ')}${card(c)}.`,
  'payment.declined': (c) => {
    const shown = c.text('customer_message');
    return shown === null ? 'Recusado.' : `Recusado. O cliente vê: “${shown}”`;
  },
  'payment.paid': (c) => `Pago${money(c, ': ')}${card(c)}.`,
  'payment.partially_paid': (c) => `Uma parte foi paga${money(c, ': ')}${card(c)}.`,
  'payment.paid_late': (c) =>
    `Pago depois de o link ser encerrado${money(c, ': ')}. Confira, por favor.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'O valor retido foi liberado.' : 'O pagamento foi cancelado.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'O provedor de pagamento quer que uma pessoa olhe este pagamento.'
      : 'O dinheiro fica retido até um supervisor olhar.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `O provedor de pagamento encerrou a análise${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)} aprovou o pagamento na análise.`
        : 'O pagamento não foi aprovado na análise. Nada foi cobrado.',
  'payment.flag_cleared': (c) => `${who(c)} olhou o que foi sinalizado e deu por resolvido.`,
  'refund.created': (c) => `${who(c)} iniciou um reembolso${money(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)} aprovou o reembolso${money(c)}.`
      : `${who(c)} negou o reembolso${money(c)}. Nada é devolvido.`,
  'refund.succeeded': (c) => `O reembolso${money(c)} foi concluído.`,
  'refund.failed': (c) => `O reembolso${money(c)} falhou${reason(c)}`,
  'dispute.opened': (c) => `O banco do cliente abriu uma contestação${money(c)}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'A contestação foi encerrada: ganha.';
    return result === 'lost'
      ? 'A contestação foi encerrada: perdida.'
      : 'A contestação foi encerrada.';
  },
  'message.queued': (c) =>
    c.isReceipt ? `O recibo${named(c)} espera o envio.` : `A mensagem${named(c)} espera o envio.`,
  'message.sent': (c) => `${said(c, 'foi enviad')}.`,
  'message.delivered': (c) =>
    c.isReceipt ? `O recibo${named(c)} chegou.` : `A mensagem${named(c)} chegou.`,
  'message.read': (c) => `${said(c, 'foi lid')}.`,
  'message.failed': (c) =>
    c.isReceipt
      ? `O recibo${named(c)} não pôde ser entregue${reason(c)}`
      : `A mensagem${named(c)} não pôde ser entregue${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `O cliente escreveu${by(c)}; um número de cartão foi ocultado.`
      : `O cliente escreveu${by(c)}.`,
  'customer.created': 'O cliente foi adicionado.',
  'customer.updated': (c) => `${who(c)} mudou os dados do cliente.`,
  'customer.merged': (c) => `${who(c)} uniu outro cadastro a este cliente.`,
  'customer.unmerged': (c) => `${who(c)} separou dois cadastros unidos.`,
  'customer.erased': (c) => `${who(c)} apagou os dados pessoais do cliente.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': sim' : state === 'stopped' ? ': não' : '';
    return `O consentimento para mensagens${by(c)} mudou${now}.`;
  },
  'consent.doubtful': (c) =>
    `O cliente escreveu${by(c)} algo que talvez seja para parar as mensagens. Leia e decida.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const told = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `O cliente entrou em contato${told}.`;
    return direction === 'outbound' ? `Entramos em contato${told}.` : `Houve um contato${told}.`;
  },
  'note.added': (c) => `${who(c)} adicionou uma nota.`,
  'note.whispered': (c) => `Um supervisor sussurrou a: ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'O cliente respondeu a uma pesquisa.';
    const comment = c.text('comment');
    return `O cliente deu ao pagamento ${score} de 5${comment === null ? '.' : `: “${comment}”`}`;
  },
  'conversation.opened': (c) => `Uma conversa foi aberta${by(c)}.`,
  'conversation.assigned': (c) => `A conversa${by(c)} foi atribuída${toAgent(c)}.`,
  'conversation.transferred': (c) => `A conversa${by(c)} foi passada${toAgent(c)}.`,
  'conversation.taken': (c) => `Alguém assumiu a conversa${by(c)}.`,
  'conversation.offered': (c) => `A conversa${by(c)} espera alguém assumir.`,
  'conversation.closed': (c) => `A conversa${by(c)} foi encerrada.`,
  'agent.presence_changed': (c) => `A presença mudou: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `${who(c)} entrou com a conta da organização.`
      : `${who(c)} entrou.`,
  'session.failed': 'Uma entrada falhou.',
  'session.ended': (c) => `Uma sessão terminou: ${who(c)}.`,
  'user.changed': (c) => `${who(c)} mudou um usuário.`,
  'key.created': (c) => `${who(c)} criou uma chave de API.`,
  'key.revoked': (c) => `${who(c)} revogou uma chave de API.`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `${who(c)} consultou o registro.` : `${who(c)} exportou dados.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${who(c)} mudou os ajustes.`;
    }
    const cause = why === 'gone' ? 'diz que não existe mais' : 'nada chegou em três dias';
    return `Os webhooks para ${c.text('host') ?? 'seu software'} foram desligados: ${cause}. Um administrador deveria olhar.`;
  },
  'incident.card_number_masked': (c) =>
    `Um número de cartão foi ocultado${by(c)} antes de ser guardado.`,
  'incident.approval_refused': (c) => `${who(c)} tentou aprovar o que cabe a outra pessoa.`,
  'incident.mailbox_failing':
    'Não se consegue ler a caixa de e-mail. Confira o servidor e a senha.',
  'incident.mailbox_recovered': 'A caixa de e-mail é lida de novo.',
  'incident.mail_skipped':
    'Um e-mail não pôde ser guardado e ficou na caixa. Alguém deveria lê-lo lá.',
  'incident.decline_spike': 'Muito mais pagamentos que o normal são recusados. Veja a operação.',
  'incident.decline_spike_over': 'A onda de recusas terminou.',
  'incident.psp_down': 'O provedor de pagamento não responde. Nenhum pagamento passa agora.',
  'incident.psp_down_over': 'O provedor de pagamento responde de novo.',
  'incident.message_failures': 'Muitas mensagens não chegam. Veja a conta do canal.',
  'incident.message_failures_over': 'As mensagens chegam de novo.',
  'incident.card_testing':
    'Talvez alguém esteja testando cartões roubados: as regras de fraude barraram vários.',
  'incident.card_testing_over': 'As regras de fraude não barram mais cartões.',
  'psp.event_unmatched': 'O provedor de pagamento informou um pagamento que aqui não se conhece.',
  'psp.amount_mismatched':
    'O provedor de pagamento cobrou um valor diferente do pedido. Nada foi lançado; olhe agora.',
  'page.script_blocked': 'Um navegador barrou na página de pagamento um script que não é nosso.',
  'page.changed':
    'A página de pagamento não está como foi enviada: um script ou um cabeçalho de segurança difere. Olhe agora.',
  'page.baseline_accepted': (c) => `${who(c)} aceitou a página de pagamento como está agora.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'O dinheiro do dia confere com os livros do provedor de pagamento.'
      : 'O dinheiro do dia ainda não confere com os livros do provedor de pagamento. O financeiro deveria olhar.',
};
