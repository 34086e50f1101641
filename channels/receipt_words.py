"""Our own words for receipts, in every language that customers are written to in. No receipt asks for anything.

Placeholders are those of `receipt_templates`. A language that is missing falls back to English.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """One language. `sms` is for text messages, the rest for email; from `amount` on they stand before a fact."""

    language: str
    sms: str
    subject: str
    thanks: str
    amount: str
    total: str
    remaining: str
    paid_to: str
    reference: str
    card: str
    paid_at: str
    payment: str
    keep: str
    direction: str = "ltr"


_ALL: Final = (
    ReceiptWords(
        language="en",
        sms="{merchant}: we received {amount}, thank you. {facts}",
        subject="{merchant}: receipt for {amount}",
        thanks="{merchant} has received your payment. Thank you.",
        amount="Amount",
        total="Paid in all",
        remaining="Still to pay",
        paid_to="Paid to",
        reference="Reference",
        card="Card",
        paid_at="Date",
        payment="Payment number",
        keep="Keep this message as your receipt. You need not do anything.",
    ),
    ReceiptWords(
        language="es",
        sms="{merchant}: hemos recibido {amount}, gracias. {facts}",
        subject="{merchant}: recibo de {amount}",
        thanks="{merchant} ha recibido su pago. Gracias.",
        amount="Importe",
        total="Total pagado",
        remaining="Pendiente de pago",
        paid_to="Pagado a",
        reference="Referencia",
        card="Tarjeta",
        paid_at="Fecha",
        payment="Número de pago",
        keep="Conserve este mensaje como recibo. No tiene que hacer nada más.",
    ),
    ReceiptWords(
        language="fr",
        sms="{merchant} : nous avons reçu {amount}, merci. {facts}",
        subject="{merchant} : reçu de {amount}",
        thanks="{merchant} a reçu votre paiement. Merci.",
        amount="Montant",
        total="Total payé",
        remaining="Reste à payer",
        paid_to="Payé à",
        reference="Référence",
        card="Carte",
        paid_at="Date",
        payment="Numéro de paiement",
        keep="Conservez ce message : c’est votre reçu. Vous n’avez rien d’autre à faire.",
    ),
    ReceiptWords(
        language="de",
        sms="{merchant}: Wir haben {amount} erhalten, vielen Dank. {facts}",
        subject="{merchant}: Beleg über {amount}",
        thanks="{merchant} hat Ihre Zahlung erhalten. Vielen Dank.",
        amount="Betrag",
        total="Insgesamt gezahlt",
        remaining="Noch zu zahlen",
        paid_to="Gezahlt an",
        reference="Referenz",
        card="Karte",
        paid_at="Datum",
        payment="Zahlungsnummer",
        keep="Bewahren Sie diese Nachricht als Beleg auf. Sie müssen nichts weiter tun.",
    ),
    ReceiptWords(
        language="pt",
        sms="{merchant}: recebemos {amount}, obrigado. {facts}",
        subject="{merchant}: recibo de {amount}",
        thanks="{merchant} recebeu o seu pagamento. Obrigado.",
        amount="Valor",
        total="Total pago",
        remaining="Por pagar",
        paid_to="Pago a",
        reference="Referência",
        card="Cartão",
        paid_at="Data",
        payment="Número do pagamento",
        keep="Guarde esta mensagem como recibo. Não precisa de fazer mais nada.",
    ),
    ReceiptWords(
        language="pl",
        sms="{merchant}: otrzymaliśmy {amount}, dziękujemy. {facts}",
        subject="{merchant}: potwierdzenie zapłaty {amount}",
        thanks="{merchant} potwierdza otrzymanie płatności. Dziękujemy.",
        amount="Kwota",
        total="Zapłacono łącznie",
        remaining="Pozostało do zapłaty",
        paid_to="Odbiorca",
        reference="Tytuł",
        card="Karta",
        paid_at="Data",
        payment="Numer płatności",
        keep="Zachowaj tę wiadomość jako potwierdzenie. Nie musisz nic więcej robić.",
    ),
    ReceiptWords(
        language="ar",
        direction="rtl",
        sms="{merchant}: استلمنا {amount}، شكرًا لك. {facts}",
        subject="{merchant}: إيصال بمبلغ {amount}",
        thanks="استلمت {merchant} دفعتك. شكرًا لك.",
        amount="المبلغ",
        total="إجمالي المدفوع",
        remaining="المتبقي للدفع",
        paid_to="مدفوع إلى",
        reference="المرجع",
        card="البطاقة",
        paid_at="التاريخ",
        payment="رقم الدفعة",
        keep="احتفظ بهذه الرسالة كإيصال. لا يلزمك فعل أي شيء آخر.",
    ),
    ReceiptWords(
        language="fa",
        direction="rtl",
        sms="{merchant}: مبلغ {amount} دریافت شد، سپاسگزاریم. {facts}",
        subject="{merchant}: رسید {amount}",
        thanks="{merchant} پرداخت شما را دریافت کرد. سپاسگزاریم.",
        amount="مبلغ",
        total="جمع پرداخت‌شده",
        remaining="باقی‌مانده",
        paid_to="پرداخت به",
        reference="شمارهٔ مرجع",
        card="کارت",
        paid_at="تاریخ",
        payment="شمارهٔ پرداخت",
        keep="این پیام را به‌عنوان رسید نگه دارید. لازم نیست کار دیگری انجام دهید.",
    ),
    ReceiptWords(
        language="zh",
        sms="{merchant}:已收到 {amount},谢谢。{facts}",
        subject="{merchant}:{amount} 的收据",
        thanks="{merchant} 已收到您的付款。谢谢。",
        amount="金额",
        total="已付总额",
        remaining="尚需支付",
        paid_to="收款方",
        reference="参考号",
        card="银行卡",
        paid_at="日期",
        payment="付款编号",
        keep="请保留此消息作为收据。您无需再做任何事。",
    ),
    ReceiptWords(
        language="zh-Hant",
        sms="{merchant}:已收到 {amount},謝謝。{facts}",
        subject="{merchant}:{amount} 的收據",
        thanks="{merchant} 已收到您的付款。謝謝。",
        amount="金額",
        total="已付總額",
        remaining="尚需支付",
        paid_to="收款方",
        reference="參考編號",
        card="卡片",
        paid_at="日期",
        payment="付款編號",
        keep="請保留此訊息作為收據。您無需再做任何事。",
    ),
    ReceiptWords(
        language="km",
        sms="{merchant}៖ យើងបានទទួល {amount} សូមអរគុណ។ {facts}",
        subject="{merchant}៖ បង្កាន់ដៃសម្រាប់ {amount}",
        thanks="{merchant} បានទទួលការទូទាត់របស់អ្នក។ សូមអរគុណ។",
        amount="ចំនួនទឹកប្រាក់",
        total="បានបង់សរុប",
        remaining="នៅត្រូវបង់",
        paid_to="បង់ទៅ",
        reference="លេខយោង",
        card="កាត",
        paid_at="កាលបរិច្ឆេទ",
        payment="លេខការទូទាត់",
        keep="សូមរក្សាសារនេះទុកជាបង្កាន់ដៃ។ អ្នកមិនចាំបាច់ធ្វើអ្វីទៀតទេ។",
    ),
    ReceiptWords(
        language="hi",
        sms="{merchant}: हमें {amount} मिल गए, धन्यवाद। {facts}",
        subject="{merchant}: {amount} की रसीद",
        thanks="{merchant} को आपका भुगतान मिल गया है। धन्यवाद।",
        amount="राशि",
        total="कुल भुगतान",
        remaining="शेष राशि",
        paid_to="प्राप्तकर्ता",
        reference="संदर्भ",
        card="कार्ड",
        paid_at="तारीख",
        payment="भुगतान संख्या",
        keep="इस संदेश को रसीद के रूप में सँभालकर रखें। आपको और कुछ नहीं करना है।",
    ),
)
RECEIPTS: Final[dict[str, ReceiptWords]] = {words.language: words for words in _ALL}
