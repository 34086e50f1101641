/** كل حدث جملة تُقرأ بصوت عالٍ. */
import type { Words } from '../catalogue';
import { spoken } from '../../lib/words';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'أنت';
    case 'person':
      return who.name;
    case 'colleague':
      return 'زميل';
    case 'software':
      return 'برنامجكم';
    case 'system':
      return 'النظام';
  }
}

/** الفاعل بعد نقطتين، فلا يتغير الفعل. */
const by = (c: Parts) => ` (${who(c)})`;
const via = ({ channel }: Parts) => (channel === null ? '' : ` عبر ${channel}`);
const on = ({ device }: Parts) => (device === null ? '' : ` على ${device}`);
const money = ({ amount }: Parts) => (amount === null ? '' : `: ${amount}`);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const what = ({ isReceipt, channel }: Parts) =>
  `${isReceipt ? 'رسالة الإيصال' : 'الرسالة'}${channel === null ? '' : ` (${channel})`}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` في ${card.wallet}`;
  return `، ${card.brand} تنتهي بـ ${card.last4}${wallet}`;
}

const to = (c: Parts) => (c.isSomebodys ? `: ${who(c)}` : '');

export const events: Words['events'] = {
  'link.created': (c) => `أُنشئ الرابط${money(c)}${by(c)}.`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent ? `الرابط الآن لدى: ${who(c)}.` : `أُخذ الرابط من: ${who(c)}.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `تغيّر الرابط${by(c)}؛ وهو ينتظر شخصاً ثانياً.`;
      case 'approved':
        return 'وافق شخص ثانٍ على الرابط.';
      case 'rejected':
        return 'رفض شخص ثانٍ الرابط.';
      default:
        return `تغيّر الرابط${by(c)}.`;
    }
  },
  'link.sent': (c) => `أُرسل الرابط${via(c)}.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'نظرت معاينة روابط أو أداة فحص إلى الصفحة. لم يفتحها أحد.'
      : 'حُمّلت الصفحة. لم يلمسها أحد بعد.',
  'link.opened': (c) => `فتح العميل الرابط${on(c)}${via(c)}.`,
  'link.expired': 'انتهت صلاحية الرابط.',
  'link.cancelled': (c) => `أُلغي الرابط${by(c)}.`,
  'link.superseded': 'حلّ رابط أحدث محل هذا.',
  'link.renewal_requested': 'طلب العميل رابطاً جديداً.',
  'checkout.joined': (c) =>
    `العميل في الصفحة${on(c)}${c.language === null ? '' : ` (${c.language})`}.`,
  'checkout.left': 'غادر العميل الصفحة.',
  'checkout.method_selected': (c) => `اختار العميل الدفع بـ ${c.method}.`,
  'checkout.card_entry_started': (c) => `بدأ العميل كتابة ${c.field}.`,
  'checkout.field_completed': (c) => `اكتمل ${c.field}.`,
  'checkout.field_invalid': (c) => `لم يُقبل ${c.field}.`,
  'checkout.submitted': 'ضغط العميل زر الدفع.',
  'checkout.stalled': 'توقف العميل في منتصف الطريق.',
  'checkout.help_requested': 'طلب العميل المساعدة.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'عاد العميل يشارك كل خطوة.'
      : c.text('by') === 'merchant'
        ? 'تشارك صفحاتكم التقدّم العام فقط: الفتح والتقديم والنتيجة.'
        : 'يشارك العميل التقدّم العام فقط: الفتح والتقديم والنتيجة.',
  'payment.fraud_check_started': 'بدأ فحص الاحتيال.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'اجتاز الدفع فحص الاحتيال.';
      case 'challenge':
        return 'يطلب فحص الاحتيال تأكيداً من البنك.';
      case 'review':
        return 'يطلب فحص الاحتيال مراجعة شخص.';
      case 'block':
        return 'منع فحص الاحتيال الدفع.';
      default:
        return 'انتهى فحص الاحتيال.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'العميل في صفحة مزوّد الدفع.'
      : 'يطلب بنك العميل منه تأكيد الدفع.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed' ? 'فشل تأكيد البنك.' : 'اجتاز العميل تأكيد البنك.',
  'payment.processing': 'يعمل البنك على الدفع.',
  'payment.authorised': (c) => `صُرّح بالدفع${money(c)}${card(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'رُفض الدفع.' : `رُفض الدفع. يرى العميل: «${said}»`;
  },
  'payment.paid': (c) => `تم الدفع${money(c)}${card(c)}.`,
  'payment.partially_paid': (c) => `دُفع جزء منه${money(c)}${card(c)}.`,
  'payment.paid_late': (c) => `دُفع بعد إغلاق الرابط${money(c)}. تحقق منه من فضلك.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'أُطلق المبلغ المحجوز.' : 'أُلغي الدفع.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'يريد مزوّد الدفع أن ينظر شخص في هذا الدفع.'
      : 'المال محجوز حتى ينظر فيه مشرف.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `أغلق مزوّد الدفع مراجعته${reason(c)}`
      : c.text('decision') === 'approved'
        ? `تمت الموافقة على الدفع في المراجعة${by(c)}.`
        : 'لم تتم الموافقة على الدفع في المراجعة. لم يُؤخذ شيء.',
  'payment.flag_cleared': (c) => `نُظر في الملاحظة وأُغلقت${by(c)}.`,
  'refund.created': (c) => `بدأ ردّ المال${money(c)}${by(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `تمت الموافقة على ردّ المال${money(c)}${by(c)}.`
      : `رُفض ردّ المال${money(c)}${by(c)}. لا يعود شيء.`,
  'refund.succeeded': (c) => `تمّ ردّ المال${money(c)}.`,
  'refund.failed': (c) => `فشل ردّ المال${money(c)}${reason(c)}`,
  'dispute.opened': (c) => `فتح بنك العميل نزاعاً${money(c)}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'أُغلق النزاع: لصالحكم.';
    return result === 'lost' ? 'أُغلق النزاع: ليس لصالحكم.' : 'أُغلق النزاع.';
  },
  'message.queued': (c) => `${what(c)} في انتظار الإرسال.`,
  'message.sent': (c) => `أُرسلت ${what(c)}.`,
  'message.delivered': (c) => `وصلت ${what(c)}.`,
  'message.read': (c) => `قُرئت ${what(c)}.`,
  'message.failed': (c) => `لم يمكن إيصال ${what(c)}${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `كتب العميل${via(c)}؛ وأُخفي رقم بطاقة في رسالته.`
      : `كتب العميل${via(c)}.`,
  'customer.created': 'أُضيف العميل.',
  'customer.updated': (c) => `تغيّرت بيانات العميل${by(c)}.`,
  'customer.merged': (c) => `دُمج سجل آخر في هذا العميل${by(c)}.`,
  'customer.unmerged': (c) => `فُصل سجلان مدموجان${by(c)}.`,
  'customer.erased': (c) => `مُحيت بيانات العميل الشخصية${by(c)}.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': نعم' : state === 'stopped' ? ': لا' : '';
    return `تغيّرت الموافقة على الرسائل${via(c)}${now}.`;
  },
  'consent.doubtful': (c) =>
    `كتب العميل${via(c)} ما قد يكون طلباً لوقف الرسائل. اقرأه وقرّر من فضلك.`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `تواصل العميل معنا${named}.`;
    return direction === 'outbound' ? `تواصلنا مع العميل${named}.` : `حدث تواصل${named}.`;
  },
  'note.added': (c) => `أُضيفت ملاحظة${by(c)}.`,
  'note.whispered': (c) => `همسة من مشرف إلى: ${who(c)}.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'أجاب العميل عن استبيان.';
    const comment = c.text('comment');
    return `تقييم العميل للدفع: ${score} من 5${comment === null ? '.' : `: «${comment}»`}`;
  },
  'conversation.opened': (c) => `بدأت محادثة${via(c)}.`,
  'conversation.assigned': (c) => `أُسندت المحادثة${via(c)}${to(c)}.`,
  'conversation.transferred': (c) => `سُلّمت المحادثة${via(c)}${to(c)}.`,
  'conversation.taken': (c) => `أخذ أحدهم المحادثة${via(c)}.`,
  'conversation.offered': (c) => `تنتظر المحادثة${via(c)} من يأخذها.`,
  'conversation.closed': (c) => `أُغلقت المحادثة${via(c)}.`,
  'agent.presence_changed': (c) => `تغيّر الحضور: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `تسجيل دخول بحساب المؤسسة: ${who(c)}.`
      : `تسجيل دخول: ${who(c)}.`,
  'session.failed': 'فشل تسجيل دخول.',
  'session.ended': (c) => `انتهت جلسة: ${who(c)}.`,
  'user.changed': (c) => `تغيّر مستخدم${by(c)}.`,
  'key.created': (c) => `أُنشئ مفتاح API${by(c)}.`,
  'key.revoked': (c) => `أُبطل مفتاح API${by(c)}.`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `اطلاع على السجل${by(c)}.` : `صُدّرت بيانات${by(c)}.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `تغيّرت الإعدادات${by(c)}.`;
    }
    const cause = why === 'gone' ? 'تقول الجهة إنها لم تعد موجودة' : 'لم يصل شيء ثلاثة أيام';
    return `أُوقفت Webhooks إلى ${c.text('host') ?? 'برنامجكم'}: ${cause}. على المسؤول أن ينظر.`;
  },
  'incident.card_number_masked': (c) => `أُخفي رقم بطاقة${via(c)} قبل حفظه.`,
  'incident.approval_refused': (c) => `محاولة موافقة على ما يجب أن يوافق عليه غيره: ${who(c)}.`,
  'incident.mailbox_failing': 'لا يمكن قراءة صندوق البريد. تحقق من الخادم وكلمة المرور.',
  'incident.mailbox_recovered': 'عادت قراءة صندوق البريد.',
  'incident.mail_skipped': 'لم يمكن حفظ بريد فتُرك في الصندوق. ليقرأه أحد هناك.',
  'incident.decline_spike': 'يُرفض من الدفعات أكثر بكثير من المعتاد. انظر في الصالة.',
  'incident.decline_spike_over': 'انتهت موجة الرفض.',
  'incident.psp_down': 'مزوّد الدفع لا يجيب. لا تمرّ الدفعات الآن.',
  'incident.psp_down_over': 'عاد مزوّد الدفع يجيب.',
  'incident.message_failures': 'رسائل كثيرة لا تصل. انظر في حساب القناة.',
  'incident.message_failures_over': 'عادت الرسائل تصل.',
  'incident.card_testing': 'ربما يجرّب أحدهم بطاقات مسروقة: أوقفت قواعد الاحتيال عدداً منها.',
  'incident.card_testing_over': 'لم تعد قواعد الاحتيال توقف بطاقات.',
  'psp.event_unmatched': 'أبلغ مزوّد الدفع عن دفع غير معروف هنا.',
  'psp.amount_mismatched': 'أخذ مزوّد الدفع مبلغاً غير المطلوب. لم يُسجَّل شيء؛ انظر فيه الآن.',
  'page.script_blocked': 'أوقف متصفح في صفحة الدفع برنامجاً ليس لنا.',
  'page.changed': 'صفحة الدفع ليست كما أُرسلت: يختلف برنامج أو ترويسة أمان. انظر فيها الآن.',
  'page.baseline_accepted': (c) => `قُبلت صفحة الدفع كما هي الآن${by(c)}.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'يطابق مال اليوم دفاتر مزوّد الدفع.'
      : 'لا يطابق مال اليوم دفاتر مزوّد الدفع بعد. على المالية أن تنظر.',
};
