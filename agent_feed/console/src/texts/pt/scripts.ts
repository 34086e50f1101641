/** O que um agente pode dizer, palavra por palavra. */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: 'Recusado: saldo insuficiente',
    declined: 'Recusado por outro motivo',
    bank_app: 'O banco pergunta e nada acontece',
    wrong_code: 'Código de segurança incorreto',
    stuck_field: 'Parado em um campo',
    not_arrived: 'A mensagem não chegou',
    stalled: 'O cliente parou',
    help: 'O cliente pede ajuda',
    expired: 'O link expirou',
  },
  builtIn: {
    declined_funds:
      '“O banco diz que no momento não há saldo suficiente neste cartão. Quer tentar outro, ou divido o valor?”',
    declined:
      '“O banco não deixou passar este cartão. Acontece bastante, e nada foi cobrado. Você tem outro cartão à mão?”',
    bank_app:
      '“Seu banco quer ter certeza de que é você. Abra, por favor, o aplicativo do banco, ou procure um SMS com um código. Eu espero.”',
    wrong_code:
      '“O código de segurança não conferiu. São os três dígitos no verso do cartão, quatro na frente de um American Express. Por favor, não leia para mim.”',
    stuck_field:
      '“A página está em dúvida sobre um dos campos. Compare de novo com o cartão, sem ler para mim.”',
    not_arrived:
      '“A mensagem não chegou. Vamos conferir o endereço juntos, ou envio por outro canal.”',
    stalled: '“Vejo que a página está aberta. Fique à vontade. Posso esclarecer alguma coisa?”',
    help: '“Estou aqui e vejo em que etapa você está. O que a página mostra?”',
    expired: '“O link expirou e nada foi cobrado. Envio um novo agora mesmo.”',
  },
  form: {
    title: 'O que os agentes dizem',
    intro:
      'Quando um cliente está em uma destas situações, os agentes veem estas palavras ao lado do link. Escreva as suas, ou deixe as nossas.',
    own: 'Suas próprias palavras',
    ours: 'Nossas palavras',
    label: (title) => `Palavras para: ${title}`,
    save: 'Salvar',
    reset: 'Usar as nossas de novo',
    saved: 'Os agentes veem isto a partir de agora.',
    removed: 'Valem de novo as nossas palavras.',
    empty: 'Escreva o que dizer, ou use as nossas palavras de novo.',
    count: (count, most) => `${count} de ${most}`,
    whoMay: 'Supervisores e administradores mudam isto.',
  },
};
