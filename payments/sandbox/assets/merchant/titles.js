// @ts-check
// What are the sandbox's frames called, in the languages of the people who listen to a page?

/** @typedef {'cardNumber' | 'cardExpiry' | 'cardCvc'} FieldKind */
/** @typedef {FieldKind | 'bank' | 'wallets' | 'wallet'} Titled */

/** @type {Record<string, Record<Titled, string>>} */
const TITLES = {
  en: {
    cardNumber: 'Secure card number input frame',
    cardExpiry: 'Secure expiry date input frame',
    cardCvc: 'Secure security code input frame',
    bank: 'Bank security check',
    wallets: 'Secure payment button frame',
    wallet: 'Wallet',
  },
  es: {
    cardNumber: 'Marco seguro para el número de tarjeta',
    cardExpiry: 'Marco seguro para la fecha de caducidad',
    cardCvc: 'Marco seguro para el código de seguridad',
    bank: 'Comprobación de seguridad del banco',
    wallets: 'Marco seguro de los botones de pago',
    wallet: 'Monedero',
  },
  fr: {
    cardNumber: 'Cadre sécurisé du numéro de carte',
    cardExpiry: 'Cadre sécurisé de la date d’expiration',
    cardCvc: 'Cadre sécurisé du code de sécurité',
    bank: 'Contrôle de sécurité de la banque',
    wallets: 'Cadre sécurisé des boutons de paiement',
    wallet: 'Portefeuille',
  },
  de: {
    cardNumber: 'Sicherer Rahmen für die Kartennummer',
    cardExpiry: 'Sicherer Rahmen für das Ablaufdatum',
    cardCvc: 'Sicherer Rahmen für die Prüfnummer',
    bank: 'Sicherheitsprüfung der Bank',
    wallets: 'Sicherer Rahmen für die Zahlungsschaltflächen',
    wallet: 'Wallet',
  },
  it: {
    cardNumber: 'Riquadro sicuro per il numero di carta',
    cardExpiry: 'Riquadro sicuro per la data di scadenza',
    cardCvc: 'Riquadro sicuro per il codice di sicurezza',
    bank: 'Controllo di sicurezza della banca',
    wallets: 'Riquadro sicuro dei pulsanti di pagamento',
    wallet: 'Portafoglio',
  },
  pt: {
    cardNumber: 'Quadro seguro para o número do cartão',
    cardExpiry: 'Quadro seguro para a data de validade',
    cardCvc: 'Quadro seguro para o código de segurança',
    bank: 'Verificação de segurança do banco',
    wallets: 'Quadro seguro dos botões de pagamento',
    wallet: 'Carteira',
  },
  pl: {
    cardNumber: 'Bezpieczne pole numeru karty',
    cardExpiry: 'Bezpieczne pole daty ważności',
    cardCvc: 'Bezpieczne pole kodu zabezpieczającego',
    bank: 'Kontrola bezpieczeństwa banku',
    wallets: 'Bezpieczna ramka przycisków płatności',
    wallet: 'Portfel',
  },
  ar: {
    cardNumber: 'إطار آمن لإدخال رقم البطاقة',
    cardExpiry: 'إطار آمن لإدخال تاريخ الانتهاء',
    cardCvc: 'إطار آمن لإدخال رمز الأمان',
    bank: 'التحقق الأمني من البنك',
    wallets: 'إطار آمن لأزرار الدفع',
    wallet: 'المحفظة',
  },
  fa: {
    cardNumber: 'کادر امن شماره کارت',
    cardExpiry: 'کادر امن تاریخ انقضا',
    cardCvc: 'کادر امن کد امنیتی',
    bank: 'بررسی امنیتی بانک',
    wallets: 'کادر امن دکمه‌های پرداخت',
    wallet: 'کیف پول',
  },
  zh: {
    cardNumber: '安全的卡号输入框',
    cardExpiry: '安全的有效期输入框',
    cardCvc: '安全的安全码输入框',
    bank: '银行安全验证',
    wallets: '安全的支付按钮框',
    wallet: '钱包',
  },
  km: {
    cardNumber: 'ប្រអប់សុវត្ថិភាពសម្រាប់លេខកាត',
    cardExpiry: 'ប្រអប់សុវត្ថិភាពសម្រាប់ថ្ងៃផុតកំណត់',
    cardCvc: 'ប្រអប់សុវត្ថិភាពសម្រាប់លេខកូដសុវត្ថិភាព',
    bank: 'ការត្រួតពិនិត្យសុវត្ថិភាពធនាគារ',
    wallets: 'ប្រអប់សុវត្ថិភាពសម្រាប់ប៊ូតុងបង់ប្រាក់',
    wallet: 'កាបូបលុយ',
  },
  hi: {
    cardNumber: 'कार्ड नंबर के लिए सुरक्षित फ़्रेम',
    cardExpiry: 'समाप्ति तिथि के लिए सुरक्षित फ़्रेम',
    cardCvc: 'सुरक्षा कोड के लिए सुरक्षित फ़्रेम',
    bank: 'बैंक सुरक्षा जाँच',
    wallets: 'भुगतान बटनों के लिए सुरक्षित फ़्रेम',
    wallet: 'वॉलेट',
  },
};

/**
 * The language to speak: the one asked for, else the browser's, else English.
 * @param {unknown} asked
 * @returns {string}
 */
function spokenLocale(asked) {
  const wanted = typeof asked === 'string' && asked !== 'auto' ? asked : navigator.language;
  const language = (wanted || 'en').toLowerCase().split(/[-_]/)[0] ?? 'en';
  return language in TITLES ? language : 'en';
}

/**
 * @param {string} locale
 * @param {Titled} what
 * @returns {string}
 */
function titleOf(locale, what) {
  const titles = TITLES[locale] ?? TITLES['en'];
  return titles ? titles[what] : '';
}
