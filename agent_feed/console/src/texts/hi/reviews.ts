/** मंज़ूरियाँ। */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro: 'दूसरे व्यक्ति की मंज़ूरी की प्रतीक्षा करती राशियाँ और लिंक। आपका फ़ैसला आपके नाम के साथ दर्ज होता है।',
  sections: {
    payment: 'समीक्षा के लिए रोके गए भुगतान',
    refund: 'रिफ़ंड',
    link: 'सीमा से ऊपर के लिंक',
  },
  emptyTitle: 'कुछ बाकी नहीं',
  emptyText: 'धोखाधड़ी जाँच में रोके गए भुगतान, और आपकी सीमाओं से ऊपर के रिफ़ंड व लिंक यहाँ अपने आप दिखेंगे।',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => `${count} बाकी`,
  more: 'और भी हैं। इन पर फ़ैसला होते-होते बाकी दिखेंगे।',
  noCustomer: 'ग्राहक का नाम नहीं दिया गया',
  facts: {
    agent: 'एजेंट',
    asker: 'अनुरोध करने वाले',
    reason: 'कारण',
    card: 'कार्ड',
    score: 'स्कोर',
    waits: 'कब से बाकी',
    decideBy: 'राशि छूटेगी',
    reference: 'संदर्भ',
  },
  software: 'आपका सॉफ़्टवेयर',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `, देश: ${country}`}`,
  score: (score) => `100 में से ${score}`,
  why: 'क्यों रोका गया',
  openLink: 'लिंक खोलें',
  approve: { payment: 'राशि लें', refund: 'रिफ़ंड मंज़ूर करें', link: 'लिंक मंज़ूर करें' },
  reject: { payment: 'राशि छोड़ें', refund: 'नामंज़ूर करें', link: 'लिंक नामंज़ूर करें' },
  approveTitle: (kind, amount) =>
    ({
      payment: `${amount} लें?`,
      refund: `${amount} लौटाएँ?`,
      link: `${amount} का यह लिंक जाने दें?`,
    })[kind],
  approveText: {
    payment: 'रोकी गई राशि ग्राहक के कार्ड से ली जाएगी।',
    refund: 'राशि उसी कार्ड पर लौटेगी जिससे भुगतान हुआ। इसे वापस नहीं लिया जा सकता।',
    link: 'इसके संदेश भेजे जाएँगे, और इससे भुगतान हो सकेगा।',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `${amount} छोड़ दें?`,
      refund: `${amount} का रिफ़ंड नामंज़ूर करें?`,
      link: `${amount} का यह लिंक नामंज़ूर करें?`,
    })[kind],
  rejectText: {
    payment: 'कोई राशि नहीं ली जाएगी। ग्राहक को बताया गया था कि भुगतान की जाँच हो रही है।',
    refund: 'कोई राशि नहीं लौटेगी। जिन्होंने अनुरोध किया, वे फिर कर सकते हैं।',
    link: 'लिंक रद्द होगा। कुछ नहीं भेजा गया था।',
  },
  note: 'कारण',
  noteHint: 'इतिहास में रहेगा',
  noteMissing: 'अनुरोध करने वाले के लिए कारण लिखें।',
  approved: {
    payment: 'राशि ले ली गई।',
    refund: 'रिफ़ंड मंज़ूर हुआ।',
    link: 'लिंक भेजा जा रहा है।',
  },
  rejected: {
    payment: 'राशि छोड़ दी गई।',
    refund: 'रिफ़ंड नामंज़ूर हुआ।',
    link: 'लिंक नामंज़ूर हुआ।',
  },
  own: {
    payment: 'यह आपका अपना लिंक है, इसलिए मंज़ूरी किसी और को देनी होगी। आप मना कर सकते हैं।',
    refund: 'यह रिफ़ंड आपने माँगा, इसलिए फ़ैसला कोई और करेंगे।',
    link: 'यह आपका अपना लिंक है, इसलिए फ़ैसला कोई और करेंगे।',
  },
};
