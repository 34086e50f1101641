"""What does the bank's page say, in the languages of the customers?

The two buttons are called "Complete" and "Fail" in every language: they are the sandbox's, and
what they do is not what a bank would offer.
"""

_KEYS = (
    "direction", "bank", "title", "intro", "merchant", "description", "amount", "card", "trouble",
    "note", "over", "over_intro", "back",
)  # fmt: skip

_TEXTS: dict[str, tuple[str, ...]] = {
    "en": (
        "ltr", "Your bank", "Is this you paying?",
        "Check the details, then tell your bank.",
        "Merchant", "For", "Amount", "Card",
        "Your answer did not get through. Please try again.",
        "This is a test. No money moves.",
        "This security check is over", "You can close this page.", "Back to the merchant",
    ),
    "es": (
        "ltr", "Su banco", "¿Es usted quien paga?",
        "Compruebe los datos y responda a su banco.",
        "Comercio", "Concepto", "Importe", "Tarjeta",
        "Su respuesta no ha llegado. Inténtelo de nuevo.",
        "Esto es una prueba. No se mueve dinero.",
        "Esta comprobación ha terminado", "Puede cerrar esta página.", "Volver al comercio",
    ),
    "fr": (
        "ltr", "Votre banque", "Est-ce bien vous qui payez ?",
        "Vérifiez les détails, puis répondez à votre banque.",
        "Commerçant", "Objet", "Montant", "Carte",
        "Votre réponse n’est pas arrivée. Veuillez réessayer.",
        "Ceci est un test. Aucun argent ne circule.",
        "Ce contrôle est terminé", "Vous pouvez fermer cette page.", "Retour chez le commerçant",
    ),
    "de": (
        "ltr", "Ihre Bank", "Zahlen gerade Sie?",
        "Prüfen Sie die Angaben und antworten Sie Ihrer Bank.",
        "Händler", "Zweck", "Betrag", "Karte",
        "Ihre Antwort kam nicht an. Bitte versuchen Sie es noch einmal.",
        "Dies ist ein Test. Es fließt kein Geld.",
        "Diese Prüfung ist beendet", "Sie können diese Seite schließen.", "Zurück zum Händler",
    ),
    "it": (
        "ltr", "La tua banca", "Stai pagando tu?",
        "Controlla i dettagli e rispondi alla banca.",
        "Esercente", "Causale", "Importo", "Carta",
        "La risposta non è arrivata. Riprova.",
        "Questa è una prova. Non si muove denaro.",
        "Questo controllo è terminato", "Puoi chiudere questa pagina.", "Torna all’esercente",
    ),
    "pt": (
        "ltr", "O seu banco", "É você que está a pagar?",
        "Confira os dados e responda ao seu banco.",
        "Comerciante", "Descrição", "Valor", "Cartão",
        "A sua resposta não chegou. Tente novamente.",
        "Isto é um teste. Nenhum dinheiro é movimentado.",
        "Esta verificação terminou", "Pode fechar esta página.", "Voltar ao comerciante",
    ),
    "pl": (
        "ltr", "Twój bank", "Czy to Ty płacisz?",
        "Sprawdź dane i odpowiedz swojemu bankowi.",
        "Sprzedawca", "Tytuł", "Kwota", "Karta",
        "Odpowiedź nie dotarła. Spróbuj ponownie.",
        "To jest test. Pieniądze nie są przekazywane.",
        "Ta kontrola jest zakończona", "Możesz zamknąć tę stronę.", "Wróć do sprzedawcy",
    ),
    "ar": (
        "rtl", "مصرفك", "هل أنت من يدفع؟",
        "تحقق من التفاصيل ثم أجب مصرفك.",
        "التاجر", "الوصف", "المبلغ", "البطاقة",
        "لم تصل إجابتك. يُرجى المحاولة مرة أخرى.",
        "هذا اختبار. لا تُنقل أي أموال.",
        "انتهى هذا التحقق", "يمكنك إغلاق هذه الصفحة.", "العودة إلى التاجر",
    ),
    "fa": (
        "rtl", "بانک شما", "آیا شما پرداخت می‌کنید؟",
        "جزئیات را بررسی کنید و به بانک خود پاسخ دهید.",
        "فروشنده", "شرح", "مبلغ", "کارت",
        "پاسخ شما نرسید. لطفاً دوباره تلاش کنید.",
        "این یک آزمایش است. پولی جابه‌جا نمی‌شود.",
        "این بررسی پایان یافته است", "می‌توانید این صفحه را ببندید.", "بازگشت به فروشنده",
    ),
    "zh": (
        "ltr", "您的银行", "是您本人在付款吗？",
        "请核对以下信息，然后答复您的银行。",
        "商户", "说明", "金额", "卡",
        "您的答复未能送达，请重试。",
        "这是测试，不会发生资金变动。",
        "此次验证已结束", "您可以关闭此页面。", "返回商户",
    ),
    "km": (
        "ltr", "ធនាគាររបស់អ្នក", "តើអ្នកកំពុងបង់ប្រាក់មែនទេ?",
        "សូមពិនិត្យព័ត៌មាន រួចឆ្លើយទៅធនាគាររបស់អ្នក។",
        "អ្នកលក់", "សម្រាប់", "ចំនួនទឹកប្រាក់", "កាត",
        "ចម្លើយរបស់អ្នកមិនបានទៅដល់ទេ។ សូមព្យាយាមម្ដងទៀត។",
        "នេះជាការសាកល្បង។ គ្មានប្រាក់ត្រូវបានផ្ទេរទេ។",
        "ការត្រួតពិនិត្យនេះបានបញ្ចប់ហើយ", "អ្នកអាចបិទទំព័រនេះ។", "ត្រឡប់ទៅអ្នកលក់វិញ",
    ),
    "hi": (
        "ltr", "आपका बैंक", "क्या भुगतान आप कर रहे हैं?",
        "विवरण जाँचें, फिर अपने बैंक को उत्तर दें।",
        "व्यापारी", "विवरण", "राशि", "कार्ड",
        "आपका उत्तर नहीं पहुँचा। कृपया फिर से प्रयास करें।",
        "यह एक परीक्षण है। कोई पैसा नहीं जाता।",
        "यह जाँच समाप्त हो गई है", "आप यह पृष्ठ बंद कर सकते हैं।", "व्यापारी पर वापस जाएँ",
    ),
}  # fmt: skip


def texts_for(asked: str) -> tuple[str, dict[str, str]]:
    """The language that will be spoken, and its texts; English where it is not known."""
    language = asked.lower().replace("_", "-").partition("-")[0]
    locale = language if language in _TEXTS else "en"
    return locale, dict(zip(_KEYS, _TEXTS[locale], strict=True))
