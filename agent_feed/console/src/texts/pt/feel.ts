/** Preferências, atalhos, avisos e a visita guiada. */
import type { Words } from '../catalogue';

export const feel: Words['feel'] = {
  preferences: 'Preferências',
  theme: 'Aparência',
  themes: { system: 'Como o sistema', light: 'Clara', dark: 'Escura' },
  language: 'Idioma',
  browserLanguage: 'Como o navegador',
  notices: 'Quando um pagamento muda enquanto você olha para outro lado',
  sound: 'Tocar um som',
  desktop: 'Mostrar um aviso na área de trabalho',
  desktopBlocked:
    'Este navegador bloqueia os avisos daqui. Permita-os ao lado do endereço e depois ative isto.',
  keys: 'Atalhos de uma tecla',
  keysHint: 'Desative se você dita ou aperta teclas sem querer.',
  help: 'Atalhos de teclado',
  takeTour: 'Fazer a visita guiada',
  practise: 'Praticar com um cliente fictício',
  ask: {
    title: 'Avisamos quando for pago?',
    text: 'Um som curto e um aviso, só enquanto você olha para outro lado.',
    yes: 'Sim, avisem',
    no: 'Não, obrigado',
  },
  noticeTitle: (customer, what) => `${customer}: ${what}`,
  sheet: {
    title: 'Atalhos de teclado',
    anywhere: 'Em toda parte',
    list: 'Na lista',
    form: 'Em um formulário',
    then: 'e depois',
    off: 'Os atalhos de uma tecla estão desativados nas preferências.',
    rows: {
      new: 'Novo link',
      search: 'Buscar links',
      help: 'Esta ajuda',
      next: 'Próximo link',
      previous: 'Link anterior',
      open: 'Abrir o link',
      send: 'Enviar o link',
      close: 'Fechar o que estiver aberto',
      links: 'Ir para os links',
      conversations: 'Ir para as conversas',
      floor: 'Ir para a operação',
      reports: 'Ir para os relatórios',
      settings: 'Ir para os ajustes',
    },
  },
  tour: {
    label: 'Visita guiada',
    offer: 'É novo aqui? Veja em um minuto como funciona um link de pagamento.',
    start: 'Começar a visita',
    later: 'Agora não',
    skip: 'Pular a visita',
    back: 'Voltar',
    next: 'Avançar',
    done: 'Pronto',
    count: (step, of) => `Passo ${step} de ${of}`,
    steps: [
      {
        title: 'Crie um link enquanto conversa',
        text: 'Aperte N, digite o valor e o telefone ou e-mail do cliente, e envie. Dez segundos, sem mouse.',
      },
      {
        title: 'Veja acontecer',
        text: 'A lista se move sozinha: enviado, entregue, aberto, dados do cartão, pago. Um ponto verde indica que o cliente está na página.',
      },
      {
        title: 'Quem precisa de você vem primeiro',
        text: 'Um cartão recusado, uma mensagem que não chegou, um cliente parado: esses links sobem ao topo, com palavras que você pode dizer.',
      },
      {
        title: 'Olhe para outro lado com calma',
        text: 'Ative um som ou um aviso nas preferências, e avisamos quando um pagamento mudar.',
      },
      {
        title: 'Nunca peça um número de cartão',
        text: 'O cliente digita na própria página. Se mesmo assim ele escrever para você, o número aparece oculto.',
      },
    ],
  },
};
