// @ts-check
// What the widget says. The page's language chooses; English where there is none.

/**
 * @typedef {object} Texts
 * @property {string} open
 * @property {string} close
 * @property {string} log
 * @property {string} write
 * @property {string} send
 * @property {string} you
 * @property {string} sending
 * @property {string} failed
 * @property {string} offline
 * @property {string} unreachable
 * @property {string} full
 * @property {string} fresh
 * @property {string} tab
 * @property {string} cut
 * @property {string} phone
 * @property {string} agree
 * @property {string} save
 * @property {string} saved
 * @property {string} wrong
 */

const NAMES = /** @type {(keyof Texts)[]} */ (
  'open close log write send you sending failed offline unreachable full fresh tab cut phone agree save saved wrong'.split(
    ' ',
  )
);

// One line a language, in the order of the names above.
/** @type {Record<string, string>} */
const TABLE = {
  en: 'Chat with us|Close the chat|Messages|Your message|Send|You|Sending…|Not sent|You are offline. Your message will be sent when you are back.|The chat cannot be reached just now. Your message will be sent as soon as it can.|Too many messages are waiting to be sent.|New messages: {n}|opens in a new tab|Continue by text message|Your mobile number|If the chat is cut, we may text you there about this conversation.|Save number|Thank you. If the chat is cut, we will text you.|This is no phone number. Write it with the country code, like +44 7700 900123.',
  es: 'Chatee con nosotros|Cerrar el chat|Mensajes|Su mensaje|Enviar|Usted|Enviando…|No enviado|No tiene conexión. Su mensaje se enviará cuando vuelva.|No se puede acceder al chat ahora mismo. Su mensaje se enviará en cuanto sea posible.|Hay demasiados mensajes pendientes de envío.|Mensajes nuevos: {n}|se abre en una pestaña nueva|Continuar por SMS|Su número de móvil|Si el chat se corta, podremos escribirle allí sobre esta conversación.|Guardar número|Gracias. Si el chat se corta, le enviaremos un SMS.|No es un número de teléfono. Escríbalo con el prefijo del país, como +34 612 345 678.',
  fr: 'Discutez avec nous|Fermer la discussion|Messages|Votre message|Envoyer|Vous|Envoi…|Non envoyé|Vous êtes hors ligne. Votre message partira à votre retour.|La discussion est injoignable pour le moment. Votre message partira dès que possible.|Trop de messages sont en attente d’envoi.|Nouveaux messages : {n}|s’ouvre dans un nouvel onglet|Continuer par SMS|Votre numéro de mobile|Si la discussion est coupée, nous pourrons vous y écrire à ce sujet.|Enregistrer le numéro|Merci. Si la discussion est coupée, nous vous enverrons un SMS.|Ce n’est pas un numéro de téléphone. Écrivez-le avec l’indicatif, comme +33 6 12 34 56 78.',
  de: 'Chatten Sie mit uns|Chat schließen|Nachrichten|Ihre Nachricht|Senden|Sie|Wird gesendet…|Nicht gesendet|Sie sind offline. Ihre Nachricht wird gesendet, sobald Sie wieder online sind.|Der Chat ist gerade nicht erreichbar. Ihre Nachricht wird so bald wie möglich gesendet.|Zu viele Nachrichten warten auf den Versand.|Neue Nachrichten: {n}|öffnet sich in einem neuen Tab|Per SMS weiterschreiben|Ihre Mobilnummer|Wenn der Chat abbricht, dürfen wir Ihnen dort zu diesem Gespräch schreiben.|Nummer speichern|Danke. Wenn der Chat abbricht, schreiben wir Ihnen eine SMS.|Das ist keine Telefonnummer. Schreiben Sie sie mit Landesvorwahl, etwa +49 151 23456789.',
  pt: 'Fale connosco|Fechar a conversa|Mensagens|A sua mensagem|Enviar|Você|A enviar…|Não enviada|Está sem ligação. A sua mensagem será enviada quando voltar.|Não é possível aceder ao chat neste momento. A sua mensagem será enviada assim que possível.|Há demasiadas mensagens por enviar.|Mensagens novas: {n}|abre num novo separador|Continuar por SMS|O seu número de telemóvel|Se a conversa cair, podemos escrever-lhe para lá sobre ela.|Guardar número|Obrigado. Se a conversa cair, enviamos-lhe um SMS.|Não é um número de telefone. Escreva-o com o indicativo do país, como +351 912 345 678.',
  pl: 'Porozmawiaj z nami|Zamknij czat|Wiadomości|Twoja wiadomość|Wyślij|Ty|Wysyłanie…|Nie wysłano|Brak połączenia. Wiadomość zostanie wysłana, gdy połączenie wróci.|Czat jest teraz nieosiągalny. Wiadomość zostanie wysłana, gdy tylko będzie to możliwe.|Zbyt wiele wiadomości czeka na wysłanie.|Nowe wiadomości: {n}|otwiera się w nowej karcie|Kontynuuj przez SMS|Twój numer komórkowy|Jeśli czat się przerwie, możemy napisać tam w sprawie tej rozmowy.|Zapisz numer|Dziękujemy. Jeśli czat się przerwie, wyślemy SMS.|To nie jest numer telefonu. Podaj go z kodem kraju, np. +48 512 345 678.',
  ar: 'تحدث معنا|إغلاق المحادثة|الرسائل|رسالتك|إرسال|أنت|جارٍ الإرسال…|لم تُرسل|أنت غير متصل. ستُرسل رسالتك عند عودة الاتصال.|لا يمكن الوصول إلى المحادثة الآن. ستُرسل رسالتك في أقرب وقت ممكن.|هناك رسائل كثيرة تنتظر الإرسال.|رسائل جديدة: {n}|يُفتح في علامة تبويب جديدة|المتابعة برسالة نصية|رقم هاتفك المحمول|إذا انقطعت المحادثة فقد نراسلك على هذا الرقم بشأنها.|حفظ الرقم|شكرًا. إذا انقطعت المحادثة فسنرسل إليك رسالة نصية.|هذا ليس رقم هاتف. اكتبه مع رمز البلد.',
  fa: 'با ما گفتگو کنید|بستن گفتگو|پیام‌ها|پیام شما|ارسال|شما|در حال ارسال…|ارسال نشد|آفلاین هستید. پیام شما پس از اتصال دوباره فرستاده می‌شود.|اکنون گفتگو در دسترس نیست. پیام شما در اولین فرصت فرستاده می‌شود.|پیام‌های زیادی در انتظار ارسال‌اند.|پیام‌های تازه: {n}|در زبانه‌ای تازه باز می‌شود|ادامه با پیامک|شماره موبایل شما|اگر گفتگو قطع شود، شاید درباره آن به این شماره پیام دهیم.|ذخیره شماره|سپاس. اگر گفتگو قطع شود به شما پیامک می‌دهیم.|این شماره تلفن نیست. آن را با کد کشور بنویسید.',
  zh: '与我们聊天|关闭聊天|消息|您的消息|发送|您|正在发送…|未发送|您已离线。恢复连接后将发送您的消息。|暂时无法连接聊天。您的消息将尽快发送。|等待发送的消息太多。|新消息：{n}|在新标签页中打开|改用短信继续|您的手机号码|如果聊天中断，我们可能会就此次对话给您发短信。|保存号码|谢谢。如果聊天中断，我们会给您发短信。|这不是电话号码。请连同国家代码一起填写。',
  'zh-Hant':
    '與我們聊天|關閉聊天|訊息|您的訊息|傳送|您|正在傳送…|未傳送|您已離線。恢復連線後將傳送您的訊息。|暫時無法連線聊天。您的訊息將盡快傳送。|等待傳送的訊息太多。|新訊息：{n}|在新分頁開啟|改用簡訊繼續|您的手機號碼|如果聊天中斷，我們可能會就此次對話傳簡訊給您。|儲存號碼|謝謝。如果聊天中斷，我們會傳簡訊給您。|這不是電話號碼。請連同國碼一起填寫。',
  km: 'ជជែកជាមួយយើង|បិទការជជែក|សារ|សាររបស់អ្នក|ផ្ញើ|អ្នក|កំពុងផ្ញើ…|មិនបានផ្ញើ|អ្នកគ្មានអ៊ីនធឺណិត។ សាររបស់អ្នកនឹងត្រូវផ្ញើពេលភ្ជាប់វិញ។|មិនអាចភ្ជាប់ការជជែកឥឡូវនេះទេ។ សាររបស់អ្នកនឹងត្រូវផ្ញើឆាប់ៗ។|មានសារច្រើនពេកកំពុងរង់ចាំផ្ញើ។|សារថ្មី៖ {n}|បើកក្នុងផ្ទាំងថ្មី|បន្តតាមសារ SMS|លេខទូរស័ព្ទរបស់អ្នក|បើការជជែកដាច់ យើងអាចផ្ញើសារទៅលេខនេះអំពីការសន្ទនានេះ។|រក្សាទុកលេខ|អរគុណ។ បើការជជែកដាច់ យើងនឹងផ្ញើសារ SMS ទៅអ្នក។|នេះមិនមែនជាលេខទូរស័ព្ទទេ។ សូមសរសេរជាមួយលេខកូដប្រទេស។',
  hi: 'हमसे चैट करें|चैट बंद करें|संदेश|आपका संदेश|भेजें|आप|भेजा जा रहा है…|नहीं भेजा गया|आप ऑफ़लाइन हैं। वापस जुड़ने पर आपका संदेश भेजा जाएगा।|अभी चैट तक पहुँचा नहीं जा सकता। आपका संदेश जल्द से जल्द भेजा जाएगा।|बहुत से संदेश भेजे जाने की प्रतीक्षा में हैं।|नए संदेश: {n}|नए टैब में खुलता है|एसएमएस से जारी रखें|आपका मोबाइल नंबर|चैट टूटने पर हम इस बातचीत के बारे में आपको वहाँ संदेश भेज सकते हैं।|नंबर सहेजें|धन्यवाद। चैट टूटने पर हम आपको एसएमएस भेजेंगे।|यह फ़ोन नंबर नहीं है। इसे देश के कोड के साथ लिखें।',
};

const RIGHT_TO_LEFT = ['ar', 'fa'];

/**
 * The language of ours that fits a page's `lang` best.
 * @param {string} tag
 */
export function languageOf(tag) {
  const parts = tag.toLowerCase().split(/[-_]/);
  if (parts[0] === 'zh' && parts.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part))) {
    return 'zh-Hant';
  }
  return parts[0] in TABLE ? parts[0] : 'en';
}

/** @param {string} language */
export function directionOf(language) {
  return RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
}

/** @param {string} language */
export function textsOf(language) {
  const parts = TABLE[language].split('|');
  return /** @type {Texts} */ (
    Object.fromEntries(NAMES.map((name, index) => [name, parts[index]]))
  );
}
