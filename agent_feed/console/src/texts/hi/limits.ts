/** सीमाएँ और मंज़ूरियाँ: हर सेटिंग, और वह क्या करती है। */
import type { Words } from '../catalogue';

const CHALLENGE = 'बैंक की पुष्टि माँगें';
const BLOCK = 'प्रयास रोक दें';
const ERASED = 'खाली: मिटाए जाने तक';
const UNITS = 'मुद्रा की पूरी इकाइयों में; खाली: कभी नहीं';

export const limits: Words['limits'] = {
  title: 'सीमाएँ और मंज़ूरियाँ',
  lead: 'किसके लिए दूसरे व्यक्ति की मंज़ूरी चाहिए, धोखाधड़ी के नियम कब लागू होते हैं, और चेतावनियाँ किन्हें मिलती हैं। हर बदलाव, करने वाले के नाम के साथ, जर्नल में दर्ज होता है।',
  save: 'सहेजें',
  saved: 'सहेज लिया गया।',
  whoMay: 'इन्हें एडमिन बदलते हैं।',
  unsaved: 'अभी सहेजा नहीं गया',
  usual: (value) => `सामान्य: ${value}`,
  notSet: 'तय नहीं',
  on: 'चालू',
  off: 'बंद',
  back: 'सामान्य पर लौटें',
  backName: (label) => `सामान्य पर लौटें: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'यह तय नहीं किया जा सकता।'
      : `${least} से ${most} तक की कोई संख्या।`,
  badList: 'केवल ज्ञात कोड, बीच में कॉमा के साथ।',
  badNumber: 'कोई संख्या, जैसे 0.04।',
  cards: {
    approvals: 'दूसरे व्यक्ति की मंज़ूरी',
    signIn: 'साइन इन',
    fraud: 'धोखाधड़ी के नियम',
    alerts: 'सुपरवाइज़रों के लिए चेतावनियाँ',
    page: 'भुगतान पृष्ठ',
    sms: 'एसएमएस',
    prices: 'संदेशों की लागत',
    retention: 'नियम',
  },
  leads: {
    fraud:
      'सीमा तक पहुँचने पर बैंक से पुष्टि माँगी जाती है, या किसी व्यक्ति के देखने तक राशि कार्ड पर रोककर रखी जाती है, या प्रयास ही रोक दिया जाता है। राशियाँ पूरे पाउंड, यूरो या डॉलर में हैं, और दूसरी मुद्राओं में उतने ही मूल्य की राशि पर लागू होती हैं। गिनतियाँ तभी मायने रखती हैं जब सफल से अधिक प्रयास अस्वीकृत हुए हों।',
    alerts: 'सुपरवाइज़रों को तब बताया जाता है, जब इस अवधि के भीतर इतना हो जाए।',
    retention:
      'दिनों में, बनने या आखिरी बार इस्तेमाल होने के समय से गिनकर। अवधि पूरी होने पर डेटा हमेशा के लिए मिटा दिया जाता है, दिन में एक बार; राशियाँ और जर्नल रखे जाते हैं।',
    prices: 'उन संदेशों के लिए, जिनके प्रदाता अपना मूल्य नहीं बताते: रिपोर्ट में यह अनुमान होता है।',
  },
  words: {
    progress: { full: 'हर चरण', coarse: 'खोला, जमा किया, और नतीजा' },
  },
  fields: {
    'approvals.link_amount_units': { label: 'इस राशि से ऊपर के लिंक', hint: UNITS },
    'approvals.refund_amount_units': { label: 'इस राशि से ऊपर के रिफ़ंड', hint: UNITS },
    'mfa.required_for': { label: 'दूसरा सत्यापन इनके लिए ज़रूरी है' },
    'single_sign_on.accept_second_factor': {
      label: 'आपकी संस्था के साइन इन में हुआ दूसरा सत्यापन काफ़ी है',
    },
    'single_sign_on.refuse_passwords': {
      label: 'जो एक बार सिंगल साइन-ऑन से आए, वे पासवर्ड से साइन इन नहीं कर सकते',
      hint: 'एडमिन का पासवर्ड बना रहता है, उस दिन के लिए जब सिंगल साइन-ऑन न चले',
    },
    'retention.sessions_days': { label: 'समाप्त हो चुके सत्र' },
    'retention.visitors_days': { label: 'जिन ब्राउज़रों ने वेब चैट में लिखा' },
    'retention.page_reports_days': { label: 'ब्राउज़रों ने भुगतान पृष्ठ पर जो रोका' },
    'retention.message_bodies_days': { label: 'संदेशों के शब्द और पते', hint: ERASED },
    'retention.contact_words_days': {
      label: 'नोट, सर्वे की टिप्पणियों और संपर्कों के शब्द',
      hint: ERASED,
    },
    'retention.customers_days': { label: 'जिन ग्राहकों से कोई संपर्क नहीं रहा', hint: ERASED },
    'fraud.challenge_amount_units': { label: `इस राशि से: ${CHALLENGE}` },
    'fraud.review_amount_units': { label: 'इस राशि से: किसी व्यक्ति की समीक्षा' },
    'fraud.block_amount_units': { label: `इस राशि से: ${BLOCK}` },
    'fraud.link_declines_hour_challenge': {
      label: `एक घंटे में एक लिंक पर अस्वीकृतियाँ: ${CHALLENGE}`,
    },
    'fraud.link_declines_hour_block': {
      label: `एक घंटे में एक लिंक पर अस्वीकृतियाँ: ${BLOCK}`,
    },
    'fraud.link_cards_hour_challenge': { label: `एक घंटे में एक लिंक पर कार्ड: ${CHALLENGE}` },
    'fraud.link_cards_hour_block': { label: `एक घंटे में एक लिंक पर कार्ड: ${BLOCK}` },
    'fraud.address_declines_hour_challenge': {
      label: `एक घंटे में एक नेटवर्क पते से अस्वीकृतियाँ: ${CHALLENGE}`,
    },
    'fraud.address_declines_hour_block': {
      label: `एक घंटे में एक नेटवर्क पते से अस्वीकृतियाँ: ${BLOCK}`,
    },
    'fraud.address_links_hour_challenge': {
      label: `एक घंटे में एक नेटवर्क पते से आज़माए गए लिंक: ${CHALLENGE}`,
    },
    'fraud.address_links_hour_block': {
      label: `एक घंटे में एक नेटवर्क पते से आज़माए गए लिंक: ${BLOCK}`,
    },
    'fraud.device_declines_hour_challenge': {
      label: `एक घंटे में एक डिवाइस पर अस्वीकृतियाँ: ${CHALLENGE}`,
    },
    'fraud.device_declines_hour_block': {
      label: `एक घंटे में एक डिवाइस पर अस्वीकृतियाँ: ${BLOCK}`,
    },
    'fraud.device_cards_hour_challenge': {
      label: `एक घंटे में एक डिवाइस पर कार्ड: ${CHALLENGE}`,
    },
    'fraud.device_cards_hour_block': { label: `एक घंटे में एक डिवाइस पर कार्ड: ${BLOCK}` },
    'fraud.card_declines_day_challenge': {
      label: `एक दिन में एक कार्ड की अस्वीकृतियाँ: ${CHALLENGE}`,
    },
    'fraud.card_declines_day_block': { label: `एक दिन में एक कार्ड की अस्वीकृतियाँ: ${BLOCK}` },
    'fraud.card_links_hour_challenge': {
      label: `एक घंटे में एक कार्ड से जिन लिंक का भुगतान हो: ${CHALLENGE}`,
    },
    'fraud.bin_cards_hour_challenge': {
      label: `एक घंटे में एक बैंक की नंबर शृंखला के अस्वीकृत कार्ड: ${CHALLENGE}`,
    },
    'fraud.bin_cards_hour_block': {
      label: `एक घंटे में एक बैंक की नंबर शृंखला के अस्वीकृत कार्ड: ${BLOCK}`,
    },
    'fraud.small_amount_units': {
      label: 'छोटी राशि मानी जाए, इतने तक',
      hint: 'चोरी के कार्ड छोटी राशियों से आज़माए जाते हैं',
    },
    'fraud.address_small_declines_hour_block': {
      label: `एक घंटे में एक नेटवर्क पते से छोटी राशियों की अस्वीकृतियाँ: ${BLOCK}`,
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: `एक घंटे में पूरे व्यवसाय में छोटी राशियों की अस्वीकृतियाँ: ${CHALLENGE}`,
    },
    'fraud.merchant_tries_hour_least': {
      label: 'पूरे व्यवसाय में अस्वीकृतियों का अनुपात तब देखें, जब एक घंटे में कम से कम इतने प्रयास हों',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: `पूरे व्यवसाय में अस्वीकृतियाँ, प्रतिशत: ${CHALLENGE}`,
    },
    'fraud.usual_payments_least': {
      label: 'सामान्य राशि क्या है, यह कम से कम इतने भुगतानों के बाद मानें',
    },
    'fraud.usual_times_challenge': { label: `सामान्य राशि के इतने गुने: ${CHALLENGE}` },
    'fraud.customer_payments_least': {
      label: 'किसी ग्राहक की सामान्य राशि क्या है, यह उनके कम से कम इतने भुगतानों के बाद मानें',
    },
    'fraud.customer_times_challenge': {
      label: `ग्राहक की सामान्य राशि के इतने गुने: ${CHALLENGE}`,
    },
    'fraud.unusual_amount_units_least': { label: 'इससे कम राशि को कभी असामान्य न मानें' },
    'fraud.countries_expected': {
      label: 'इन देशों के कार्ड अपेक्षित हैं',
      hint: 'देशों के कोड; खाली: कोई भी देश',
    },
    'fraud.countries_blocked': {
      label: 'इन देशों के कार्ड न लिए जाएँ',
      hint: 'देशों के कोड',
    },
    'fraud.country_amount_units_challenge': {
      label: `दूसरे देश का कार्ड, इस राशि से: ${CHALLENGE}`,
    },
    'fraud.own_link_days_review': {
      label: 'एजेंट ने अपने ही लिंक का भुगतान तो नहीं किया: कितने दिन पीछे तक देखें',
      hint: '0: नहीं देखा जाता',
    },
    'fraud.review_hours': { label: 'इतने घंटों में फ़ैसला न हो, तो समीक्षा समाप्त' },
    'alerts.window_minutes': { label: 'अवधि, मिनटों में' },
    'alerts.tries_least': { label: 'अस्वीकृतियों का अनुपात: कम से कम इतने प्रयासों पर' },
    'alerts.declined_percent': { label: 'अस्वीकृत, प्रतिशत' },
    'alerts.messages_least': {
      label: 'नहीं पहुँचे संदेशों का अनुपात: कम से कम इतने संदेशों पर',
    },
    'alerts.messages_failed_percent': { label: 'नहीं पहुँचे संदेश, प्रतिशत' },
    'alerts.unanswered_least': {
      label: 'जिन प्रयासों का भुगतान प्रदाता ने जवाब नहीं दिया',
    },
    'alerts.blocked_least': { label: 'जो प्रयास धोखाधड़ी के नियमों ने रोके' },
    'page.progress': { label: 'ग्राहक के चरणों में से एजेंट को क्या दिखे' },
    'pay_page_time.extension_minutes': {
      label: 'ग्राहक समाप्ति को कितना आगे बढ़ा सकते हैं, मिनटों में',
    },
    'pay_page_time.extensions_max': { label: 'ऐसा कितनी बार कर सकते हैं', hint: '0: कभी नहीं' },
    'survey.enabled': { label: 'भुगतान के बाद ग्राहकों से पूछें कि अनुभव कैसा रहा' },
    'receipts.automatic_email': { label: 'हर भुगतान के बाद ईमेल से रसीद भेजें' },
    'sms.countries': {
      label: 'आपके अपने देश के अलावा किन देशों में भेजें',
      hint: 'देशों के कोड; खाली: कोई भी देश',
    },
    'sms.daily_max': { label: '24 घंटों में अधिकतम संदेश', hint: 'खाली: कोई सीमा नहीं' },
    'stop.confirm_at': { label: 'इन प्रदाताओं पर STOP की पुष्टि हम भेजते हैं' },
    'message_prices.currency': { label: 'मुद्रा', hint: 'जैसे GBP' },
    'message_prices.sms': { label: 'एसएमएस का एक भाग' },
    'message_prices.email': { label: 'ईमेल' },
    'message_prices.whatsapp': { label: 'WhatsApp' },
    'message_prices.messenger': { label: 'Messenger' },
    'message_prices.instagram': { label: 'Instagram' },
    'message_prices.telegram': { label: 'Telegram' },
  },
};
