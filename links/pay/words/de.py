"""German."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Sichere Zahlung",
    "pay.heading": "An {merchant} zahlen",
    "pay.button": "{amount} bezahlen",
    "pay.paid": "Bisher bezahlt: {amount}",
    "pay.open_amount": "Sie bestimmen den Betrag",
    "amount.label": "Zu zahlender Betrag ({currency})",
    "live.amount.hint": "Jeder Betrag von {least} bis {most}.",
    "pay.for": "Für",
    "pay.reference": "Referenz",
    "pay.expires": "Dieser Link gilt bis {when}.",
    "pay.agent": "{agent} von {merchant} hilft Ihnen",
    "pay.agent_unnamed": "{merchant} hilft Ihnen",
    "pay.notice": "Wer Ihnen hilft, sieht Ihren Fortschritt, aber niemals Ihre Kartendaten.",
    "pay.card_heading": "Mit Karte zahlen",
    "pay.wallets": "Oder mit einer Wallet zahlen",
    "pay.redirect_heading": "Sicher bezahlen",
    "pay.redirect": (
        "Die Zahlung geht auf der sicheren Seite des Zahlungsdienstleisters weiter. Danach kommen Sie hierher zurück."
    ),
    "pay.redirect_privacy": (
        "Ihre Zahlungsdaten geben Sie beim Zahlungsdienstleister ein, nicht auf dieser Seite. {merchant} sieht sie nie."
    ),
    "pay.review": "Bitte vor dem Bezahlen prüfen",
    "pay.review_to": "An",
    "pay.review_amount": "Betrag",
    "pay.privacy": (
        "Ihre Kartendaten gehen von dieser Seite direkt an den Zahlungsdienstleister. {merchant} sieht sie nie."
    ),
    "pay.slow": "Das Kartenformular braucht länger als sonst.",
    "pay.reload": "Seite neu laden",
    "pay.no_script_heading": "Diese Seite braucht JavaScript",
    "pay.no_script": (
        "Die Kartenfelder funktionieren nur mit JavaScript. Schalten Sie es für diese Seite ein und laden Sie "
        "sie neu, öffnen Sie den Link in einem anderen Browser oder fragen Sie {merchant} nach einer anderen "
        "Zahlungsart. Es wurde nichts abgebucht."
    ),
    "pay.script_failed": (
        "Das sichere Kartenformular wurde nicht geladen. Ursache kann Ihre Verbindung sein oder etwas in Ihrem "
        "Browser, das Skripte blockiert. Es wurde nichts abgebucht."
    ),
    "pay.try_again": "Erneut versuchen",
    "pay.print": "Drucken oder speichern",
    "field.number": "Kartennummer",
    "field.expiry": "Gültig bis",
    "field.cvc": "Prüfziffer",
    "phone.offer": "Lieber mit dem Handy bezahlen",
    "phone.code": "QR-Code dieser Zahlung",
    "phone.how": (
        "Richten Sie die Kamera Ihres Handys auf den Code. Es ist dieselbe Zahlung, sie wird nie doppelt abgebucht."
    ),
    "help.button": "Ich brauche Hilfe",
    "wait.heading": "Eine Zahlung läuft",
    "wait.body": "Wir prüfen, wie sie steht. Bitte lassen Sie diese Seite offen; sie zeigt das Ergebnis von selbst.",
    "wait.continue_bank": "Weiter zu Ihrer Bank",
    "wait.other_card": "Andere Karte verwenden",
    "wait.continue_psp": "Weiter zur Zahlung",
    "wait.other_way": "Anders bezahlen",
    "wait.check": "Erneut prüfen",
    "receipt.heading": "Zahlung erhalten",
    "receipt.body": "Vielen Dank. {merchant} weiß jetzt, dass Sie bezahlt haben.",
    "receipt.amount": "Betrag",
    "receipt.to": "Bezahlt an",
    "receipt.reference": "Referenz",
    "receipt.total": "Insgesamt bezahlt",
    "receipt.remaining": "Noch zu zahlen",
    "receipt.card": "Karte",
    "receipt.paid_at": "Datum",
    "receipt.payment": "Zahlungsnummer",
    "receipt.keep": "Sie müssen nichts weiter tun. Sie können diese Seite schließen.",
    "paid.heading": "Bereits bezahlt",
    "paid.body": "Diese Zahlung an {merchant} ist abgeschlossen. Sie müssen nichts weiter tun.",
    "expired.heading": "Dieser Link ist abgelaufen",
    "expired.body": "{merchant} hat um diese Zahlung mit einem befristeten Link gebeten.",
    "expired.until": "Er galt bis {when}.",
    "expired.next": "Bitten Sie {merchant} um einen neuen Link. Über diesen wurde nach seinem Ablauf nichts abgebucht.",
    "cancelled.heading": "Diese Zahlung wurde storniert",
    "cancelled.body": "{merchant} hat diesen Zahlungslink storniert. Hier ist nichts zu zahlen.",
    "cancelled.next": "Falls Sie das nicht erwartet haben, bitten Sie {merchant} um einen neuen Link.",
    "superseded.heading": "Für diese Zahlung gibt es einen neueren Link",
    "superseded.body": "{merchant} hat Ihnen einen neueren Link geschickt, der diesen ersetzt.",
    "superseded.next": (
        "Öffnen Sie die neueste Nachricht von {merchant}. Über diesen Link wurde danach nichts abgebucht."
    ),
    "not_ready.heading": "Diese Zahlung ist noch nicht bereit",
    "not_ready.body": "{merchant} bereitet sie noch vor. Es wurde nichts abgebucht.",
    "not_ready.next": "Öffnen Sie den Link in ein paar Minuten erneut oder fragen Sie {merchant}.",
    "unavailable.heading": "Diese Zahlung ist gerade nicht möglich",
    "unavailable.body": (
        "{merchant} kann auf dieser Seite im Moment keine Zahlungen annehmen. Es wurde nichts abgebucht."
    ),
    "unavailable.next": "Fragen Sie {merchant} nach einer anderen Zahlungsart oder öffnen Sie den Link später erneut.",
    "not_found.heading": "Dieser Link funktioniert nicht",
    "not_found.body": "Unter dieser Adresse gibt es keine Zahlung.",
    "not_found.next": (
        "Prüfen Sie, ob der ganze Link kopiert wurde, oder öffnen Sie ihn erneut aus der Nachricht. Wenn er "
        "weiterhin nicht funktioniert, bitten Sie den Absender um einen neuen."
    ),
    "too_many.heading": "Zu viele Aufrufe in kurzer Zeit",
    "too_many.body": "Bitte warten Sie einen Moment und laden Sie die Seite dann neu. Es wurde nichts abgebucht.",
    "language.choose": "Sprache",
    "error.heading": "Bei uns ist etwas schiefgegangen",
    "error.body": "Diese Seite konnte gerade nicht angezeigt werden.",
    "error.next": (
        "Öffnen Sie den Link gleich noch einmal. Falls Sie schon bezahlt hatten, sagt es Ihnen die Seite; eine "
        "Zahlung wird nie doppelt abgebucht."
    ),
    "live.pay": "{amount} bezahlen",
    "live.pay_nothing": "Bezahlen",
    "live.amount.empty": "Geben Sie den Betrag ein, den Sie zahlen möchten.",
    "live.amount.invalid": "Geben Sie nur die Zahl ein, ohne Tausendertrennzeichen, zum Beispiel {example}.",
    "live.amount.decimals.one": (
        "Diese Währung hat höchstens {count} Nachkommastelle. Geben Sie einen Betrag wie {example} ein."
    ),
    "live.amount.decimals.other": (
        "Diese Währung hat höchstens {count} Nachkommastellen. Geben Sie einen Betrag wie {example} ein."
    ),
    "live.amount.whole": (
        "Diese Währung hat keine Nachkommastellen. Geben Sie einen ganzen Betrag ein, zum Beispiel {example}."
    ),
    "live.amount.low": "Sie können mindestens {least} zahlen.",
    "live.amount.high": "Sie können höchstens {most} zahlen.",
    "live.amount.leftover": "Zahlen Sie {most} oder lassen Sie mindestens {leftover} für später übrig.",
    "live.amount.range_changed": (
        "Was Sie zahlen können, hat sich geändert. Es wurde nichts abgebucht. Bitte prüfen Sie den Betrag."
    ),
    "live.more.rest": "Den Rest bezahlen",
    "live.more.another": "Noch eine Zahlung",
    "live.part.title": "Teilzahlung erhalten",
    "live.part.body": "Vielen Dank. {merchant} weiß jetzt, dass Sie diesen Teil bezahlt haben.",
    "live.number.incomplete": "Geben Sie die ganze Kartennummer ein.",
    "live.number.invalid": "Diese Kartennummer stimmt nicht. Prüfen Sie sie auf Tippfehler.",
    "live.expiry.incomplete": "Geben Sie Monat und Jahr ein, bis zu denen die Karte gilt.",
    "live.expiry.past": "Diese Karte ist abgelaufen. Verwenden Sie eine andere Karte.",
    "live.expiry.invalid": "Dieses Ablaufdatum stimmt nicht.",
    "live.cvc.incomplete": (
        "Geben Sie die Prüfziffer ein: 3 Ziffern auf der Rückseite der Karte oder 4 auf der Vorderseite."
    ),
    "live.cvc.invalid": "Diese Prüfziffer stimmt nicht.",
    "live.check_amount": "Bitte prüfen Sie den unten markierten Betrag.",
    "live.check_fields": "Bitte prüfen Sie die unten markierten Kartendaten.",
    "live.fields_loading": "Das Kartenformular wird noch geladen. Einen Moment bitte.",
    "live.sending": "Ihre Zahlung wird gesendet. Bitte lassen Sie diese Seite offen.",
    "live.card_refused": (
        "Die Karte konnte nicht gelesen werden. Es wurde nichts abgebucht. Prüfen Sie die Angaben oder verwenden "
        "Sie eine andere Karte."
    ),
    "live.offline": (
        "Sie sind offline; nichts ist verloren. Diese Seite macht weiter, sobald die Verbindung wieder da ist."
    ),
    "live.offline_pay": (
        "Sie sind offline; nichts ist verloren, und es wurde nichts abgebucht. Drücken Sie den Knopf erneut, "
        "sobald die Verbindung wieder da ist."
    ),
    "live.online": "Sie sind wieder online.",
    "live.declined": (
        "Die Karte wurde abgelehnt. Es wurde nichts abgebucht. Bitte versuchen Sie es mit einer anderen Karte."
    ),
    "live.authentication_failed": (
        "Ihre Bank konnte nicht bestätigen, dass Sie es waren; es wurde nichts abgebucht. Versuchen Sie es "
        "erneut oder verwenden Sie eine andere Karte."
    ),
    "live.amount_changed": "Der Betrag ist jetzt {amount}. Bitte prüfen Sie ihn und drücken Sie dann den Knopf erneut.",
    "live.amount_changed_unknown": (
        "Der Betrag hat sich geändert. Es wurde nichts abgebucht. Laden Sie die Seite neu, um den neuen Betrag "
        "zu sehen."
    ),
    "live.too_many": "Zu viele Versuche in kurzer Zeit. Es wurde nichts abgebucht. Bitte warten Sie einen Moment.",
    "live.countdown.one": "Sie können es in {count} Sekunde erneut versuchen.",
    "live.countdown.other": "Sie können es in {count} Sekunden erneut versuchen.",
    "live.try_now": "Sie können es jetzt erneut versuchen.",
    "live.unavailable": (
        "Der Zahlungsdienstleister ist gerade nicht erreichbar. Es wurde nichts abgebucht. Bitte versuchen Sie "
        "es gleich noch einmal."
    ),
    "live.psp_changed": "Bitte geben Sie Ihre Karte noch einmal ein: Ihre Zahlung wurde nicht ausgeführt.",
    "live.psp_changed_press": "Bitte drücken Sie den Knopf noch einmal: Ihre Zahlung wurde nicht ausgeführt.",
    "live.refused": (
        "Die Zahlung konnte nicht gestartet werden. Es wurde nichts abgebucht. Laden Sie die Seite neu und "
        "versuchen Sie es erneut."
    ),
    "live.not_arrived": (
        "Ihre Zahlung ist nicht bei uns angekommen, und es wurde nichts abgebucht. Sie können den Knopf erneut drücken."
    ),
    "live.free_again": "Die andere Zahlung endete ohne Abbuchung. Sie können jetzt hier bezahlen.",
    "live.other_card": "Es wurde nichts abgebucht. Sie können jetzt eine andere Karte verwenden.",
    "live.other_way": "Es wurde nichts abgebucht. Sie können neu beginnen und anders bezahlen.",
    "live.checking.title": "Ihre Zahlung wird geprüft",
    "live.checking.body": (
        "Wir fragen nach, wie sie steht. Bitte zahlen Sie nicht noch einmal; es dauert nur einen Moment."
    ),
    "live.unreachable.title": "Warten auf die Verbindung",
    "live.unreachable.body": (
        "Sie sind offline; nichts ist verloren. Sobald die Verbindung wieder da ist, stellt diese Seite fest, "
        "wie Ihre Zahlung steht. Bitte zahlen Sie nicht noch einmal."
    ),
    "live.waiting.title": "Ihre Bank hat noch nicht geantwortet",
    "live.waiting.body": (
        "Wir fragen weiter und zeigen die Antwort hier. Bitte zahlen Sie nicht noch einmal: Es kann nicht "
        "doppelt abgebucht werden."
    ),
    "live.elsewhere.title": "Auf einem anderen Gerät oder in einem anderen Tab läuft bereits eine Zahlung",
    "live.elsewhere.body": (
        "Schließen Sie sie dort ab oder brechen Sie sie ab. Diese Seite zeigt das Ergebnis und lässt Sie hier "
        "zahlen, falls sie ohne Abbuchung endet."
    ),
    "live.processing.title": "Ihre Zahlung wurde angenommen",
    "live.processing.body": (
        "Ihre Bank bearbeitet sie noch; sie wird bestätigt. Sie können diese Seite schließen und müssen nichts "
        "weiter tun."
    ),
    "live.challenge.title": "Ihre Bank möchte prüfen, ob Sie es sind",
    "live.challenge.body": (
        "Folgen Sie den Schritten Ihrer Bank im Fenster oder in der App, die sich öffnet, und kommen Sie dann "
        "hierher zurück."
    ),
    "live.bank.title": "Ihre Bank wartet auf Sie",
    "live.bank.body": (
        "Die Prüfung bei Ihrer Bank ist nicht abgeschlossen, es wurde also noch nichts abgebucht. Setzen Sie sie "
        "fort oder verwenden Sie eine andere Karte."
    ),
    "live.leaving.title": "Wir bringen Sie zum Zahlungsdienstleister",
    "live.leaving.body": "Bezahlen Sie auf dessen sicherer Seite. Danach kommen Sie hierher zurück.",
    "live.unfinished.title": "Ihre Zahlung ist nicht abgeschlossen",
    "live.unfinished.body": (
        "Es wurde noch nichts abgebucht. Machen Sie auf der sicheren Seite des Zahlungsdienstleisters weiter "
        "oder bezahlen Sie anders."
    ),
    "live.kept.title": "Diese Zahlung ist noch offen",
    "live.kept.body": (
        "Der Zahlungsdienstleister kann sie gerade nicht zurücknehmen, darum sperrt sie eine andere: Es kann "
        "nicht doppelt abgebucht werden. Setzen Sie sie fort oder kommen Sie später wieder; ist sie ohne "
        "Abbuchung beendet, können Sie hier neu bezahlen."
    ),
    "live.review.title": "Ihre Zahlung wird geprüft",
    "live.review.body": "Sie müssen nichts weiter tun; {merchant} gibt Ihnen Bescheid.",
    "live.paused.title": "Noch keine Antwort",
    "live.paused.body": (
        "Bitte zahlen Sie nicht noch einmal. Sie können diese Seite schließen und den Link später öffnen: Er "
        "zeigt, wie Ihre Zahlung steht."
    ),
    "live.done": "Zahlung an {merchant}",
    "live.paid.title": "Zahlung erhalten",
    "live.authorised.title": "Zahlung autorisiert",
    "live.authorised.body": "Vielen Dank. Ihre Bank hat den Betrag für {merchant} reserviert.",
    "live.help.telling": "Wir sagen Bescheid …",
    "live.help.told": "Man weiß jetzt, dass Sie Hilfe brauchen. Bitte bleiben Sie auf dieser Seite.",
    "live.help.failed": "Wir konnten niemanden erreichen. Bitte antworten Sie dort, wo Sie den Link bekommen haben.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Kontrollcode:",
    "trust.summary": "Ist diese Seite echt?",
    "trust.domain": "In der Adresszeile Ihres Browsers steht als Name der Website genau {domain}.",
    "trust.ask": "Fragen Sie die Person, die Ihnen hilft, nach dem Kontrollcode. Es muss der sein, den Sie hier sehen.",
    "trust.call": (
        "Nicht sicher? Rufen Sie {merchant} unter einer Nummer an, die Sie schon kennen, nicht unter einer aus "
        "der Nachricht."
    ),
    "trust.never": "Wir fragen nie per Telefon, SMS oder E-Mail nach Ihrer Kartennummer oder Prüfziffer.",
    "trust.legal": "Sie zahlen an {name}.",
    "trust.contact": "Kontakt zu {merchant}:",
    "trust.terms": "AGB (neuer Tab)",
    "trust.privacy": "Datenschutzhinweise (neuer Tab)",
    "sharing.switch": "Meinen Fortschritt teilen",
    "sharing.less": (
        "Wer Ihnen hilft, sieht nur, dass Sie diese Seite geöffnet und eine Zahlung abgeschickt haben und wie sie "
        "ausging, aber niemals Ihre Kartendaten."
    ),
    # Receipts by email or text message.
    "mail.ask": "Beleg zusenden",
    "mail.title": "Wohin soll der Beleg gehen?",
    "mail.email": "E-Mail an {to}",
    "mail.sms": "SMS an {to}",
    "mail.elsewhere": "An eine andere Adresse",
    "mail.address": "E-Mail-Adresse oder Handynummer",
    "mail.address_email": "E-Mail-Adresse",
    "mail.address_sms": "Handynummer",
    "mail.send": "Beleg senden",
    "mail.sending": "Einen Moment …",
    "mail.sent": "Ihr Beleg ist unterwegs an {to}.",
    "mail.empty": "Geben Sie ein, wohin der Beleg gehen soll.",
    "mail.wrong": "An diese Adresse kann kein Beleg gesendet werden. Bitte prüfen Sie sie.",
    "mail.stopped": (
        "An diese Adresse dürfen wir auf Wunsch ihres Inhabers nichts senden. Wählen Sie eine andere oder drucken "
        "Sie den Beleg."
    ),
    "mail.enough": (
        "Für diese Zahlung wurden schon genug Belege gesendet. Sie können diese Seite drucken oder speichern."
    ),
    "mail.later": "Ein Beleg kann gesendet werden, sobald die Zahlung abgebucht wurde.",
    "mail.failed": (
        "Der Beleg konnte gerade nicht gesendet werden. Nichts ist verloren: Versuchen Sie es erneut oder drucken "
        "Sie diese Seite."
    ),
    # The question after the payment.
    "survey.ask": "Wie war das Bezahlen für Sie?",
    "survey.1": "Sehr schlecht",
    "survey.2": "Schlecht",
    "survey.3": "In Ordnung",
    "survey.4": "Gut",
    "survey.5": "Sehr gut",
    "survey.comment": "Möchten Sie etwas hinzufügen? (freiwillig)",
    "survey.hint": "Schreiben Sie hier nie Ihre Kartennummer hin.",
    "survey.send": "Antwort senden",
    "survey.sending": "Wird gesendet …",
    "survey.thanks": "Vielen Dank für Ihre Antwort.",
    "survey.failed": "Ihre Antwort wurde nicht gesendet. Bitte versuchen Sie es erneut.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "Der Betrag ist jetzt {amount}. Bitte prüfen Sie ihn, bevor Sie bezahlen.",
    "live.news.details": "Die Angaben zu dieser Zahlung haben sich geändert. Bitte prüfen Sie sie, bevor Sie bezahlen.",
    "later.chat.title": "Chat mit {merchant}",
    "later.chat.close": "Chat schließen",
    "later.chat.hint": "Schreiben Sie hier nie Ihre Kartennummer. Nur dieser Tab zeigt den Chat.",
    "later.chat.label": "Ihre Nachricht",
    "later.chat.send": "Senden",
    "later.chat.sending": "Wird gesendet …",
    "later.chat.you": "Sie",
    "later.chat.failed": "Ihre Nachricht wurde nicht gesendet.",
    "later.chat.again": "Erneut versuchen",
    "later.chat.off": "Dieser Chat ist geschlossen. Bitte antworten Sie dort, wo Sie den Link bekommen haben.",
    "later.chat.masked": (
        "Aus Ihrer Nachricht wurde eine Kartennummer entfernt. Geben Sie sie nur in die Kartenfelder ein."
    ),
    "later.chat.new": "Neue Nachricht von {merchant}",
    "later.time.left.one": "Dieser Link gilt noch etwa {count} Minute.",
    "later.time.left.other": "Dieser Link gilt noch etwa {count} Minuten.",
    "later.time.more": "Ich brauche mehr Zeit",
    "later.time.given": "Sie haben mehr Zeit: Der Link gilt jetzt bis {when}.",
    "later.time.failed": "Die Zeit konnte nicht verlängert werden. Bitte fragen Sie {merchant} um Hilfe.",
    "expired.ask": "Neuen Link anfordern",
    "expired.asked": "{merchant} weiß jetzt, dass Sie einen neuen Link möchten. Er kommt auf demselben Weg wie dieser.",
    "expired.not_asked": "Ihre Anfrage ist nicht angekommen. Bitte versuchen Sie es gleich noch einmal.",
    "in_app.heading": "Diese Seite im Browser öffnen",
    "in_app.body": (
        "Sie sehen diese Seite in {app}. Mit Karte können Sie hier zahlen. Falls sich die Seite Ihrer Bank nicht "
        "öffnet oder Sie mit einer Wallet zahlen möchten, nutzen Sie Ihren eigenen Browser."
    ),
    "in_app.body_unnamed": (
        "Sie sehen diese Seite in einer App. Mit Karte können Sie hier zahlen. Falls sich die Seite Ihrer Bank "
        "nicht öffnet oder Sie mit einer Wallet zahlen möchten, nutzen Sie Ihren eigenen Browser."
    ),
    "in_app.open": "Im Browser öffnen",
    "in_app.how": "Kopieren Sie die Adresse und fügen Sie sie in Safari oder einem anderen Browser ein.",
    "in_app.address": "Adresse dieser Seite",
    "in_app.copy": "Adresse kopieren",
    "in_app.copied": "Kopiert. Fügen Sie sie jetzt in Ihrem Browser ein.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": (
        "Ihre Bank hat diese Zahlung nicht genehmigt. Bitte versuchen Sie es mit einer anderen Karte oder fragen "
        "Sie Ihre Bank."
    ),
    "decline.insufficient_funds": (
        "Auf dieser Karte ist nicht genug Geld verfügbar. Bitte versuchen Sie es mit einer anderen Karte."
    ),
    "decline.hold_lapsed": (
        "Der auf Ihrer Karte reservierte Betrag wurde freigegeben. Es wurde nichts abgebucht; Sie können erneut "
        "bezahlen."
    ),
    "decline.psp_unavailable": (
        "Die Zahlung konnte nicht gestartet werden. Es wurde nichts abgebucht; bitte versuchen Sie es erneut."
    ),
    "decline.expired_card": (
        "Diese Karte ist abgelaufen. Bitte prüfen Sie das Ablaufdatum oder verwenden Sie eine andere Karte."
    ),
    "decline.incorrect_cvc": "Die Prüfziffer stimmt nicht. Bitte prüfen Sie sie und versuchen Sie es erneut.",
    "decline.incorrect_number": "Die Kartennummer stimmt nicht. Bitte prüfen Sie sie und versuchen Sie es erneut.",
    "decline.processing_error": "Bei der Bank ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.",
    "decline.limit_exceeded": (
        "Das Limit dieser Karte ist erreicht. Bitte versuchen Sie es mit einer anderen Karte oder fragen Sie Ihre Bank."
    ),
    "decline.card_not_supported": (
        "Diese Karte kann für diese Zahlung nicht verwendet werden. Bitte versuchen Sie es mit einer anderen Karte."
    ),
    "decline.amount_not_accepted": (
        "Dieser Betrag kann nicht mit Karte bezahlt werden. Es wurde nichts abgebucht. Bitte sprechen Sie mit der "
        "Person, die Ihnen hilft."
    ),
    "decline.authentication_failed": (
        "Ihre Bank konnte nicht bestätigen, dass Sie es waren. Bitte versuchen Sie es erneut oder verwenden Sie "
        "eine andere Karte."
    ),
    "decline.authentication_required": "Ihre Bank muss bestätigen, dass Sie es sind. Bitte versuchen Sie es erneut.",
    "decline.blocked": "Diese Zahlung ist jetzt nicht möglich. Bitte sprechen Sie mit der Person, die Ihnen hilft.",
    "decline.review_rejected": (
        "Diese Zahlung konnte nicht angenommen werden, und es wurde nichts abgebucht. Bitte sprechen Sie mit der "
        "Person, die Ihnen hilft."
    ),
    "decline.not_completed": (
        "Die Zahlung wurde nicht abgeschlossen, und es wurde nichts abgebucht. Sie können es erneut versuchen."
    ),
}
