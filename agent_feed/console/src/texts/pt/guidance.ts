/** O que acontece agora e o que dizer. */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : ` em ${device}`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) =>
    `O cliente não passa de: ${field}. Peça que confira; nunca peça que leia em voz alta.`,
  undelivered: (channel, next) =>
    `A mensagem (${channel}) não chegou. ${
      next === null
        ? 'Confira o endereço, ou peça outro ao cliente.'
        : `Envie por ${next}, ou confira o endereço.`
    }`,
  now: {
    ready: 'Pronto. Mostre o QR code ao cliente ou copie o link para ele.',
    leaving: 'O link está a caminho do cliente.',
    sent: 'A mensagem saiu. Falta chegar.',
    delivered: 'A mensagem chegou. Falta o cliente abrir o link.',
    opened: (device) => `O cliente está com a página aberta${on(device)}.`,
    openedGone: 'O cliente abriu o link e depois saiu da página.',
    typing: (device) => `O cliente está digitando os dados do cartão${on(device)}.`,
    typingGone: 'O cliente começou a digitar os dados do cartão e depois saiu da página.',
    checking: 'O cliente apertou Pagar. O pagamento está sendo verificado.',
    challenge: 'O banco pede que o cliente confirme, no aplicativo ou com um código.',
    challengeGone: 'O banco pede a confirmação, mas o cliente saiu da página.',
    processing: 'O banco está processando o pagamento. Por ora não há nada a fazer.',
    paid: 'Pago. O cliente vê um recibo.',
    held: 'O dinheiro está retido. Capture-o quando for devido.',
    someMoney: 'O dinheiro entrou.',
    declined: 'O cliente continua na página e pode tentar de novo por lá.',
    declinedGone: 'O cliente saiu da página. O mesmo link continua valendo.',
    expired: 'O link expirou e não aceita mais pagamento.',
    cancelled: 'O link foi cancelado e não aceita mais pagamento.',
  },
  titles: {
    help: 'O cliente pediu ajuda',
    renewal: 'O cliente pede um novo link',
    stalled: 'O cliente parou',
    undelivered: 'A mensagem não chegou',
    declined: 'Recusado',
    someUndelivered: 'Uma mensagem não chegou',
    stuck: 'Talvez o cliente não consiga avançar',
    problem: 'Há um problema',
  },
  hints: {
    help: 'Fale com ele agora: “Vejo que você está na página de pagamento. Onde parou?”',
    declined: 'Pergunte se tem outro cartão, ou se prefere ligar antes para o banco.',
    stalledAtBank: 'Peça que procure uma mensagem do banco: no aplicativo, ou um código por SMS.',
    stalledTyping: 'Pergunte se está com o cartão à mão, e que parte dá trabalho.',
    stalled: 'Pergunte se a página mostra o valor certo, e se quer continuar.',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}. `}Confira ${to} com o cliente, ou envie por outro canal que não ${channel}.`,
  },
  attention: {
    help: 'Pediu ajuda',
    renewal: 'Quer um novo link',
    stalled: 'Parado',
    declined: 'Recusado',
    undelivered: 'Não entregue',
  },
};
