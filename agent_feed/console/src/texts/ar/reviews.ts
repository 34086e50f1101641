/** الموافقات. */
import type { Words } from '../catalogue';
import { capital } from '../../lib/words';

export const reviews: Words['reviews'] = {
  intro: 'مال وروابط تنتظر شخصاً ثانياً. يُحفظ ما تقرره مع اسمك.',
  sections: { payment: 'دفعات محجوزة للمراجعة', refund: 'ردّ المال', link: 'روابط فوق الحد' },
  emptyTitle: 'لا شيء ينتظر',
  emptyText:
    'ما يحجزه فحص الاحتيال من دفعات، وما يزيد على حدودكم من ردّ مال وروابط، يظهر هنا من نفسه.',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => `ينتظر: ${count}`,
  more: 'هناك المزيد. تأتي الأقدم كلما قُرّر في هذه.',
  noCustomer: 'لم يُذكر عميل',
  facts: {
    agent: 'الموظف',
    asker: 'الطالب',
    reason: 'السبب',
    card: 'البطاقة',
    score: 'الدرجة',
    waits: 'ينتظر منذ',
    decideBy: 'يُطلق',
    reference: 'المرجع',
  },
  software: 'برنامجكم',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `، من ${country}`}`,
  score: (score) => `${score} من 100`,
  why: 'سبب الحجز',
  openLink: 'افتح الرابط',
  approve: { payment: 'خذ المال', refund: 'وافق على الردّ', link: 'وافق على الرابط' },
  reject: { payment: 'أطلقه', refund: 'ارفض', link: 'ارفض الرابط' },
  approveTitle: (kind, amount) =>
    ({
      payment: `أخذ ${amount}؟`,
      refund: `ردّ ${amount}؟`,
      link: `إرسال هذا الرابط بمبلغ ${amount}؟`,
    })[kind],
  approveText: {
    payment: 'يُخصم المحجوز من بطاقة العميل.',
    refund: 'يعود المال إلى البطاقة التي دفعت. لا يمكن التراجع.',
    link: 'تُرسل رسائله، ويمكن دفعه.',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `إطلاق ${amount}؟`,
      refund: `رفض ردّ ${amount}؟`,
      link: `رفض هذا الرابط بمبلغ ${amount}؟`,
    })[kind],
  rejectText: {
    payment: 'لا يُخصم شيء. قيل للعميل إن الدفع قيد الفحص.',
    refund: 'لا يعود شيء. يمكن لمن طلب أن يطلب مرة أخرى.',
    link: 'يُلغى الرابط. لم يُرسل شيء.',
  },
  note: 'السبب',
  noteHint: 'يُحفظ في السجل',
  noteMissing: 'اذكر السبب لمن طلب.',
  approved: { payment: 'أُخذ المال.', refund: 'تمت الموافقة على الردّ.', link: 'يُرسل الرابط.' },
  rejected: { payment: 'أُطلق المال.', refund: 'رُفض الردّ.', link: 'رُفض الرابط.' },
  own: {
    payment: 'هو رابطك أنت، فعلى غيرك أن يوافق. ولك أن ترفض.',
    refund: 'أنت طلبت هذا الردّ، فيقرّر غيرك.',
    link: 'هو رابطك أنت، فيقرّر غيرك.',
  },
};
