/** हर घटना एक वाक्य में, जिसे पढ़कर सुनाया जा सके। */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

/** किसने, कोष्ठक में, ताकि क्रिया न बदले। */
function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'आप';
    case 'person':
      return who.name;
    case 'colleague':
      return 'एक सहकर्मी';
    case 'software':
      return 'आपका सॉफ़्टवेयर';
    case 'system':
      return 'सिस्टम';
  }
}

const doer = (c: Parts) => ` (${who(c)})`;
const by = ({ channel }: Parts) => (channel === null ? '' : ` ${channel} से`);
const on = ({ device }: Parts) => (device === null ? '' : ` ${device} पर`);
const money = ({ amount }: Parts) => (amount === null ? '' : `: ${amount}`);
const reason = ({ reason }: Parts) => (reason === '' ? '।' : `: ${reason}।`);
const named = ({ channel }: Parts) => (channel === null ? '' : ` (${channel})`);
const to = (c: Parts) => (c.isSomebodys ? `: ${who(c)}` : '');
const refund = ({ amount }: Parts) => (amount === null ? 'रिफ़ंड' : `${amount} का रिफ़ंड`);

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` (${card.wallet})`;
  return `, ${card.brand} •••• ${card.last4}${wallet}`;
}

/** रसीद स्त्रीलिंग है, संदेश पुल्लिंग। */
function message(c: Parts, sent: string, receipt: string): string {
  return c.isReceipt ? `रसीद${named(c)} ${receipt}` : `संदेश${named(c)} ${sent}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `लिंक बनाया गया${money(c)}${doer(c)}।`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent
        ? `यह लिंक अब इनके पास है: ${who(c)}।`
        : `यह लिंक पहले इनके पास था: ${who(c)}।`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `लिंक बदला गया${doer(c)}; दूसरे व्यक्ति की मंज़ूरी बाकी है।`;
      case 'approved':
        return 'दूसरे व्यक्ति ने लिंक मंज़ूर किया।';
      case 'rejected':
        return 'दूसरे व्यक्ति ने लिंक नामंज़ूर किया।';
      default:
        return `लिंक बदला गया${doer(c)}।`;
    }
  },
  'link.sent': (c) => `लिंक${by(c)} भेजा गया।`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'किसी लिंक प्रीव्यू या स्कैनर ने पृष्ठ देखा। किसी व्यक्ति ने उसे नहीं खोला है।'
      : 'पृष्ठ लोड हुआ। अभी किसी ने उसे छुआ नहीं है।',
  'link.opened': (c) => `ग्राहक ने${on(c)}${by(c)} लिंक खोला।`,
  'link.expired': 'लिंक की अवधि समाप्त हो गई।',
  'link.cancelled': (c) => `लिंक रद्द किया गया${doer(c)}।`,
  'link.superseded': 'इस लिंक की जगह नया लिंक आ गया।',
  'link.renewal_requested': 'ग्राहक ने नया लिंक माँगा।',
  'checkout.joined': (c) =>
    `ग्राहक${on(c)} पृष्ठ देख रहे हैं${c.language === null ? '' : ` (${c.language})`}।`,
  'checkout.left': 'ग्राहक पृष्ठ से चले गए।',
  'checkout.method_selected': (c) => `ग्राहक ने भुगतान का तरीका चुना: ${c.method}।`,
  'checkout.card_entry_started': (c) => `ग्राहक ने भरना शुरू किया: ${c.field}।`,
  'checkout.field_completed': (c) => `पूरा भर गया: ${c.field}।`,
  'checkout.field_invalid': (c) => `मान्य नहीं: ${c.field}।`,
  'checkout.submitted': 'ग्राहक ने भुगतान का बटन दबाया।',
  'checkout.stalled': 'ग्राहक बीच में रुक गए हैं।',
  'checkout.help_requested': 'ग्राहक ने सहायता माँगी।',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'ग्राहक फिर से हर चरण साझा करते हैं।'
      : c.text('by') === 'merchant'
        ? 'आपके पृष्ठ केवल मोटी प्रगति साझा करते हैं: खोला, जमा किया, और नतीजा।'
        : 'ग्राहक केवल मोटी प्रगति साझा करते हैं: खोला, जमा किया, और नतीजा।',
  'payment.fraud_check_started': 'धोखाधड़ी जाँच शुरू हुई।',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'धोखाधड़ी जाँच सफल रही।';
      case 'challenge':
        return 'धोखाधड़ी जाँच बैंक की पुष्टि माँगती है।';
      case 'review':
        return 'धोखाधड़ी जाँच समीक्षा माँगती है।';
      case 'block':
        return 'धोखाधड़ी जाँच ने भुगतान रोक दिया।';
      default:
        return 'धोखाधड़ी जाँच पूरी हुई।';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'ग्राहक भुगतान प्रदाता के पृष्ठ पर हैं।'
      : 'ग्राहक का बैंक उनसे भुगतान की पुष्टि माँग रहा है।',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed' ? 'बैंक की पुष्टि असफल रही।' : 'ग्राहक ने बैंक की पुष्टि पूरी की।',
  'payment.processing': 'बैंक भुगतान प्रोसेस कर रहा है।',
  'payment.authorised': (c) => `कार्ड पर राशि रोकी गई${money(c)}${card(c)}।`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'भुगतान अस्वीकृत हुआ।' : `भुगतान अस्वीकृत हुआ। ग्राहक को दिखता है: “${said}”`;
  },
  'payment.paid': (c) => `भुगतान हुआ${money(c)}${card(c)}।`,
  'payment.partially_paid': (c) => `आंशिक भुगतान हुआ${money(c)}${card(c)}।`,
  'payment.paid_late': (c) => `लिंक बंद होने के बाद भुगतान हुआ${money(c)}। कृपया जाँच लें।`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'रोकी गई राशि छोड़ दी गई।' : 'भुगतान रद्द हुआ।',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'भुगतान प्रदाता चाहता है कि कोई व्यक्ति यह भुगतान देखे।'
      : 'किसी सुपरवाइज़र के देखने तक राशि रोकी गई है।',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `भुगतान प्रदाता ने अपनी समीक्षा पूरी की${reason(c)}`
      : c.text('decision') === 'approved'
        ? `समीक्षा में भुगतान मंज़ूर हुआ${doer(c)}।`
        : 'समीक्षा में भुगतान मंज़ूर नहीं हुआ। कोई राशि नहीं ली गई।',
  'payment.flag_cleared': (c) => `चेतावनी देखकर हटाई गई${doer(c)}।`,
  'refund.created': (c) => `${refund(c)} शुरू किया गया${doer(c)}।`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${refund(c)} मंज़ूर हुआ${doer(c)}।`
      : `${refund(c)} नामंज़ूर हुआ${doer(c)}। कोई राशि वापस नहीं जाएगी।`,
  'refund.succeeded': (c) => `${refund(c)} हो गया।`,
  'refund.failed': (c) => `${refund(c)} असफल रहा${reason(c)}`,
  'dispute.opened': (c) => `ग्राहक के बैंक ने विवाद खोला${money(c)}।`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'विवाद बंद हुआ: फ़ैसला आपके पक्ष में।';
    return result === 'lost' ? 'विवाद बंद हुआ: फ़ैसला आपके विरुद्ध।' : 'विवाद बंद हुआ।';
  },
  'message.queued': (c) => message(c, 'भेजे जाने की प्रतीक्षा में है।', 'भेजे जाने की प्रतीक्षा में है।'),
  'message.sent': (c) => message(c, 'भेजा गया।', 'भेजी गई।'),
  'message.delivered': (c) => message(c, 'पहुँच गया।', 'पहुँच गई।'),
  'message.read': (c) => message(c, 'पढ़ा गया।', 'पढ़ी गई।'),
  'message.failed': (c) => `${message(c, 'नहीं पहुँचाया जा सका', 'नहीं पहुँचाई जा सकी')}${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `ग्राहक ने${by(c)} लिखा; उसमें एक कार्ड नंबर छिपा दिया गया।`
      : `ग्राहक ने${by(c)} लिखा।`,
  'customer.created': 'ग्राहक को जोड़ा गया।',
  'customer.updated': (c) => `ग्राहक का विवरण बदला गया${doer(c)}।`,
  'customer.merged': (c) => `दूसरा रिकॉर्ड इस ग्राहक में मर्ज किया गया${doer(c)}।`,
  'customer.unmerged': (c) => `मर्ज किए गए दो रिकॉर्ड अलग किए गए${doer(c)}।`,
  'customer.erased': (c) => `ग्राहक का निजी डेटा मिटाया गया${doer(c)}।`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': हाँ' : state === 'stopped' ? ': नहीं' : '';
    return `संदेशों${named(c)} की सहमति बदली${now}।`;
  },
  'consent.doubtful': (c) =>
    `ग्राहक ने${by(c)} कुछ ऐसा लिखा जो शायद संदेश रोकने के बारे में है। कृपया पढ़कर तय करें।`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const what = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `ग्राहक ने संपर्क किया${what}।`;
    return direction === 'outbound' ? `हमने संपर्क किया${what}।` : `एक संपर्क हुआ${what}।`;
  },
  'note.added': (c) => `नोट जोड़ा गया${doer(c)}।`,
  'note.whispered': (c) => `सुपरवाइज़र ने व्हिस्पर किया, इनके लिए: ${who(c)}।`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'ग्राहक ने सर्वे का उत्तर दिया।';
    const comment = c.text('comment');
    return `भुगतान के अनुभव पर ग्राहक के अंक: 5 में से ${score}${comment === null ? '।' : `: “${comment}”`}`;
  },
  'conversation.opened': (c) => `बातचीत${named(c)} शुरू हुई।`,
  'conversation.assigned': (c) => `बातचीत${named(c)} सौंपी गई${to(c)}।`,
  'conversation.transferred': (c) => `बातचीत${named(c)} ट्रांसफ़र की गई${to(c)}।`,
  'conversation.taken': (c) => `किसी ने बातचीत${named(c)} ली।`,
  'conversation.offered': (c) => `बातचीत${named(c)} किसी के लेने की प्रतीक्षा में है।`,
  'conversation.closed': (c) => `बातचीत${named(c)} बंद हुई।`,
  'agent.presence_changed': (c) => `उपस्थिति बदली: ${who(c)}।`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on' ? `संस्था के खाते से साइन इन: ${who(c)}।` : `साइन इन: ${who(c)}।`,
  'session.failed': 'साइन इन की एक कोशिश असफल रही।',
  'session.ended': (c) => `एक सत्र समाप्त हुआ: ${who(c)}।`,
  'user.changed': (c) => `उपयोगकर्ता में बदलाव किया गया${doer(c)}।`,
  'key.created': (c) => `API कुंजी बनाई गई${doer(c)}।`,
  'key.revoked': (c) => `API कुंजी रद्द की गई${doer(c)}।`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `जर्नल देखा गया${doer(c)}।` : `डेटा निर्यात किया गया${doer(c)}।`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `सेटिंग बदली गई${doer(c)}।`;
    }
    const cause = why === 'gone' ? 'उसने बताया कि वह अब नहीं है' : 'तीन दिन से वहाँ कुछ नहीं पहुँचा';
    return `${c.text('host') ?? 'आपके सॉफ़्टवेयर'} के वेबहुक बंद कर दिए गए: ${cause}। किसी एडमिन को देखना चाहिए।`;
  },
  'incident.card_number_masked': (c) => `एक कार्ड नंबर${named(c)} दर्ज होने से पहले छिपा दिया गया।`,
  'incident.approval_refused': (c) => `जो मंज़ूरी किसी और को देनी है, उसे देने की कोशिश की गई: ${who(c)}।`,
  'incident.mailbox_failing': 'मेलबॉक्स पढ़ा नहीं जा रहा। उसका सर्वर और पासवर्ड जाँचें।',
  'incident.mailbox_recovered': 'मेलबॉक्स फिर से पढ़ा जा रहा है।',
  'incident.mail_skipped': 'एक ईमेल सहेजा नहीं जा सका और मेलबॉक्स में ही है। किसी को उसे वहाँ पढ़ना चाहिए।',
  'incident.decline_spike': 'सामान्य से कहीं अधिक भुगतान अस्वीकृत हो रहे हैं। फ़्लोर देखें।',
  'incident.decline_spike_over': 'अस्वीकृतियों की बढ़ोतरी थम गई है।',
  'incident.psp_down': 'भुगतान प्रदाता जवाब नहीं दे रहा। अभी भुगतान नहीं हो सकते।',
  'incident.psp_down_over': 'भुगतान प्रदाता फिर से जवाब दे रहा है।',
  'incident.message_failures': 'बहुत से संदेश नहीं पहुँच रहे। माध्यम का खाता देखें।',
  'incident.message_failures_over': 'संदेश फिर से पहुँच रहे हैं।',
  'incident.card_testing': 'शायद कोई चोरी के कार्ड आज़मा रहा है: धोखाधड़ी के नियमों ने कई कार्ड रोके।',
  'incident.card_testing_over': 'धोखाधड़ी के नियम अब कोई कार्ड नहीं रोक रहे।',
  'psp.event_unmatched': 'भुगतान प्रदाता ने ऐसे भुगतान की सूचना दी जो यहाँ दर्ज नहीं है।',
  'psp.amount_mismatched':
    'भुगतान प्रदाता ने माँगी गई राशि से अलग राशि ली। कुछ भी दर्ज नहीं किया गया; इसे अभी देखें।',
  'page.script_blocked': 'ब्राउज़र ने भुगतान पृष्ठ पर ऐसी स्क्रिप्ट रोकी जो हमारी नहीं है।',
  'page.changed': 'भुगतान पृष्ठ वैसा नहीं है जैसा भेजा गया था: कोई स्क्रिप्ट या सुरक्षा हेडर अलग है। इसे अभी देखें।',
  'page.baseline_accepted': (c) => `भुगतान पृष्ठ का मौजूदा रूप स्वीकार किया गया${doer(c)}।`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'दिन भर की राशि भुगतान प्रदाता के खातों से मेल खाती है।'
      : 'दिन भर की राशि अभी भुगतान प्रदाता के खातों से मेल नहीं खाती। वित्त विभाग को देखना चाहिए।',
};
