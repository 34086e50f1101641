// @ts-check
// What do the card fields say, in the languages of the customers?

/** @typedef {import('./siblings.js').FieldKind} FieldKind */

/**
 * @typedef {object} Texts
 * @property {boolean} rightToLeft
 * @property {Record<FieldKind, string>} labels
 * @property {Record<FieldKind, string>} placeholders
 * @property {Record<string, string>} errors by Stripe's codes
 */

const ERROR_CODES = [
  'incomplete_number',
  'invalid_number',
  'test_card_required',
  'incomplete_expiry',
  'invalid_expiry_month',
  'invalid_expiry_month_past',
  'invalid_expiry_year_past',
  'invalid_expiry_year',
  'incomplete_cvc',
  'unreachable',
];

/**
 * Labels of the three fields, the placeholder of the date, then the errors in the order above.
 * @type {Record<string, readonly string[]>}
 */
const TEXTS = {
  en: [
    'Card number',
    'Expiry date',
    'Security code',
    'MM / YY',
    'Your card number is incomplete.',
    'Your card number is invalid.',
    'This is a test page: only published test cards are accepted.',
    'Your card’s expiry date is incomplete.',
    'Your card’s expiry month is invalid.',
    'Your card’s expiry date is in the past.',
    'Your card’s expiry year is in the past.',
    'Your card’s expiry year is invalid.',
    'Your card’s security code is incomplete.',
    'The payment provider could not be reached. Check your connection and try again.',
  ],
  es: [
    'Número de tarjeta',
    'Fecha de caducidad',
    'Código de seguridad',
    'MM / AA',
    'El número de la tarjeta está incompleto.',
    'El número de la tarjeta no es válido.',
    'Esta es una página de prueba: solo se aceptan tarjetas de prueba publicadas.',
    'La fecha de caducidad está incompleta.',
    'El mes de caducidad no es válido.',
    'La fecha de caducidad ya ha pasado.',
    'El año de caducidad ya ha pasado.',
    'El año de caducidad no es válido.',
    'El código de seguridad está incompleto.',
    'No se ha podido contactar con el proveedor de pagos. Compruebe su conexión.',
  ],
  fr: [
    'Numéro de carte',
    'Date d’expiration',
    'Code de sécurité',
    'MM / AA',
    'Le numéro de carte est incomplet.',
    'Le numéro de carte n’est pas valide.',
    'Page de test : seules les cartes de test publiées sont acceptées.',
    'La date d’expiration est incomplète.',
    'Le mois d’expiration n’est pas valide.',
    'La date d’expiration est passée.',
    'L’année d’expiration est passée.',
    'L’année d’expiration n’est pas valide.',
    'Le code de sécurité est incomplet.',
    'Le prestataire de paiement est injoignable. Vérifiez votre connexion.',
  ],
  de: [
    'Kartennummer',
    'Ablaufdatum',
    'Prüfnummer',
    'MM / JJ',
    'Die Kartennummer ist unvollständig.',
    'Die Kartennummer ist ungültig.',
    'Dies ist eine Testseite: Es werden nur veröffentlichte Testkarten angenommen.',
    'Das Ablaufdatum ist unvollständig.',
    'Der Ablaufmonat ist ungültig.',
    'Das Ablaufdatum liegt in der Vergangenheit.',
    'Das Ablaufjahr liegt in der Vergangenheit.',
    'Das Ablaufjahr ist ungültig.',
    'Die Prüfnummer ist unvollständig.',
    'Der Zahlungsdienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung.',
  ],
  it: [
    'Numero di carta',
    'Data di scadenza',
    'Codice di sicurezza',
    'MM / AA',
    'Il numero di carta è incompleto.',
    'Il numero di carta non è valido.',
    'Pagina di prova: si accettano solo le carte di prova pubblicate.',
    'La data di scadenza è incompleta.',
    'Il mese di scadenza non è valido.',
    'La data di scadenza è passata.',
    'L’anno di scadenza è passato.',
    'L’anno di scadenza non è valido.',
    'Il codice di sicurezza è incompleto.',
    'Il fornitore di pagamento non è raggiungibile. Controlla la connessione.',
  ],
  pt: [
    'Número do cartão',
    'Data de validade',
    'Código de segurança',
    'MM / AA',
    'O número do cartão está incompleto.',
    'O número do cartão é inválido.',
    'Esta é uma página de teste: só são aceites cartões de teste publicados.',
    'A data de validade está incompleta.',
    'O mês de validade é inválido.',
    'A data de validade já passou.',
    'O ano de validade já passou.',
    'O ano de validade é inválido.',
    'O código de segurança está incompleto.',
    'Não foi possível contactar o serviço de pagamento. Verifique a sua ligação.',
  ],
  pl: [
    'Numer karty',
    'Data ważności',
    'Kod zabezpieczający',
    'MM / RR',
    'Numer karty jest niepełny.',
    'Numer karty jest nieprawidłowy.',
    'To strona testowa: przyjmowane są tylko opublikowane karty testowe.',
    'Data ważności jest niepełna.',
    'Miesiąc ważności jest nieprawidłowy.',
    'Data ważności już minęła.',
    'Rok ważności już minął.',
    'Rok ważności jest nieprawidłowy.',
    'Kod zabezpieczający jest niepełny.',
    'Nie można połączyć się z operatorem płatności. Sprawdź połączenie.',
  ],
  ar: [
    'رقم البطاقة',
    'تاريخ الانتهاء',
    'رمز الأمان',
    'MM / YY',
    'رقم البطاقة غير مكتمل.',
    'رقم البطاقة غير صالح.',
    'هذه صفحة اختبار: لا تُقبل إلا بطاقات الاختبار المنشورة.',
    'تاريخ الانتهاء غير مكتمل.',
    'شهر الانتهاء غير صالح.',
    'تاريخ انتهاء البطاقة قد مضى.',
    'سنة انتهاء البطاقة قد مضت.',
    'سنة الانتهاء غير صالحة.',
    'رمز الأمان غير مكتمل.',
    'تعذّر الوصول إلى مزوّد الدفع. تحقق من اتصالك ثم حاول مرة أخرى.',
  ],
  fa: [
    'شماره کارت',
    'تاریخ انقضا',
    'کد امنیتی',
    'MM / YY',
    'شماره کارت کامل نیست.',
    'شماره کارت معتبر نیست.',
    'این صفحه آزمایشی است: فقط کارت‌های آزمایشی منتشرشده پذیرفته می‌شوند.',
    'تاریخ انقضا کامل نیست.',
    'ماه انقضا معتبر نیست.',
    'تاریخ انقضای کارت گذشته است.',
    'سال انقضای کارت گذشته است.',
    'سال انقضا معتبر نیست.',
    'کد امنیتی کامل نیست.',
    'ارتباط با ارائه‌دهنده پرداخت برقرار نشد. اتصال خود را بررسی کنید.',
  ],
  zh: [
    '卡号',
    '有效期',
    '安全码',
    '月 / 年',
    '您的卡号不完整。',
    '您的卡号无效。',
    '这是测试页面：只接受公开的测试卡。',
    '您的卡有效期不完整。',
    '您的卡有效月份无效。',
    '您的卡已过期。',
    '您的卡有效年份已过。',
    '您的卡有效年份无效。',
    '您的安全码不完整。',
    '无法连接支付服务商。请检查网络后重试。',
  ],
  km: [
    'លេខកាត',
    'ថ្ងៃផុតកំណត់',
    'លេខកូដសុវត្ថិភាព',
    'MM / YY',
    'លេខកាតរបស់អ្នកមិនពេញលេញ។',
    'លេខកាតរបស់អ្នកមិនត្រឹមត្រូវ។',
    'នេះជាទំព័រសាកល្បង៖ ទទួលតែកាតសាកល្បងដែលបានផ្សព្វផ្សាយប៉ុណ្ណោះ។',
    'ថ្ងៃផុតកំណត់នៃកាតមិនពេញលេញ។',
    'ខែផុតកំណត់នៃកាតមិនត្រឹមត្រូវ។',
    'កាតរបស់អ្នកផុតកំណត់ហើយ។',
    'ឆ្នាំផុតកំណត់នៃកាតបានកន្លងផុតហើយ។',
    'ឆ្នាំផុតកំណត់នៃកាតមិនត្រឹមត្រូវ។',
    'លេខកូដសុវត្ថិភាពមិនពេញលេញ។',
    'មិនអាចភ្ជាប់ទៅអ្នកផ្តល់សេវាទូទាត់បានទេ។ សូមពិនិត្យការតភ្ជាប់របស់អ្នក។',
  ],
  hi: [
    'कार्ड नंबर',
    'समाप्ति तिथि',
    'सुरक्षा कोड',
    'MM / YY',
    'आपका कार्ड नंबर अधूरा है।',
    'आपका कार्ड नंबर अमान्य है।',
    'यह परीक्षण पृष्ठ है: केवल प्रकाशित परीक्षण कार्ड स्वीकार किए जाते हैं।',
    'आपके कार्ड की समाप्ति तिथि अधूरी है।',
    'आपके कार्ड का समाप्ति माह अमान्य है।',
    'आपके कार्ड की समाप्ति तिथि बीत चुकी है।',
    'आपके कार्ड का समाप्ति वर्ष बीत चुका है।',
    'आपके कार्ड का समाप्ति वर्ष अमान्य है।',
    'आपके कार्ड का सुरक्षा कोड अधूरा है।',
    'भुगतान प्रदाता तक नहीं पहुँचा जा सका। अपना कनेक्शन जाँचें और फिर प्रयास करें।',
  ],
};

const RIGHT_TO_LEFT = ['ar', 'fa'];
const NUMBER_PLACEHOLDER = '1234 1234 1234 1234';
const CODE_PLACEHOLDER = 'CVC';

/**
 * @param {string} locale
 * @returns {Texts}
 */
export function textsFor(locale) {
  const [number = '', expiry = '', code = '', date = '', ...errors] =
    TEXTS[locale] ?? TEXTS['en'] ?? [];
  return {
    rightToLeft: RIGHT_TO_LEFT.includes(locale),
    labels: { cardNumber: number, cardExpiry: expiry, cardCvc: code },
    placeholders: { cardNumber: NUMBER_PLACEHOLDER, cardExpiry: date, cardCvc: CODE_PLACEHOLDER },
    errors: Object.fromEntries(ERROR_CODES.map((each, index) => [each, errors[index] ?? ''])),
  };
}
