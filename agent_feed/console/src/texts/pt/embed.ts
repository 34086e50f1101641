/** O painel embutido. */
import type { Words } from '../catalogue';

export const embed: Words['embed'] = {
  title: 'Links de pagamento',
  newLink: 'Novo link de pagamento',
  console: 'Abrir o console',
  back: 'Cliente',
  customer: 'Cliente',
  links: 'Links abertos',
  looking: 'Procurando o cliente…',
  unknownTitle: 'Ainda não conhecemos este cliente',
  unknownText:
    'Com o primeiro link de pagamento, quem liga vira cliente; o que vier depois fica com ele.',
  noneTitle: 'Nenhum link aberto',
  noneText: 'Crie um enquanto conversa. Você verá aqui ao vivo quando for aberto e pago.',
  waitingTitle: 'Esperando um cliente',
  waitingText:
    'Este painel se abre sozinho quando seu posto atende uma ligação; ou crie agora um link para qualquer pessoa.',
  notHostedTitle: 'Este painel fica dentro de outra página',
  notHostedText: 'Ele só abre nas páginas que seu administrador permitiu. O console fica aqui:',
  signingInTitle: 'Entrando na sua conta…',
  signingInText: 'Seu posto entra por você. Se nada acontecer, fale com quem cuida dele.',
  refusedTitle: 'Seu posto não conseguiu entrar',
  refusedText: 'O acesso que ele enviou era antigo demais, ou já tinha sido usado.',
  endedTitle: 'Sua sessão terminou',
  endedText: 'O que você escreveu ainda está aqui.',
  again: 'Entrar de novo',
  phone: 'Telefone',
  email: 'E-mail',
  externalId: 'Seu identificador',
};
