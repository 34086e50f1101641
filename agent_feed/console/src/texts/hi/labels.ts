/** छोटे नाम, समय, उपस्थिति और जो नहीं हो सका। */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'आप',
  channels: {
    sms: 'एसएमएस',
    email: 'ईमेल',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'वेब चैट',
    chatbot: 'चैटबॉट',
    qr: 'क्यूआर कोड',
  },
  devices: { mobile: 'फ़ोन', tablet: 'टैबलेट', desktop: 'कंप्यूटर' },
  fields: {
    number: 'कार्ड नंबर',
    expiry: 'समाप्ति तिथि',
    cvc: 'सुरक्षा कोड',
    other: 'कार्ड का विवरण',
  },
  fieldTitles: { number: 'कार्ड नंबर', expiry: 'समाप्ति तिथि', cvc: 'सुरक्षा कोड' },
  fieldStates: {
    todo: 'अभी नहीं',
    typing: 'भरा जा रहा है',
    done: 'पूरा',
    invalid: 'मान्य नहीं',
  },
  steps: {
    created: 'बनाया गया',
    sent: 'भेजा गया',
    delivered: 'पहुँच गया',
    opened: 'खोला गया',
    card_entry: 'कार्ड भर रहे हैं',
    submitted: 'जमा किया गया',
    fraud_check: 'धोखाधड़ी जाँच',
    challenge: 'बैंक की पुष्टि',
    processing: 'प्रोसेस हो रहा है',
    paid: 'भुगतान हुआ',
    declined: 'अस्वीकृत',
    expired: 'समाप्त',
    cancelled: 'रद्द',
  },
  stages: {
    created: 'बनाया गया',
    sent: 'भेजा गया',
    delivered: 'पहुँच गया',
    opened: 'खोला गया',
    card_entry: 'कार्ड भरना',
    submitted: 'जमा किया गया',
    fraud_check: 'धोखाधड़ी जाँच',
    challenge: 'बैंक की पुष्टि',
    outcome: 'भुगतान',
  },
  statuses: {
    active: 'सक्रिय',
    in_progress: 'जारी',
    partially_paid: 'आंशिक भुगतान',
    paid: 'भुगतान हुआ',
    expired: 'समाप्त',
    cancelled: 'रद्द',
  },
  deliveries: {
    queued: 'भेजे जाने की प्रतीक्षा में',
    sending: 'भेजा जा रहा है',
    sent: 'भेजा गया',
    delivered: 'पहुँच गया',
    read: 'पढ़ा गया',
    failed: 'नहीं पहुँचा',
  },
  roles: {
    agent: 'एजेंट',
    supervisor: 'सुपरवाइज़र',
    admin: 'एडमिन',
    auditor: 'ऑडिटर',
  },
};

export const times: Words['times'] = {
  now: 'अभी',
  secondsAgo: (n) => `${n} सेकंड पहले`,
  minutesAgo: (n) => `${n} मिनट पहले`,
  hoursAgo: (n) => (n === 1 ? '1 घंटा पहले' : `${n} घंटे पहले`),
  soon: 'एक मिनट से कम में',
  inMinutes: (n) => `${n} मिनट में`,
  inHours: (n) => (n === 1 ? '1 घंटे में' : `${n} घंटों में`),
  inDays: (n) => (n === 1 ? '1 दिन में' : `${n} दिनों में`),
};

export const presence: Words['presence'] = {
  away: 'पृष्ठ पर नहीं',
  there: {
    active: 'पृष्ठ पर',
    typing: 'पृष्ठ पर, लिख रहे हैं',
    idle: 'पृष्ठ पर, निष्क्रिय',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(more === 1 ? '1 और व्यक्ति' : `${more} और लोग`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} भी यह लिंक देख रहे हैं।`;
    return `${all.join(', ')} और ${last} भी यह लिंक देख रहे हैं।`;
  },
};

export const failures: Words['failures'] = {
  title: 'यह लोड नहीं हो सका',
  offline: 'सेवा से संपर्क नहीं हो पा रहा। अपना इंटरनेट कनेक्शन जाँचें।',
  timeout: 'सेवा ने समय पर जवाब नहीं दिया।',
  busy: 'अभी बहुत अधिक अनुरोध आ रहे हैं। थोड़ी देर में फिर से कोशिश करें।',
  service: 'सेवा में कोई समस्या है। थोड़ी देर में फिर से कोशिश करें।',
  sessionOver: 'आपका सत्र समाप्त हो गया है।',
  other: 'कुछ गड़बड़ हुई।',
  unknownFate:
    'कोई जवाब नहीं आया, इसलिए पता नहीं कि यह हुआ या नहीं। फिर से कोशिश करें: यह दो बार नहीं हो सकता।',
};

export const settings: Words['settings'] = {
  title: 'सेटिंग',
  nav: 'सेटिंग के भाग',
  groups: { own: 'आप', house: 'आपका व्यवसाय' },
  parts: {
    account: 'मेरा खाता',
    sessions: 'सत्र',
    'canned-replies': 'तैयार उत्तर',
    guidance: 'क्या कहें',
    people: 'लोग',
    teams: 'टीमें',
    roles: 'भूमिकाएँ',
    keys: 'API कुंजियाँ',
    accounts: 'प्रदाताओं के खाते',
    brand: 'ब्रांड',
    templates: 'संदेशों के शब्द',
    webhooks: 'वेबहुक',
    'page-security': 'भुगतान पृष्ठ की सुरक्षा',
    limits: 'सीमाएँ और मंज़ूरियाँ',
    retention: 'डेटा कितने समय रखा जाता है',
    journal: 'जर्नल',
  },
};
