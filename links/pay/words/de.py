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
        "Die Zahlung geht auf der sicheren Seite des Zahlungsdienstleisters weiter. Danach kommen Sie hierher "
        "zurück."
    ),
    "pay.redirect_privacy": (
        "Ihre Zahlungsdaten geben Sie beim Zahlungsdienstleister ein, nicht auf dieser Seite. {merchant} sieht "
        "sie nie."
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
        "Richten Sie die Kamera Ihres Handys auf den Code. Es ist dieselbe Zahlung, sie wird nie doppelt "
        "abgebucht."
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
    "expired.next": (
        "Bitten Sie {merchant} um einen neuen Link. Über diesen wurde nach seinem Ablauf nichts abgebucht."
    ),
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
    "unavailable.next": (
        "Fragen Sie {merchant} nach einer anderen Zahlungsart oder öffnen Sie den Link später erneut."
    ),
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
    "live.amount_changed": (
        "Der Betrag ist jetzt {amount}. Bitte prüfen Sie ihn und drücken Sie dann den Knopf erneut."
    ),
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
        "Ihre Zahlung ist nicht bei uns angekommen, und es wurde nichts abgebucht. Sie können den Knopf erneut "
        "drücken."
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
}
