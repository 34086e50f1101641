"""Spanish."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Pago seguro",
    "pay.heading": "Pagar a {merchant}",
    "pay.button": "Pagar {amount}",
    "pay.paid": "Pagado hasta ahora: {amount}",
    "pay.open_amount": "Usted elige el importe",
    "amount.label": "Importe que desea pagar ({currency})",
    "live.amount.hint": "Cualquier importe entre {least} y {most}.",
    "pay.for": "Concepto",
    "pay.reference": "Referencia",
    "pay.expires": "Este enlace funciona hasta el {when}.",
    "pay.agent": "{agent}, de {merchant}, le está ayudando",
    "pay.agent_unnamed": "{merchant} le está ayudando",
    "pay.notice": "El agente que le ayuda puede ver su progreso, pero nunca los datos de su tarjeta.",
    "pay.card_heading": "Pagar con tarjeta",
    "pay.wallets": "O pague con un monedero electrónico",
    "pay.redirect_heading": "Pagar de forma segura",
    "pay.redirect": "El pago continúa en la página segura del proveedor de pagos. Después volverá aquí.",
    "pay.redirect_privacy": (
        "Los datos de pago se introducen en la página del proveedor de pagos, no aquí. {merchant} nunca los ve."
    ),
    "pay.review": "Compruebe antes de pagar",
    "pay.review_to": "Para",
    "pay.review_amount": "Importe",
    "pay.privacy": (
        "Los datos de su tarjeta van de esta página directamente al proveedor de pagos. {merchant} nunca los ve."
    ),
    "pay.slow": "El formulario de la tarjeta está tardando en llegar.",
    "pay.reload": "Volver a cargar la página",
    "pay.no_script_heading": "Esta página necesita JavaScript",
    "pay.no_script": (
        "Los campos de la tarjeta solo funcionan con JavaScript. Actívelo para esta página y vuelva a cargarla, "
        "abra el enlace en otro navegador o pida a {merchant} otra forma de pagar. No se ha cobrado nada."
    ),
    "pay.script_failed": (
        "El formulario seguro de la tarjeta no se ha cargado. Puede deberse a su conexión o a algo en su "
        "navegador que bloquea los scripts. No se ha cobrado nada."
    ),
    "pay.try_again": "Intentar de nuevo",
    "pay.print": "Imprimir o guardar",
    "field.number": "Número de tarjeta",
    "field.expiry": "Fecha de caducidad",
    "field.cvc": "Código de seguridad",
    "phone.offer": "Pagar con el teléfono",
    "phone.code": "Código QR de este pago",
    "phone.how": "Apunte la cámara del teléfono hacia el código. Es el mismo pago y nunca se cobra dos veces.",
    "help.button": "Necesito ayuda",
    "wait.heading": "Hay un pago en curso",
    "wait.body": "Estamos comprobando su estado. Mantenga abierta esta página; mostrará el resultado por sí sola.",
    "wait.continue_bank": "Continuar con su banco",
    "wait.other_card": "Usar otra tarjeta",
    "wait.continue_psp": "Continuar con el pago",
    "wait.other_way": "Pagar de otra forma",
    "wait.check": "Comprobar de nuevo",
    "receipt.heading": "Pago recibido",
    "receipt.body": "Gracias. Hemos comunicado a {merchant} que usted ha pagado.",
    "receipt.amount": "Importe",
    "receipt.to": "Pagado a",
    "receipt.reference": "Referencia",
    "receipt.total": "Total pagado",
    "receipt.remaining": "Pendiente de pago",
    "receipt.card": "Tarjeta",
    "receipt.paid_at": "Fecha",
    "receipt.payment": "Número de pago",
    "receipt.keep": "No tiene que hacer nada más. Puede cerrar esta página.",
    "paid.heading": "Ya está pagado",
    "paid.body": "Este pago a {merchant} está completo. No tiene que hacer nada más.",
    "expired.heading": "Este enlace ha caducado",
    "expired.body": "{merchant} solicitó este pago con un enlace de validez limitada.",
    "expired.until": "Funcionó hasta el {when}.",
    "expired.next": "Pida a {merchant} un enlace nuevo. Con este no se cobró nada después de caducar.",
    "cancelled.heading": "Este pago se ha cancelado",
    "cancelled.body": "{merchant} ha cancelado este enlace de pago. Aquí no hay nada que pagar.",
    "cancelled.next": "Si no lo esperaba, pida a {merchant} un enlace nuevo.",
    "superseded.heading": "Hay un enlace más reciente para este pago",
    "superseded.body": "{merchant} le ha enviado un enlace más reciente que sustituye a este.",
    "superseded.next": (
        "Abra el mensaje más reciente de {merchant}. Con este enlace no se cobró nada después de sustituirlo."
    ),
    "not_ready.heading": "Este pago aún no está listo",
    "not_ready.body": "{merchant} todavía lo está preparando. No se ha cobrado nada.",
    "not_ready.next": "Vuelva a abrir el enlace dentro de unos minutos o pregunte a {merchant}.",
    "unavailable.heading": "Este pago no se puede hacer ahora",
    "unavailable.body": "{merchant} no puede aceptar pagos en esta página en este momento. No se ha cobrado nada.",
    "unavailable.next": "Pida a {merchant} otra forma de pagar o vuelva a abrir el enlace más tarde.",
    "not_found.heading": "Este enlace no funciona",
    "not_found.body": "No hay ningún pago en esta dirección.",
    "not_found.next": (
        "Compruebe que copió el enlace completo o ábralo de nuevo desde el mensaje que recibió. Si sigue sin "
        "funcionar, pida uno nuevo a quien se lo envió."
    ),
    "too_many.heading": "Demasiadas visitas en poco tiempo",
    "too_many.body": "Espere un momento y vuelva a cargar la página. No se ha cobrado nada.",
    "language.choose": "Idioma",
    "error.heading": "Algo ha fallado por nuestra parte",
    "error.body": "Esta página no se ha podido mostrar en este momento.",
    "error.next": (
        "Vuelva a abrir el enlace en un momento. Si ya había pagado, la página se lo dirá; un pago nunca se "
        "cobra dos veces."
    ),
    "live.pay": "Pagar {amount}",
    "live.pay_nothing": "Pagar",
    "live.amount.empty": "Introduzca el importe que desea pagar.",
    "live.amount.invalid": "Introduzca solo el número, sin separadores de millares, por ejemplo {example}.",
    "live.amount.decimals.one": (
        "Esta moneda tiene como máximo {count} decimal. Introduzca un importe como {example}."
    ),
    "live.amount.decimals.other": (
        "Esta moneda tiene como máximo {count} decimales. Introduzca un importe como {example}."
    ),
    "live.amount.whole": "Esta moneda no tiene decimales. Introduzca un importe entero, por ejemplo {example}.",
    "live.amount.low": "Lo mínimo que puede pagar es {least}.",
    "live.amount.high": "Lo máximo que puede pagar es {most}.",
    "live.amount.leftover": "Pague {most} o deje al menos {leftover} para más adelante.",
    "live.amount.range_changed": (
        "El importe que puede pagar ha cambiado. No se ha cobrado nada. Compruebe el importe."
    ),
    "live.more.rest": "Pagar el resto",
    "live.more.another": "Hacer otro pago",
    "live.part.title": "Parte del pago recibida",
    "live.part.body": "Gracias. Hemos comunicado a {merchant} que ha pagado esta parte.",
    "live.number.incomplete": "Introduzca el número de tarjeta completo.",
    "live.number.invalid": "Este número de tarjeta no es correcto. Revíselo por si hay un error.",
    "live.expiry.incomplete": "Introduzca el mes y el año en que caduca la tarjeta.",
    "live.expiry.past": "Esta tarjeta ha caducado. Use otra tarjeta.",
    "live.expiry.invalid": "Esta fecha de caducidad no es correcta.",
    "live.cvc.incomplete": (
        "Introduzca el código de seguridad: 3 cifras en el reverso de la tarjeta o 4 en el anverso."
    ),
    "live.cvc.invalid": "Este código de seguridad no es correcto.",
    "live.check_amount": "Compruebe el importe marcado abajo.",
    "live.check_fields": "Compruebe los datos de la tarjeta marcados abajo.",
    "live.fields_loading": "El formulario de la tarjeta aún se está cargando. Un momento, por favor.",
    "live.sending": "Enviando su pago. Mantenga abierta esta página.",
    "live.card_refused": (
        "No se ha podido leer la tarjeta. No se ha cobrado nada. Compruebe los datos o use otra tarjeta."
    ),
    "live.offline": "No tiene conexión; no se ha perdido nada. Esta página continuará cuando vuelva la conexión.",
    "live.offline_pay": (
        "No tiene conexión; no se ha perdido ni cobrado nada. Pulse de nuevo el botón cuando vuelva la conexión."
    ),
    "live.online": "Vuelve a tener conexión.",
    "live.declined": "La tarjeta ha sido rechazada. No se ha cobrado nada. Pruebe con otra tarjeta.",
    "live.authentication_failed": (
        "Su banco no pudo confirmar su identidad, así que no se ha cobrado nada. Inténtelo de nuevo o use otra "
        "tarjeta."
    ),
    "live.amount_changed": "El importe ha cambiado a {amount}. Compruébelo y pulse de nuevo el botón.",
    "live.amount_changed_unknown": (
        "El importe ha cambiado. No se ha cobrado nada. Vuelva a cargar la página para ver el nuevo importe."
    ),
    "live.too_many": "Demasiados intentos en poco tiempo. No se ha cobrado nada. Espere un momento.",
    "live.countdown.one": "Puede intentarlo de nuevo en {count} segundo.",
    "live.countdown.other": "Puede intentarlo de nuevo en {count} segundos.",
    "live.try_now": "Ya puede intentarlo de nuevo.",
    "live.unavailable": (
        "Ahora no se puede contactar con el proveedor de pagos. No se ha cobrado nada. Inténtelo de nuevo en un "
        "momento."
    ),
    "live.psp_changed": "Introduzca su tarjeta otra vez: su pago no se ha realizado.",
    "live.psp_changed_press": "Pulse el botón otra vez: su pago no se ha realizado.",
    "live.refused": (
        "No se ha podido iniciar el pago. No se ha cobrado nada. Vuelva a cargar la página e inténtelo de nuevo."
    ),
    "live.not_arrived": "Su pago no nos ha llegado y no se ha cobrado nada. Puede pulsar de nuevo el botón.",
    "live.free_again": "El otro pago terminó sin cobrarse. Ahora puede pagar aquí.",
    "live.other_card": "No se ha cobrado nada. Ahora puede usar otra tarjeta.",
    "live.other_way": "No se ha cobrado nada. Puede empezar de nuevo y pagar de otra forma.",
    "live.checking.title": "Comprobando su pago",
    "live.checking.body": "Estamos consultando su estado. No vuelva a pagar; solo tarda un momento.",
    "live.unreachable.title": "Esperando la conexión",
    "live.unreachable.body": (
        "No tiene conexión; no se ha perdido nada. En cuanto vuelva, esta página averiguará el estado de su "
        "pago. No vuelva a pagar."
    ),
    "live.waiting.title": "Su banco aún no ha respondido",
    "live.waiting.body": (
        "Seguimos consultando y mostraremos aquí la respuesta. No vuelva a pagar: no se le puede cobrar dos "
        "veces."
    ),
    "live.elsewhere.title": "Ya hay un pago en curso en otro dispositivo o pestaña",
    "live.elsewhere.body": (
        "Termínelo allí o ciérrelo. Esta página muestra el resultado y le permite pagar aquí si termina sin "
        "cobrarse."
    ),
    "live.processing.title": "Su pago ha sido aceptado",
    "live.processing.body": (
        "Su banco aún lo está procesando y se confirmará. Puede cerrar esta página; no tiene que hacer nada más."
    ),
    "live.challenge.title": "Su banco quiere comprobar que es usted",
    "live.challenge.body": "Siga los pasos de su banco en la ventana o aplicación que se abre y después vuelva aquí.",
    "live.bank.title": "Su banco le está esperando",
    "live.bank.body": (
        "La comprobación con su banco no ha terminado, así que aún no se ha cobrado nada. Continúe con ella o "
        "use otra tarjeta."
    ),
    "live.leaving.title": "Le llevamos al proveedor de pagos",
    "live.leaving.body": "Pague en su página segura. Después volverá aquí.",
    "live.unfinished.title": "Su pago no ha terminado",
    "live.unfinished.body": (
        "Aún no se ha cobrado nada. Continúe en la página segura del proveedor de pagos o pague de otra forma."
    ),
    "live.kept.title": "Este pago sigue abierto",
    "live.kept.body": (
        "El proveedor de pagos no puede retirarlo ahora, así que impide otro pago: no se le puede cobrar dos "
        "veces. Continúe con él o vuelva más tarde; cuando termine sin cobrarse, podrá pagar aquí de nuevo."
    ),
    "live.review.title": "Su pago se está revisando",
    "live.review.body": "No tiene que hacer nada más; {merchant} le informará.",
    "live.paused.title": "Aún sin respuesta",
    "live.paused.body": (
        "No vuelva a pagar. Puede cerrar esta página y abrir el enlace más tarde: muestra el estado de su pago."
    ),
    "live.done": "Pago a {merchant}",
    "live.paid.title": "Pago recibido",
    "live.authorised.title": "Pago autorizado",
    "live.authorised.body": "Gracias. Su banco ha reservado el importe para {merchant}.",
    "live.help.telling": "Avisando al agente…",
    "live.help.told": "El agente sabe que necesita ayuda. Permanezca en esta página.",
    "live.help.failed": "No hemos podido avisar al agente. Responda por el canal por el que recibió el enlace.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Código de comprobación:",
    "trust.summary": "¿Es auténtica esta página?",
    "trust.domain": "El nombre del sitio en la barra de direcciones de su navegador es exactamente {domain}.",
    "trust.ask": "Pida al agente el código de comprobación. Debe ser el mismo que ve aquí.",
    "trust.call": "¿Tiene dudas? Llame a {merchant} a un número que ya conozca, no a uno que figure en el mensaje.",
    "trust.never": (
        "Nunca le pedimos el número de tarjeta ni el código de seguridad por teléfono, SMS o correo electrónico."
    ),
    "trust.legal": "Usted paga a {name}.",
    "trust.contact": "Contacto de {merchant}:",
    "trust.terms": "Condiciones (pestaña nueva)",
    "trust.privacy": "Aviso de privacidad (pestaña nueva)",
    "sharing.switch": "Compartir mi progreso",
    "sharing.less": (
        "El agente que le ayuda solo ve que ha abierto esta página, que ha enviado un pago y cómo ha terminado, "
        "pero nunca los datos de su tarjeta."
    ),
    # Receipts by email or text message.
    "mail.ask": "Enviarme un recibo",
    "mail.title": "Dónde enviar el recibo",
    "mail.email": "Correo electrónico a {to}",
    "mail.sms": "SMS a {to}",
    "mail.elsewhere": "A otra dirección",
    "mail.address": "Correo electrónico o número de móvil",
    "mail.address_email": "Correo electrónico",
    "mail.address_sms": "Número de móvil",
    "mail.send": "Enviar el recibo",
    "mail.sending": "Un momento…",
    "mail.sent": "Su recibo va camino de {to}.",
    "mail.empty": "Introduzca adónde debe enviarse el recibo.",
    "mail.wrong": "No se puede enviar un recibo a esa dirección. Compruébela.",
    "mail.stopped": "El titular de esta dirección pidió no recibir mensajes. Elija otra o imprima el recibo.",
    "mail.enough": "Ya se han enviado suficientes recibos de este pago. Puede imprimir o guardar esta página.",
    "mail.later": "Se puede enviar un recibo en cuanto se haya cobrado el pago.",
    "mail.failed": (
        "No se ha podido enviar el recibo en este momento. No se ha perdido nada: inténtelo de nuevo o imprima "
        "esta página."
    ),
    # The question after the payment.
    "survey.ask": "¿Cómo le ha resultado hacer este pago?",
    "survey.1": "Muy mal",
    "survey.2": "Mal",
    "survey.3": "Regular",
    "survey.4": "Bien",
    "survey.5": "Muy bien",
    "survey.comment": "¿Quiere añadir algo? (opcional)",
    "survey.hint": "No escriba nunca aquí el número de su tarjeta.",
    "survey.send": "Enviar respuesta",
    "survey.sending": "Enviando…",
    "survey.thanks": "Gracias por su respuesta.",
    "survey.failed": "No se ha enviado su respuesta. Inténtelo de nuevo.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "El importe es ahora {amount}. Compruébelo antes de pagar.",
    "live.news.details": "Los datos de este pago han cambiado. Compruébelos antes de pagar.",
    "later.chat.title": "Chat con {merchant}",
    "later.chat.close": "Cerrar el chat",
    "later.chat.hint": "No escriba nunca aquí su número de tarjeta. El chat solo se ve en esta pestaña.",
    "later.chat.label": "Su mensaje",
    "later.chat.send": "Enviar",
    "later.chat.sending": "Enviando…",
    "later.chat.you": "Usted",
    "later.chat.failed": "Su mensaje no se ha enviado.",
    "later.chat.again": "Intentar de nuevo",
    "later.chat.off": "Este chat está cerrado. Responda por el canal por el que recibió el enlace.",
    "later.chat.masked": (
        "Se ha eliminado un número de tarjeta de su mensaje. Introdúzcalo solo en los campos de la tarjeta."
    ),
    "later.chat.new": "Mensaje nuevo de {merchant}",
    "later.time.left.one": "Este enlace dejará de funcionar en aproximadamente {count} minuto.",
    "later.time.left.other": "Este enlace dejará de funcionar en aproximadamente {count} minutos.",
    "later.time.more": "Necesito más tiempo",
    "later.time.given": "Tiene más tiempo: el enlace funciona ahora hasta el {when}.",
    "later.time.failed": "No se ha podido ampliar el tiempo. Pida ayuda a {merchant}.",
    "expired.ask": "Pedir un enlace nuevo",
    "expired.asked": "Hemos comunicado a {merchant} que desea un enlace nuevo. Le llegará por el mismo canal que este.",
    "expired.not_asked": "Su solicitud no ha llegado. Inténtelo de nuevo en un momento.",
    "in_app.heading": "Abra esta página en su navegador",
    "in_app.body": (
        "Está viendo esta página dentro de {app}. Aquí puede pagar con tarjeta. Si la página de su banco no se "
        "abre, o para pagar con un monedero electrónico, use su propio navegador."
    ),
    "in_app.body_unnamed": (
        "Está viendo esta página dentro de una aplicación. Aquí puede pagar con tarjeta. Si la página de su banco "
        "no se abre, o para pagar con un monedero electrónico, use su propio navegador."
    ),
    "in_app.open": "Abrir en su navegador",
    "in_app.how": "Copie la dirección y péguela en Safari o en otro navegador.",
    "in_app.address": "Dirección de esta página",
    "in_app.copy": "Copiar la dirección",
    "in_app.copied": "Copiada. Ahora péguela en su navegador.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": "Su banco no ha aprobado este pago. Pruebe con otra tarjeta o consulte a su banco.",
    "decline.insufficient_funds": "No hay suficiente dinero disponible en esta tarjeta. Pruebe con otra tarjeta.",
    "decline.hold_lapsed": (
        "El importe retenido en su tarjeta se ha liberado. No se ha cobrado nada; puede volver a pagar."
    ),
    "decline.psp_unavailable": "No se ha podido iniciar el pago. No se ha cobrado nada; inténtelo de nuevo.",
    "decline.expired_card": "Esta tarjeta ha caducado. Compruebe la fecha de caducidad o use otra tarjeta.",
    "decline.incorrect_cvc": "El código de seguridad no es correcto. Compruébelo e inténtelo de nuevo.",
    "decline.incorrect_number": "El número de tarjeta no es correcto. Compruébelo e inténtelo de nuevo.",
    "decline.processing_error": "Algo ha fallado en el banco. Inténtelo de nuevo en un momento.",
    "decline.limit_exceeded": "Esta tarjeta ha alcanzado su límite. Pruebe con otra tarjeta o consulte a su banco.",
    "decline.card_not_supported": "Esta tarjeta no se puede usar para este pago. Pruebe con otra tarjeta.",
    "decline.amount_not_accepted": (
        "Este importe no se puede pagar con tarjeta. No se ha cobrado nada. Hable con el agente que le ayuda."
    ),
    "decline.authentication_failed": "Su banco no pudo confirmar su identidad. Inténtelo de nuevo o use otra tarjeta.",
    "decline.authentication_required": "Su banco necesita confirmar que es usted. Inténtelo de nuevo.",
    "decline.blocked": "Este pago no se puede hacer ahora. Hable con el agente que le ayuda.",
    "decline.review_rejected": (
        "Este pago no se ha podido aceptar y no se ha cobrado nada. Hable con el agente que le ayuda."
    ),
    "decline.not_completed": "El pago no se ha completado y no se le ha cobrado nada. Puede intentarlo de nuevo.",
}
