/** फ़्लोर, और सुपरवाइज़र का हस्तक्षेप। */
import type { Words } from '../catalogue';

const links = (n: number) => `${n} लिंक`;

export const floor: Words['floor'] = {
  title: 'फ़्लोर',
  today: (zone) => `आज, ${zone} के समय के अनुसार`,
  updated: 'लाइव; माध्यिका हर मिनट फिर से गिनी जाती है।',
  stale: 'लाइव नहीं। जो दिख रहा है, वह कनेक्शन टूटने के समय का है।',
  more: '5,000 से अधिक खुले लिंक हैं; सबसे नए 5,000 गिने गए हैं।',
  filters: 'दिखाएँ',
  team: 'टीम',
  allTeams: 'सभी टीमें',
  noTeam: 'कोई टीम नहीं',
  agent: 'एजेंट',
  allAgents: 'सभी एजेंट',
  nobody: 'कोई नहीं',
  channel: 'माध्यम',
  allChannels: 'सभी माध्यम',
  noChannel: 'कोई नहीं या कई',
  clear: 'सब दिखाएँ',
  large: 'बड़ी स्क्रीन',
  largeHint: 'बाहर आने के लिए F या Esc दबाएँ',
  pipeline: 'अभी हर चरण में लिंक',
  steps: {
    created: 'बनाए गए',
    sent: 'भेजे गए',
    delivered: 'पहुँचे',
    opened: 'खोले गए',
    card_entry: 'कार्ड भर रहे हैं',
    checking: 'प्रोसेस हो रहे हैं',
    challenge: 'बैंक की पुष्टि',
    declined: 'अस्वीकृत',
    paid: 'आज भुगतान हुआ',
  },
  links,
  figures: 'आज अब तक',
  paid: 'आज मिला भुगतान',
  payments: (n) => `${n} भुगतान`,
  nothingPaid: 'अभी कुछ नहीं',
  conversion: 'कन्वर्ज़न',
  ofMade: (paid, made) => (made === 0 ? 'आज कोई लिंक नहीं बना' : `आज बने ${links(made)} में से ${paid}`),
  median: 'भेजने से भुगतान तक',
  medianHint: 'आधे इससे जल्दी होते हैं',
  open: 'खुले लिंक',
  present: (n) => `${n} अभी पृष्ठ पर`,
  declines: 'अस्वीकृतियाँ',
  declinesHint: 'आज के प्रयास',
  unknown: '–',
  needs: 'अभी किसी की ज़रूरत है',
  needsCount: (n) => `${links(n)} को किसी की ज़रूरत है`,
  needLabels: {
    help: 'सहायता माँगी',
    stalled: 'रुक गए',
    declined: 'फिर अस्वीकृत',
    undelivered: 'नहीं पहुँचा',
  },
  needsNone: 'कोई अटका नहीं है।',
  needsNoneText:
    'जो सहायता माँगते हैं, रुक जाते हैं, जिनका कार्ड दो बार अस्वीकृत होता है या जिन्हें संदेश नहीं मिलता, वे यहाँ दिखते हैं।',
  needsMore: (n) => `और ${n}`,
  noReference: 'कोई संदर्भ नहीं',
  people: 'एजेंट',
  peopleHint: 'किसी एक को चुनकर उनके लिंक लाइव देखें।',
  peopleNone: 'किसी के पास खुला लिंक नहीं है, न आज किसी ने बनाया।',
  teams: 'टीमें',
  channels: 'माध्यम',
  columns: {
    open: 'खुले',
    present: 'पृष्ठ पर',
    needs: 'सहायता चाहिए',
    made: 'बनाए',
    paid: 'भुगतान हुए',
    conversion: 'कन्वर्ज़न',
    money: 'राशि',
  },
  online: 'डेस्क पर',
  offline: 'कुछ समय से नहीं दिखे',
  watch: (name) => `${name} को देखें`,
  work: (name) => `${name}: खुले लिंक`,
  workNone: 'अभी कोई खुला लिंक नहीं।',
  workMore: (n) => `${n} और हैं, जो नहीं दिखाए गए।`,
  stopWatching: 'देखना बंद करें',
  openLink: 'खोलें',
  stepIn: 'हस्तक्षेप करें',
  alerts: 'चेतावनियाँ',
  alertSince: (when) => `${when} से`,
  alertLook: 'क्या करें',
  incidents: {
    decline_spike: {
      title: 'बहुत से भुगतान अस्वीकृत हो रहे हैं',
      todo: 'ग्राहकों से दूसरा कार्ड माँगें। रिपोर्ट में कोई एक बैंक या भुगतान प्रदाता अलग दिखे, तो भुगतान प्रदाता को बताएँ।',
    },
    psp_down: {
      title: 'भुगतान प्रदाता जवाब नहीं दे रहा',
      todo: 'ग्राहकों से कहें कि प्रतीक्षा करें और बार-बार कोशिश न करें। प्रदाता का स्थिति पृष्ठ देखें; हो सके तो भुगतान दूसरे प्रदाता से करवाएँ।',
    },
    message_failures: {
      title: 'बहुत से संदेश नहीं पहुँच रहे',
      todo: 'लिंक दूसरे माध्यम से भेजें, या क्यूआर कोड दिखाएँ। सेटिंग में उस माध्यम का खाता जाँचें।',
    },
    card_testing: {
      title: 'शायद कोई चोरी के कार्ड आज़मा रहा है',
      todo: 'संबंधित लिंक रद्द करें। अभी धोखाधड़ी की सीमाएँ न बढ़ाएँ; यह जारी रहे तो भुगतान प्रदाता को बताएँ।',
    },
    mailbox_failing: {
      title: 'मेलबॉक्स पढ़ा नहीं जा रहा',
      todo: 'ईमेल से आए उत्तर नहीं मिल रहे। सेटिंग में उसका सर्वर और पासवर्ड जाँचें।',
    },
  },
  otherIncident: {
    title: 'किसी चीज़ पर ध्यान देना है',
    todo: 'क्या हुआ, यह जर्नल में देखें।',
  },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : `${minutes} मिनट में `;
    if (n('declined') !== null) {
      return `${within}${n('tries')} में से ${n('declined')} प्रयास अस्वीकृत`;
    }
    if (n('failed') !== null) {
      return `${within}${n('messages')} में से ${n('failed')} संदेश नहीं पहुँचे`;
    }
    if (n('blocked') !== null) return `${within}${n('blocked')} प्रयास रोके गए`;
    if (n('unanswered') !== null) return `${n('unanswered')} प्रयासों का कोई जवाब नहीं`;
    return '';
  },
  steer: {
    title: 'हस्तक्षेप करें',
    whisper: 'एजेंट को व्हिस्पर करें',
    whisperHint: 'केवल उन्हें दिखता है; ग्राहक को कभी नहीं',
    whisperSend: 'व्हिस्पर करें',
    whispered: 'एजेंट को अब दिख रहा है।',
    whisperEmpty: 'लिखें कि एजेंट को क्या पता होना चाहिए।',
    takeOver: 'अपने पास लें',
    takenOver: 'यह लिंक अब आपके पास है।',
    giveTo: 'किसे दें',
    choose: 'एजेंट चुनें',
    give: 'दें',
    given: (name) => `लिंक अब ${name} के पास है।`,
    isMine: 'यह लिंक आपका है।',
  },
  whispers: {
    title: 'आपके लिए व्हिस्पर',
    sent: 'एजेंट के लिए व्हिस्पर',
    by: (name) => `${name}, केवल आपके लिए`,
    somebody: 'एक सुपरवाइज़र',
    told: (customer, text) => `${customer ?? 'एक लिंक'} के बारे में आपके लिए व्हिस्पर: “${text}”`,
  },
};
