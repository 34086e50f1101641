/** Limites e aprovações: cada ajuste com o que ele faz. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'Limites e aprovações',
  lead: 'O que precisa de uma segunda pessoa, quando as regras de fraude intervêm, quem recebe os alertas. Cada mudança fica no registro com quem a fez.',
  save: 'Salvar',
  saved: 'Salvo.',
  whoMay: 'Administradores os alteram.',
  unsaved: 'Ainda não salvo',
  usual: (value) => `Valor habitual: ${value}`,
  notSet: 'não definido',
  on: 'sim',
  off: 'não',
  back: 'Voltar ao valor habitual',
  backName: (label) => `Voltar ao valor habitual: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'Este valor não é aceito.'
      : `Um número de ${least} a ${most}.`,
  badList: 'Códigos conhecidos, separados por vírgulas.',
  badNumber: 'Um número, por exemplo 0.04.',
  cards: {
    approvals: 'Uma segunda pessoa',
    signIn: 'Entrada',
    fraud: 'Regras de fraude',
    alerts: 'Alertas para supervisores',
    page: 'A página de pagamento',
    sms: 'SMS',
    prices: 'O que as mensagens custam',
    retention: 'As regras',
  },
  leads: {
    fraud:
      'Um limite atingido pede confirmação ao banco, retém o dinheiro até alguém olhar, ou bloqueia a tentativa. Os valores são libras, euros ou dólares inteiros, e o que valer o mesmo em outro lugar. As contagens só valem onde mais tentativas foram recusadas do que pagas.',
    alerts: 'O que precisa acontecer dentro da janela antes de avisar os supervisores.',
    retention:
      'Em dias, contados de quando foi criado ou usado pela última vez. Passado o prazo, é apagado definitivamente, uma vez por dia; os valores e o registro são mantidos.',
    prices: 'Para mensagens cujo provedor não diz o preço: uma estimativa nos relatórios.',
  },
  words: {
    progress: { full: 'Cada etapa', coarse: 'Aberto, submetido e como terminou' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'Links acima deste valor',
      hint: 'Unidades inteiras; vazio: nunca',
    },
    'approvals.refund_amount_units': {
      label: 'Reembolsos acima deste valor',
      hint: 'Unidades inteiras; vazio: nunca',
    },
    'mfa.required_for': { label: 'Um segundo fator é pedido a' },
    'single_sign_on.accept_second_factor': {
      label: 'Basta o segundo fator verificado na entrada da sua organização',
    },
    'single_sign_on.refuse_passwords': {
      label: 'Quem entrou com a conta da organização não pode usar senha',
      hint: 'Administradores mantêm a sua, para o dia em que a organização não responder',
    },
    'retention.sessions_days': { label: 'Sessões terminadas' },
    'retention.visitors_days': { label: 'Navegadores que escreveram no chat do site' },
    'retention.page_reports_days': {
      label: 'O que os navegadores barraram na página de pagamento',
    },
    'retention.message_bodies_days': {
      label: 'Textos e endereços de mensagens',
      hint: 'Vazio: até ser apagado',
    },
    'retention.contact_words_days': {
      label: 'Textos de notas, comentários de pesquisa e contatos',
      hint: 'Vazio: até ser apagado',
    },
    'retention.customers_days': {
      label: 'Clientes sem contato',
      hint: 'Vazio: até ser apagado',
    },
    'fraud.challenge_amount_units': { label: 'Confirmação do banco a partir deste valor' },
    'fraud.review_amount_units': { label: 'Análise por uma pessoa a partir deste valor' },
    'fraud.block_amount_units': { label: 'Bloquear a partir deste valor' },
    'fraud.link_declines_hour_challenge': {
      label: 'Recusas em um link em uma hora: confirmação',
    },
    'fraud.link_declines_hour_block': { label: 'Recusas em um link em uma hora: bloquear' },
    'fraud.link_cards_hour_challenge': { label: 'Cartões em um link em uma hora: confirmação' },
    'fraud.link_cards_hour_block': { label: 'Cartões em um link em uma hora: bloquear' },
    'fraud.address_declines_hour_challenge': {
      label: 'Recusas de um endereço de rede em uma hora: confirmação',
    },
    'fraud.address_declines_hour_block': {
      label: 'Recusas de um endereço de rede em uma hora: bloquear',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Links tentados de um endereço de rede em uma hora: confirmação',
    },
    'fraud.address_links_hour_block': {
      label: 'Links tentados de um endereço de rede em uma hora: bloquear',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Recusas em um dispositivo em uma hora: confirmação',
    },
    'fraud.device_declines_hour_block': {
      label: 'Recusas em um dispositivo em uma hora: bloquear',
    },
    'fraud.device_cards_hour_challenge': {
      label: 'Cartões em um dispositivo em uma hora: confirmação',
    },
    'fraud.device_cards_hour_block': {
      label: 'Cartões em um dispositivo em uma hora: bloquear',
    },
    'fraud.card_declines_day_challenge': {
      label: 'Recusas de um cartão em um dia: confirmação',
    },
    'fraud.card_declines_day_block': { label: 'Recusas de um cartão em um dia: bloquear' },
    'fraud.card_links_hour_challenge': {
      label: 'Links que um cartão paga em uma hora: confirmação',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'Cartões recusados da faixa de um banco em uma hora: confirmação',
    },
    'fraud.bin_cards_hour_block': {
      label: 'Cartões recusados da faixa de um banco em uma hora: bloquear',
    },
    'fraud.small_amount_units': {
      label: 'Um valor pequeno vai até',
      hint: 'Cartões roubados são testados com valores pequenos',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Recusas pequenas de um endereço de rede em uma hora: bloquear',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Recusas pequenas em toda a empresa em uma hora: confirmação',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'A proporção de recusas da empresa conta a partir de tantas tentativas em uma hora',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Recusas em toda a empresa, em %: confirmação',
    },
    'fraud.usual_payments_least': {
      label: 'O habitual é conhecido a partir de tantos pagamentos',
    },
    'fraud.usual_times_challenge': { label: 'Tantas vezes o valor habitual: confirmação' },
    'fraud.customer_payments_least': {
      label: 'O habitual de um cliente é conhecido a partir de tantos pagamentos',
    },
    'fraud.customer_times_challenge': {
      label: 'Tantas vezes o valor habitual do cliente: confirmação',
    },
    'fraud.unusual_amount_units_least': { label: 'Valores abaixo disto nunca são incomuns' },
    'fraud.countries_expected': {
      label: 'Esperam-se cartões de',
      hint: 'Códigos de país; vazio: de qualquer lugar',
    },
    'fraud.countries_blocked': { label: 'Recusam-se cartões de', hint: 'Códigos de país' },
    'fraud.country_amount_units_challenge': {
      label: 'De outro país: confirmação a partir deste valor',
    },
    'fraud.own_link_days_review': {
      label: 'Dias para trás em que se procura um agente que paga o próprio link',
      hint: '0: não se procura',
    },
    'fraud.review_hours': { label: 'Horas até uma análise expirar' },
    'alerts.window_minutes': { label: 'Janela, em minutos' },
    'alerts.tries_least': { label: 'Proporção de recusas: a partir de tantas tentativas' },
    'alerts.declined_percent': { label: 'Recusados, em %' },
    'alerts.messages_least': {
      label: 'Proporção de mensagens que falharam: a partir de tantas mensagens',
    },
    'alerts.messages_failed_percent': { label: 'Mensagens que falharam, em %' },
    'alerts.unanswered_least': {
      label: 'Tentativas que um provedor de pagamento deixou sem resposta',
    },
    'alerts.blocked_least': { label: 'Tentativas que as regras de fraude barraram' },
    'page.progress': { label: 'Os agentes veem, das etapas do cliente' },
    'pay_page_time.extension_minutes': {
      label: 'Minutos em que os clientes podem adiar o fim',
    },
    'pay_page_time.extensions_max': { label: 'Quantas vezes podem', hint: '0: nunca' },
    'survey.enabled': { label: 'Perguntar aos clientes, depois de pagar, como foi' },
    'receipts.automatic_email': {
      label: 'Enviar um recibo por e-mail depois de cada pagamento',
    },
    'sms.countries': {
      label: 'Países para onde enviar além do seu',
      hint: 'Códigos de país; vazio: qualquer um',
    },
    'sms.daily_max': { label: 'Mensagens em 24 horas no máximo', hint: 'Vazio: sem limite' },
    'stop.confirm_at': { label: 'Confirmamos um STOP nestes provedores' },
    'message_prices.currency': { label: 'Moeda', hint: 'Por exemplo BRL' },
    'message_prices.sms': { label: 'SMS, por segmento' },
    'message_prices.email': { label: 'E-mail' },
  },
};
