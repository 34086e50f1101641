"""Our own words for messages that carry a payment link, in every language that customers are written to in.

A language that is missing falls back to English: a message is never without words. Placeholders stand in braces, and
those that are here are the only ones there are.
"""

from dataclasses import dataclass
from typing import Final

LANGUAGE_DEFAULT: Final = "en"
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `sms` is for text messages and messengers, the rest for email."""

    language: str
    sms: str
    sms_described: str
    subject: str
    subject_described: str
    intro: str
    intro_from_agent: str
    about: str
    button: str
    fallback: str
    safety: str
    direction: str = "ltr"
    signature: str = "{merchant}"


_ALL: Final = (
    Words(
        language="en",
        sms="{merchant}: please pay {amount} here: {url}",
        sms_described="{merchant}: please pay {amount} for {description} here: {url}",
        subject="{merchant}: pay {amount}",
        subject_described="{merchant}: pay {amount} for {description}",
        intro="{merchant} asks you to pay {amount}.",
        intro_from_agent="{agent} at {merchant} asks you to pay {amount}.",
        about="For: {description}",
        button="Pay {amount}",
        fallback="If the button does not work, copy this address into your browser:",
        safety=(
            "Nobody at {merchant} will ever ask you for your card number or security code by"
            " telephone, text message or email. Enter them only on the payment page."
        ),
    ),
    Words(
        language="es",
        sms="{merchant}: pague {amount} aquí: {url}",
        sms_described="{merchant}: pague {amount} por {description} aquí: {url}",
        subject="{merchant}: pague {amount}",
        subject_described="{merchant}: pague {amount} por {description}",
        intro="{merchant} le pide que pague {amount}.",
        intro_from_agent="{agent}, de {merchant}, le pide que pague {amount}.",
        about="Concepto: {description}",
        button="Pagar {amount}",
        fallback="Si el botón no funciona, copie esta dirección en su navegador:",
        safety=(
            "Nadie de {merchant} le pedirá nunca el número de su tarjeta ni el código de seguridad por"
            " teléfono, SMS o correo electrónico. Introdúzcalos solo en la página de pago."
        ),
    ),
    Words(
        language="fr",
        sms="{merchant} : merci de payer {amount} ici : {url}",
        sms_described="{merchant} : merci de payer {amount} pour {description} ici : {url}",
        subject="{merchant} : payer {amount}",
        subject_described="{merchant} : payer {amount} pour {description}",
        intro="{merchant} vous demande de payer {amount}.",
        intro_from_agent="{agent}, de {merchant}, vous demande de payer {amount}.",
        about="Pour : {description}",
        button="Payer {amount}",
        fallback="Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :",
        safety=(
            "Personne chez {merchant} ne vous demandera jamais votre numéro de carte ni son cryptogramme par"
            " téléphone, SMS ou e-mail. Ne les saisissez que sur la page de paiement."
        ),
    ),
    Words(
        language="de",
        sms="{merchant}: Bitte zahlen Sie {amount} hier: {url}",
        sms_described="{merchant}: Bitte zahlen Sie {amount} für {description} hier: {url}",
        subject="{merchant}: {amount} bezahlen",
        subject_described="{merchant}: {amount} für {description} bezahlen",
        intro="{merchant} bittet Sie, {amount} zu zahlen.",
        intro_from_agent="{agent} von {merchant} bittet Sie, {amount} zu zahlen.",
        about="Für: {description}",
        button="{amount} bezahlen",
        fallback="Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:",
        safety=(
            "Niemand bei {merchant} fragt Sie jemals am Telefon, per SMS oder E-Mail nach Ihrer Kartennummer oder"
            " Prüfziffer. Geben Sie sie nur auf der Zahlungsseite ein."
        ),
    ),
    Words(
        language="pt",
        sms="{merchant}: pague {amount} aqui: {url}",
        sms_described="{merchant}: pague {amount} por {description} aqui: {url}",
        subject="{merchant}: pagar {amount}",
        subject_described="{merchant}: pagar {amount} por {description}",
        intro="{merchant} pede que pague {amount}.",
        intro_from_agent="{agent}, de {merchant}, pede que pague {amount}.",
        about="Referente a: {description}",
        button="Pagar {amount}",
        fallback="Se o botão não funcionar, copie este endereço para o seu navegador:",
        safety=(
            "Ninguém da {merchant} lhe pedirá o número do cartão ou o código de segurança por"
            " telefone, SMS ou e-mail. Introduza-os apenas na página de pagamento."
        ),
    ),
    Words(
        language="pl",
        sms="{merchant}: prosimy o zapłatę {amount} tutaj: {url}",
        sms_described="{merchant}: prosimy o zapłatę {amount} za {description} tutaj: {url}",
        subject="{merchant}: zapłać {amount}",
        subject_described="{merchant}: zapłać {amount} za {description}",
        intro="{merchant} prosi o zapłatę {amount}.",
        intro_from_agent="{agent} z {merchant} prosi o zapłatę {amount}.",
        about="Za: {description}",
        button="Zapłać {amount}",
        fallback="Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:",
        safety=(
            "Nikt z {merchant} nigdy nie zapyta o numer karty ani kod zabezpieczający przez telefon, SMS lub"
            " e-mail. Podaj je wyłącznie na stronie płatności."
        ),
    ),
    Words(
        language="ar",
        direction="rtl",
        sms="{merchant}: يرجى دفع {amount} هنا: {url}",
        sms_described="{merchant}: يرجى دفع {amount} مقابل {description} هنا: {url}",
        subject="{merchant}: ادفع {amount}",
        subject_described="{merchant}: ادفع {amount} مقابل {description}",
        intro="تطلب منك {merchant} دفع {amount}.",
        intro_from_agent="يطلب منك {agent} من {merchant} دفع {amount}.",
        about="مقابل: {description}",
        button="ادفع {amount}",
        fallback="إذا لم يعمل الزر، فانسخ هذا العنوان إلى متصفحك:",
        safety=(
            "لن يطلب منك أي شخص في {merchant} رقم بطاقتك أو رمز الأمان عبر الهاتف أو الرسائل النصية أو البريد"
            " الإلكتروني. أدخلهما في صفحة الدفع فقط."
        ),
    ),
    Words(
        language="fa",
        direction="rtl",
        sms="{merchant}: لطفاً {amount} را اینجا بپردازید: {url}",
        sms_described="{merchant}: لطفاً {amount} را بابت {description} اینجا بپردازید: {url}",
        subject="{merchant}: پرداخت {amount}",
        subject_described="{merchant}: پرداخت {amount} بابت {description}",
        intro="{merchant} از شما می‌خواهد {amount} بپردازید.",
        intro_from_agent="{agent} از {merchant} از شما می‌خواهد {amount} بپردازید.",
        about="بابت: {description}",
        button="پرداخت {amount}",
        fallback="اگر دکمه کار نمی‌کند، این نشانی را در مرورگر خود وارد کنید:",
        safety=(
            "هیچ‌کس از {merchant} هرگز شمارهٔ کارت یا کد امنیتی شما را با تلفن، پیامک یا ایمیل نمی‌پرسد. آن‌ها را فقط"
            " در صفحهٔ پرداخت وارد کنید."
        ),
    ),
    Words(
        language="zh",
        sms="{merchant}:请在此支付 {amount}: {url}",
        sms_described="{merchant}:请在此支付 {amount}({description}): {url}",
        subject="{merchant}:请支付 {amount}",
        subject_described="{merchant}:请支付 {amount}({description})",
        intro="{merchant} 请您支付 {amount}。",
        intro_from_agent="{merchant} 的 {agent} 请您支付 {amount}。",
        about="款项:{description}",
        button="支付 {amount}",
        fallback="如果按钮无法使用,请将此网址复制到浏览器中:",
        safety="{merchant} 的任何人都不会通过电话、短信或电子邮件向您索要卡号或安全码。请只在付款页面上输入。",
    ),
    Words(
        language="zh-Hant",
        sms="{merchant}:請在此支付 {amount}: {url}",
        sms_described="{merchant}:請在此支付 {amount}({description}): {url}",
        subject="{merchant}:請支付 {amount}",
        subject_described="{merchant}:請支付 {amount}({description})",
        intro="{merchant} 請您支付 {amount}。",
        intro_from_agent="{merchant} 的 {agent} 請您支付 {amount}。",
        about="款項:{description}",
        button="支付 {amount}",
        fallback="如果按鈕無法使用,請將此網址複製到瀏覽器中:",
        safety="{merchant} 的任何人都不會透過電話、簡訊或電子郵件向您索取卡號或安全碼。請只在付款頁面上輸入。",
    ),
    Words(
        language="km",
        sms="{merchant}៖ សូមបង់ {amount} នៅទីនេះ៖ {url}",
        sms_described="{merchant}៖ សូមបង់ {amount} សម្រាប់ {description} នៅទីនេះ៖ {url}",
        subject="{merchant}៖ បង់ {amount}",
        subject_described="{merchant}៖ បង់ {amount} សម្រាប់ {description}",
        intro="{merchant} ស្នើឱ្យអ្នកបង់ {amount}។",
        intro_from_agent="{agent} ពី {merchant} ស្នើឱ្យអ្នកបង់ {amount}។",
        about="សម្រាប់៖ {description}",
        button="បង់ {amount}",
        fallback="ប្រសិនបើប៊ូតុងមិនដំណើរការ សូមចម្លងអាសយដ្ឋាននេះទៅកម្មវិធីរុករករបស់អ្នក៖",
        safety=(
            "គ្មាននរណាម្នាក់នៅ {merchant} នឹងសួរលេខកាត ឬលេខកូដសុវត្ថិភាពរបស់អ្នកតាមទូរសព្ទ សារ ឬអ៊ីមែលឡើយ។"
            " សូមបញ្ចូលវាតែនៅលើទំព័រទូទាត់ប៉ុណ្ណោះ។"
        ),
    ),
    Words(
        language="hi",
        sms="{merchant}: कृपया {amount} का भुगतान यहाँ करें: {url}",
        sms_described="{merchant}: कृपया {description} के लिए {amount} का भुगतान यहाँ करें: {url}",
        subject="{merchant}: {amount} का भुगतान करें",
        subject_described="{merchant}: {description} के लिए {amount} का भुगतान करें",
        intro="{merchant} आपसे {amount} का भुगतान करने का अनुरोध करता है।",
        intro_from_agent="{merchant} से {agent} आपसे {amount} का भुगतान करने का अनुरोध करते हैं।",
        about="विवरण: {description}",
        button="{amount} का भुगतान करें",
        fallback="यदि बटन काम न करे, तो यह पता अपने ब्राउज़र में कॉपी करें:",
        safety=(
            "{merchant} का कोई भी व्यक्ति फ़ोन, एसएमएस या ईमेल पर आपसे कार्ड नंबर या सुरक्षा कोड कभी नहीं माँगेगा।"
            " इन्हें केवल भुगतान पृष्ठ पर ही भरें।"
        ),
    ),
)
CATALOGUE: Final[dict[str, Words]] = {words.language: words for words in _ALL}


def language_of(locale: str) -> str:
    """The catalogue's language for a BCP 47 tag: `de-AT` is `de`, `zh-TW` is `zh-Hant`, what is unknown is `en`."""
    language, *rest = locale.replace("_", "-").lower().split("-")
    if language == "zh" and "hans" not in rest and _TRADITIONAL & set(rest):
        return "zh-Hant"
    return language if language in CATALOGUE else LANGUAGE_DEFAULT
