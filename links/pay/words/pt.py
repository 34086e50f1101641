"""Portuguese."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Pagamento seguro",
    "pay.heading": "Pagar a {merchant}",
    "pay.button": "Pagar {amount}",
    "pay.paid": "Pago até agora: {amount}",
    "pay.open_amount": "O montante é à sua escolha",
    "amount.label": "Montante a pagar ({currency})",
    "live.amount.hint": "Qualquer montante de {least} a {most}.",
    "pay.for": "Referente a",
    "pay.reference": "Referência",
    "pay.expires": "Este link funciona até {when}.",
    "pay.agent": "{agent}, de {merchant}, está a prestar-lhe apoio",
    "pay.agent_unnamed": "{merchant} está a prestar-lhe apoio",
    "pay.notice": "O agente que lhe presta apoio vê o seu progresso, nunca os dados do seu cartão.",
    "pay.card_heading": "Pagar com cartão",
    "pay.wallets": "Ou pague com uma carteira digital",
    "pay.redirect_heading": "Pagar com segurança",
    "pay.redirect": "O pagamento continua na página segura do prestador de pagamentos. Depois regressa aqui.",
    "pay.redirect_privacy": (
        "Os dados de pagamento são introduzidos na página do prestador de pagamentos, não nesta. {merchant} "
        "nunca os vê."
    ),
    "pay.review": "Confirme antes de pagar",
    "pay.review_to": "Para",
    "pay.review_amount": "Montante",
    "pay.privacy": (
        "Os dados do seu cartão seguem desta página diretamente para o prestador de pagamentos. {merchant} nunca "
        "os vê."
    ),
    "pay.slow": "O formulário do cartão está a demorar.",
    "pay.reload": "Recarregar a página",
    "pay.no_script_heading": "Esta página precisa de JavaScript",
    "pay.no_script": (
        "Os campos do cartão só funcionam com JavaScript. Ative-o para esta página e recarregue-a, abra o link "
        "noutro navegador ou peça a {merchant} outra forma de pagar. Nada foi cobrado."
    ),
    "pay.script_failed": (
        "O formulário seguro do cartão não carregou. A causa pode ser a sua ligação ou algo no navegador que "
        "bloqueia scripts. Nada foi cobrado."
    ),
    "pay.try_again": "Tentar de novo",
    "pay.print": "Imprimir ou guardar",
    "field.number": "Número do cartão",
    "field.expiry": "Data de validade",
    "field.cvc": "Código de segurança",
    "phone.offer": "Pagar no telemóvel",
    "phone.code": "Código QR deste pagamento",
    "phone.how": "Aponte a câmara do telemóvel para o código. É o mesmo pagamento e nunca é cobrado duas vezes.",
    "help.button": "Preciso de ajuda",
    "wait.heading": "Há um pagamento em curso",
    "wait.body": (
        "Estamos a verificar o seu estado. Mantenha esta página aberta; o resultado aparece automaticamente."
    ),
    "wait.continue_bank": "Continuar com o seu banco",
    "wait.other_card": "Usar outro cartão",
    "wait.continue_psp": "Continuar para o pagamento",
    "wait.other_way": "Pagar de outra forma",
    "wait.check": "Verificar de novo",
    "receipt.heading": "Pagamento recebido",
    "receipt.body": "Obrigado. {merchant} já sabe que o pagamento foi feito.",
    "receipt.amount": "Montante",
    "receipt.to": "Pago a",
    "receipt.reference": "Referência",
    "receipt.total": "Total pago",
    "receipt.remaining": "Falta pagar",
    "receipt.card": "Cartão",
    "receipt.paid_at": "Data",
    "receipt.payment": "Número do pagamento",
    "receipt.keep": "Não precisa de fazer mais nada. Pode fechar esta página.",
    "paid.heading": "Já está pago",
    "paid.body": "Este pagamento a {merchant} está concluído. Não precisa de fazer mais nada.",
    "expired.heading": "Este link expirou",
    "expired.body": "{merchant} pediu este pagamento com um link válido por tempo limitado.",
    "expired.until": "Funcionou até {when}.",
    "expired.next": "Peça a {merchant} um novo link. Nada foi cobrado através deste depois de expirar.",
    "cancelled.heading": "Este pagamento foi cancelado",
    "cancelled.body": "{merchant} cancelou este link de pagamento. Não há nada a pagar aqui.",
    "cancelled.next": "Se não esperava isto, peça a {merchant} um novo link.",
    "superseded.heading": "Há um link mais recente para este pagamento",
    "superseded.body": "{merchant} enviou-lhe um link mais recente, que substitui este.",
    "superseded.next": (
        "Abra a mensagem mais recente de {merchant}. Nada foi cobrado através deste link depois de ser "
        "substituído."
    ),
    "not_ready.heading": "Este pagamento ainda não está pronto",
    "not_ready.body": "{merchant} ainda o está a preparar. Nada foi cobrado.",
    "not_ready.next": "Abra o link de novo dentro de alguns minutos ou pergunte a {merchant}.",
    "unavailable.heading": "Este pagamento não pode ser feito agora",
    "unavailable.body": "De momento, {merchant} não pode receber pagamentos nesta página. Nada foi cobrado.",
    "unavailable.next": "Peça a {merchant} outra forma de pagar ou abra o link mais tarde.",
    "not_found.heading": "Este link não funciona",
    "not_found.body": "Não há nenhum pagamento neste endereço.",
    "not_found.next": (
        "Confirme que o link foi copiado por inteiro ou abra-o de novo a partir da mensagem que recebeu. Se "
        "continuar sem funcionar, peça um novo a quem o enviou."
    ),
    "too_many.heading": "Demasiadas visitas em pouco tempo",
    "too_many.body": "Aguarde um momento e recarregue a página. Nada foi cobrado.",
    "language.choose": "Idioma",
    "error.heading": "Algo correu mal do nosso lado",
    "error.body": "Não foi possível mostrar esta página agora.",
    "error.next": (
        "Abra o link de novo dentro de momentos. Se já tiver pago, a página dir-lho-á; um pagamento nunca é "
        "cobrado duas vezes."
    ),
    "live.pay": "Pagar {amount}",
    "live.pay_nothing": "Pagar",
    "live.amount.empty": "Introduza o montante que quer pagar.",
    "live.amount.invalid": "Introduza apenas o número, sem separador de milhares, por exemplo {example}.",
    "live.amount.decimals.one": (
        "Esta moeda tem no máximo {count} casa decimal. Introduza um montante como {example}."
    ),
    "live.amount.decimals.other": (
        "Esta moeda tem no máximo {count} casas decimais. Introduza um montante como {example}."
    ),
    "live.amount.whole": "Esta moeda não tem casas decimais. Introduza um montante inteiro, por exemplo {example}.",
    "live.amount.low": "O mínimo que pode pagar é {least}.",
    "live.amount.high": "O máximo que pode pagar é {most}.",
    "live.amount.leftover": "Pague {most} ou deixe pelo menos {leftover} para mais tarde.",
    "live.amount.range_changed": "O montante que pode pagar mudou. Nada foi cobrado. Confirme o montante.",
    "live.more.rest": "Pagar o restante",
    "live.more.another": "Fazer outro pagamento",
    "live.part.title": "Parte do pagamento recebida",
    "live.part.body": "Obrigado. {merchant} já sabe que esta parte foi paga.",
    "live.number.incomplete": "Introduza o número completo do cartão.",
    "live.number.invalid": "Este número de cartão não está correto. Verifique se há algum engano.",
    "live.expiry.incomplete": "Introduza o mês e o ano de validade do cartão.",
    "live.expiry.past": "Este cartão expirou. Use outro cartão.",
    "live.expiry.invalid": "Esta data de validade não está correta.",
    "live.cvc.incomplete": "Introduza o código de segurança: 3 algarismos no verso do cartão ou 4 na frente.",
    "live.cvc.invalid": "Este código de segurança não está correto.",
    "live.check_amount": "Verifique o montante assinalado abaixo.",
    "live.check_fields": "Verifique os dados do cartão assinalados abaixo.",
    "live.fields_loading": "O formulário do cartão ainda está a carregar. Um momento, por favor.",
    "live.sending": "A enviar o seu pagamento. Mantenha esta página aberta.",
    "live.card_refused": "Não foi possível ler o cartão. Nada foi cobrado. Verifique os dados ou use outro cartão.",
    "live.offline": "Está sem ligação; nada se perdeu. Esta página continua quando a ligação voltar.",
    "live.offline_pay": (
        "Está sem ligação; nada se perdeu e nada foi cobrado. Prima o botão de novo quando a ligação voltar."
    ),
    "live.online": "A ligação voltou.",
    "live.declined": "O cartão foi recusado. Nada foi cobrado. Tente com outro cartão.",
    "live.authentication_failed": (
        "O seu banco não conseguiu confirmar a sua identidade, por isso nada foi cobrado. Tente de novo ou use "
        "outro cartão."
    ),
    "live.amount_changed": "O montante mudou para {amount}. Confirme-o e prima o botão de novo.",
    "live.amount_changed_unknown": (
        "O montante mudou. Nada foi cobrado. Recarregue a página para ver o novo montante."
    ),
    "live.too_many": "Demasiadas tentativas em pouco tempo. Nada foi cobrado. Aguarde um momento.",
    "live.countdown.one": "Pode tentar de novo dentro de {count} segundo.",
    "live.countdown.other": "Pode tentar de novo dentro de {count} segundos.",
    "live.try_now": "Já pode tentar de novo.",
    "live.unavailable": (
        "Não é possível contactar o prestador de pagamentos agora. Nada foi cobrado. Tente de novo dentro de "
        "momentos."
    ),
    "live.psp_changed": "Introduza o cartão mais uma vez: o seu pagamento não foi feito.",
    "live.psp_changed_press": "Prima o botão mais uma vez: o seu pagamento não foi feito.",
    "live.refused": "Não foi possível iniciar o pagamento. Nada foi cobrado. Recarregue a página e tente de novo.",
    "live.not_arrived": "O seu pagamento não chegou até nós e nada foi cobrado. Pode premir o botão de novo.",
    "live.free_again": "O outro pagamento terminou sem cobrança. Agora pode pagar aqui.",
    "live.other_card": "Nada foi cobrado. Agora pode usar outro cartão.",
    "live.other_way": "Nada foi cobrado. Pode recomeçar e pagar de outra forma.",
    "live.checking.title": "A verificar o seu pagamento",
    "live.checking.body": "Estamos a perguntar pelo seu estado. Não pague de novo; é só um momento.",
    "live.unreachable.title": "À espera da ligação",
    "live.unreachable.body": (
        "Está sem ligação; nada se perdeu. Assim que a ligação voltar, esta página apura o estado do seu "
        "pagamento. Não pague de novo."
    ),
    "live.waiting.title": "O seu banco ainda não respondeu",
    "live.waiting.body": (
        "Continuamos a perguntar e mostramos aqui a resposta. Não pague de novo: não lhe pode ser cobrado duas "
        "vezes."
    ),
    "live.elsewhere.title": "Já há um pagamento em curso noutro dispositivo ou separador",
    "live.elsewhere.body": (
        "Conclua-o ou feche-o aí. Esta página mostra o resultado e permite pagar aqui se terminar sem cobrança."
    ),
    "live.processing.title": "O seu pagamento foi aceite",
    "live.processing.body": (
        "O seu banco ainda o está a processar e será confirmado. Pode fechar esta página; não precisa de fazer "
        "mais nada."
    ),
    "live.challenge.title": "O seu banco quer confirmar a sua identidade",
    "live.challenge.body": "Siga os passos do seu banco na janela ou aplicação que se abre e depois volte aqui.",
    "live.bank.title": "O seu banco está à sua espera",
    "live.bank.body": (
        "A verificação com o seu banco não terminou, por isso ainda nada foi cobrado. Continue-a ou use outro "
        "cartão."
    ),
    "live.leaving.title": "A encaminhar para o prestador de pagamentos",
    "live.leaving.body": "Pague na página segura. Depois regressa aqui.",
    "live.unfinished.title": "O seu pagamento não está concluído",
    "live.unfinished.body": (
        "Ainda nada foi cobrado. Continue na página segura do prestador de pagamentos ou pague de outra forma."
    ),
    "live.kept.title": "Este pagamento ainda está aberto",
    "live.kept.body": (
        "O prestador de pagamentos não o pode retirar agora, por isso impede outro pagamento: não lhe pode ser "
        "cobrado duas vezes. Continue-o ou volte mais tarde; quando terminar sem cobrança, poderá pagar aqui de "
        "novo."
    ),
    "live.review.title": "O seu pagamento está a ser verificado",
    "live.review.body": "Não precisa de fazer mais nada; {merchant} dir-lhe-á.",
    "live.paused.title": "Ainda sem resposta",
    "live.paused.body": (
        "Não pague de novo. Pode fechar esta página e abrir o link mais tarde: mostra o estado do seu pagamento."
    ),
    "live.done": "Pagamento a {merchant}",
    "live.paid.title": "Pagamento recebido",
    "live.authorised.title": "Pagamento autorizado",
    "live.authorised.body": "Obrigado. O seu banco reservou o montante para {merchant}.",
    "live.help.telling": "A avisar o agente…",
    "live.help.told": "O agente já sabe que precisa de ajuda. Permaneça nesta página.",
    "live.help.failed": "Não conseguimos avisar o agente. Responda pelo canal onde recebeu o link.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Código de verificação:",
    "trust.summary": "Isto é genuíno?",
    "trust.domain": "O nome do site na barra de endereço do seu navegador é exatamente {domain}.",
    "trust.ask": "Peça ao agente o código de verificação. Tem de ser o mesmo que vê aqui.",
    "trust.call": (
        "Tem dúvidas? Ligue para {merchant} para um número que já conheça, não para um que venha na "
        "mensagem."
    ),
    "trust.never": "Nunca lhe pedimos o número do cartão nem o código de segurança por telefone, SMS ou email.",
    "trust.legal": "Paga a {name}.",
    "trust.contact": "Contacto de {merchant}:",
    "trust.terms": "Condições (novo separador)",
    "trust.privacy": "Aviso de privacidade (novo separador)",
    "sharing.switch": "Partilhar o meu progresso",
    "sharing.less": (
        "O agente que lhe presta apoio vê apenas que abriu esta página, que enviou um pagamento e como "
        "terminou; nunca os dados do seu cartão."
    ),
    # Receipts by email or text message.
    "mail.ask": "Enviar-me um recibo",
    "mail.title": "Para onde enviar o recibo",
    "mail.email": "Email para {to}",
    "mail.sms": "SMS para {to}",
    "mail.elsewhere": "Para outro endereço",
    "mail.address": "Endereço de email ou número de telemóvel",
    "mail.address_email": "Endereço de email",
    "mail.address_sms": "Número de telemóvel",
    "mail.send": "Enviar o recibo",
    "mail.sending": "Um momento…",
    "mail.sent": "O seu recibo vai a caminho de {to}.",
    "mail.empty": "Indique para onde deve seguir o recibo.",
    "mail.wrong": "Não é possível enviar um recibo para este endereço. Verifique-o.",
    "mail.stopped": "O titular deste endereço pediu para não receber mensagens. Escolha outro ou imprima o recibo.",
    "mail.enough": "Já foram enviados recibos suficientes deste pagamento. Pode imprimir ou guardar esta página.",
    "mail.later": "O recibo pode ser enviado depois de o pagamento ser cobrado.",
    "mail.failed": (
        "Não foi possível enviar o recibo neste momento. Nada se perdeu: tente de novo ou imprima esta "
        "página."
    ),
    # The question after the payment.
    "survey.ask": "Como foi fazer este pagamento?",
    "survey.1": "Muito mau",
    "survey.2": "Mau",
    "survey.3": "Razoável",
    "survey.4": "Bom",
    "survey.5": "Muito bom",
    "survey.comment": "Quer acrescentar algo? (opcional)",
    "survey.hint": "Nunca escreva aqui o número do seu cartão.",
    "survey.send": "Enviar resposta",
    "survey.sending": "A enviar…",
    "survey.thanks": "Obrigado pela sua resposta.",
    "survey.failed": "A sua resposta não foi enviada. Tente de novo.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "O montante é agora {amount}. Verifique-o antes de pagar.",
    "live.news.details": "Os detalhes deste pagamento mudaram. Verifique-os antes de pagar.",
    "later.chat.title": "Conversa com {merchant}",
    "later.chat.close": "Fechar a conversa",
    "later.chat.hint": "Nunca escreva aqui o número do seu cartão. Só este separador mostra a conversa.",
    "later.chat.label": "A sua mensagem",
    "later.chat.send": "Enviar",
    "later.chat.sending": "A enviar…",
    "later.chat.you": "Eu",
    "later.chat.failed": "A sua mensagem não foi enviada.",
    "later.chat.again": "Tentar de novo",
    "later.chat.off": "Esta conversa está fechada. Responda pelo canal onde recebeu o link.",
    "later.chat.masked": "Retirámos um número de cartão da sua mensagem. Escreva-o apenas nos campos do cartão.",
    "later.chat.new": "Nova mensagem de {merchant}",
    "later.time.left.one": "Este link deixa de funcionar dentro de cerca de {count} minuto.",
    "later.time.left.other": "Este link deixa de funcionar dentro de cerca de {count} minutos.",
    "later.time.more": "Preciso de mais tempo",
    "later.time.given": "Tem mais tempo: o link funciona agora até {when}.",
    "later.time.failed": "Não foi possível prolongar o tempo. Peça ajuda a {merchant}.",
    "expired.ask": "Pedir um novo link",
    "expired.asked": "{merchant} já sabe que quer um novo link. Chega pela mesma via que este.",
    "expired.not_asked": "O seu pedido não chegou. Tente de novo dentro de momentos.",
    "in_app.heading": "Abra esta página no seu navegador",
    "in_app.body": (
        "Está a vê-la dentro de {app}. Pode pagar aqui com cartão. Se a página do seu banco não abrir, "
        "ou para pagar com uma carteira digital, use o seu navegador."
    ),
    "in_app.body_unnamed": (
        "Está a vê-la dentro de uma aplicação. Pode pagar aqui com cartão. Se a página do seu banco não "
        "abrir, ou para pagar com uma carteira digital, use o seu navegador."
    ),
    "in_app.open": "Abrir no navegador",
    "in_app.how": "Copie o endereço e cole-o no Safari ou noutro navegador.",
    "in_app.address": "Endereço desta página",
    "in_app.copy": "Copiar o endereço",
    "in_app.copied": "Copiado. Agora cole-o no seu navegador.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": "O seu banco não aprovou este pagamento. Tente outro cartão ou fale com o seu banco.",
    "decline.insufficient_funds": "Não há dinheiro suficiente disponível neste cartão. Tente outro cartão.",
    "decline.hold_lapsed": "O montante reservado no seu cartão foi libertado. Nada foi cobrado; pode pagar de novo.",
    "decline.psp_unavailable": "Não foi possível iniciar o pagamento. Nada foi cobrado; tente de novo.",
    "decline.expired_card": "Este cartão expirou. Verifique a data de validade ou use outro cartão.",
    "decline.incorrect_cvc": "O código de segurança não está correto. Verifique-o e tente de novo.",
    "decline.incorrect_number": "O número do cartão não está correto. Verifique-o e tente de novo.",
    "decline.processing_error": "Algo correu mal no banco. Tente de novo dentro de momentos.",
    "decline.limit_exceeded": "Este cartão atingiu o limite. Tente outro cartão ou fale com o seu banco.",
    "decline.card_not_supported": "Este cartão não pode ser usado para este pagamento. Tente outro cartão.",
    "decline.amount_not_accepted": (
        "Este montante não pode ser pago com cartão. Nada foi cobrado. Fale com o agente que lhe presta "
        "apoio."
    ),
    "decline.authentication_failed": (
        "O seu banco não conseguiu confirmar a sua identidade. Tente de novo ou use outro cartão."
    ),
    "decline.authentication_required": "O seu banco precisa de confirmar a sua identidade. Tente de novo.",
    "decline.blocked": "Este pagamento não pode ser aceite agora. Fale com o agente que lhe presta apoio.",
    "decline.review_rejected": (
        "Este pagamento não pôde ser aceite e nada foi cobrado. "
        "Fale com o agente que lhe presta apoio."
    ),
    "decline.not_completed": "O pagamento não foi concluído e nada lhe foi cobrado. Pode tentar de novo.",
}
