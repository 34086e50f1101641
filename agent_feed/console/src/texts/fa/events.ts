/** هر رویداد در یک جمله که بتوان آن را بلند خواند. */
import type { Words } from '../catalogue';
import { spoken } from '../../lib/words';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'شما';
    case 'person':
      return who.name;
    case 'colleague':
      return 'یکی از همکاران';
    case 'software':
      return 'نرم‌افزار شما';
    case 'system':
      return 'سامانه';
  }
}

/** فعل گذشته: «کرد»، و برای شما «کردید». */
const did = (c: Parts, verb: string) => (c.who.kind === 'you' ? `${verb}ید` : verb);

const via = ({ channel }: Parts) => (channel === null ? '' : ` از طریق ${channel}`);
const named = ({ channel }: Parts) => (channel === null ? '' : ` (${channel})`);
const on = ({ device }: Parts) => (device === null ? '' : ` با ${device}`);
const money = ({ amount }: Parts) => (amount === null ? '' : `: ${amount}`);
const inBrackets = ({ amount }: Parts) => (amount === null ? '' : ` (${amount})`);
const reason = ({ reason }: Parts) => (reason === '' ? '.' : `: ${reason}.`);
const to = (c: Parts) => (c.isSomebodys ? ` به ${who(c)}` : '');
const message = (c: Parts) => `${c.isReceipt ? 'رسید' : 'پیام'}${named(c)}`;

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` در ${card.wallet}`;
  return ` با کارت ${card.brand} با چهار رقم آخر ${card.last4}${wallet}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${who(c)} پیوند را ${did(c, 'ساخت')}${money(c)}.`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent
        ? `این پیوند اکنون با ${who(c)} است.`
        : `این پیوند از ${who(c)} گرفته شد.`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `${who(c)} پیوند را تغییر ${did(c, 'داد')}؛ در انتظار نفر دوم است.`;
      case 'approved':
        return 'نفر دوم پیوند را تأیید کرد.';
      case 'rejected':
        return 'نفر دوم پیوند را نپذیرفت.';
      default:
        return `${who(c)} پیوند را تغییر ${did(c, 'داد')}.`;
    }
  },
  'link.sent': (c) => `پیوند${via(c)} فرستاده شد.`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'یک پیش‌نمایش پیوند یا ابزار پویش صفحه را دید. کسی آن را باز نکرده است.'
      : 'صفحه بارگذاری شد. هنوز کسی به آن دست نزده است.',
  'link.opened': (c) => `مشتری پیوند را${on(c)}${via(c)} باز کرد.`,
  'link.expired': 'پیوند منقضی شد.',
  'link.cancelled': (c) => `${who(c)} پیوند را لغو ${did(c, 'کرد')}.`,
  'link.superseded': 'پیوند تازه‌تری جای این پیوند را گرفت.',
  'link.renewal_requested': 'مشتری پیوند تازه خواست.',
  'checkout.joined': (c) =>
    `مشتری${on(c)} در صفحه است${c.language === null ? '' : `، به زبان ${c.language}`}.`,
  'checkout.left': 'مشتری از صفحه بیرون رفت.',
  'checkout.method_selected': (c) => {
    const isCard = (c.text('method') ?? 'card') === 'card';
    return `مشتری پرداخت با ${isCard ? 'کارت' : c.method} را انتخاب کرد.`;
  },
  'checkout.card_entry_started': (c) => `مشتری نوشتن ${c.field} را آغاز کرد.`,
  'checkout.field_completed': (c) => `${c.field} کامل شد.`,
  'checkout.field_invalid': (c) => `${c.field} پذیرفته نشد.`,
  'checkout.submitted': 'مشتری دکمهٔ پرداخت را زد.',
  'checkout.stalled': 'مشتری در میانهٔ کار مانده است.',
  'checkout.help_requested': 'مشتری کمک خواست.',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'مشتری دوباره همهٔ گام‌ها را نشان می‌دهد.'
      : c.text('by') === 'merchant'
        ? 'صفحه‌های شما فقط پیشرفت کلی را نشان می‌دهند: باز شدن، ثبت و نتیجه.'
        : 'مشتری فقط پیشرفت کلی را نشان می‌دهد: باز شدن، ثبت و نتیجه.',
  'payment.fraud_check_started': 'بررسی تقلب آغاز شد.',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'پرداخت از بررسی تقلب گذشت.';
      case 'challenge':
        return 'بررسی تقلب تأیید بانک را می‌خواهد.';
      case 'review':
        return 'بررسی تقلب می‌خواهد کسی پرداخت را بازبینی کند.';
      case 'block':
        return 'بررسی تقلب جلوی پرداخت را گرفت.';
      default:
        return 'بررسی تقلب انجام شد.';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'مشتری در صفحهٔ خود ارائه‌دهندهٔ پرداخت است.'
      : 'بانک مشتری از او می‌خواهد پرداخت را تأیید کند.',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed' ? 'تأیید بانک ناموفق بود.' : 'مشتری تأیید بانک را انجام داد.',
  'payment.processing': 'بانک در حال پردازش پرداخت است.',
  'payment.authorised': (c) => `پرداخت${card(c)} مجاز شد${money(c)}.`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'پرداخت رد شد.' : `پرداخت رد شد. مشتری می‌بیند: «${said}»`;
  },
  'payment.paid': (c) => `پرداخت${card(c)} انجام شد${money(c)}.`,
  'payment.partially_paid': (c) => `بخشی از مبلغ${card(c)} پرداخت شد${money(c)}.`,
  'payment.paid_late': (c) => `پس از بسته شدن پیوند پرداخت شد${money(c)}. لطفاً بررسی کنید.`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'مبلغ مسدودشده آزاد شد.' : 'پرداخت لغو شد.',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'ارائه‌دهندهٔ پرداخت می‌خواهد کسی این پرداخت را ببیند.'
      : 'مبلغ مسدود است تا سرپرست آن را ببیند.',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `ارائه‌دهندهٔ پرداخت بازبینی خود را بست${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)} پرداخت را در بازبینی تأیید ${did(c, 'کرد')}.`
        : 'پرداخت در بازبینی تأیید نشد. مبلغی برداشت نشد.',
  'payment.flag_cleared': (c) =>
    `${who(c)} مورد علامت‌خورده را دید و علامت را ${did(c, 'برداشت')}.`,
  'refund.created': (c) => `${who(c)} بازپرداخت را آغاز ${did(c, 'کرد')}${money(c)}.`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)} بازپرداخت را تأیید ${did(c, 'کرد')}${money(c)}.`
      : `${who(c)} با بازپرداخت موافقت ${did(c, 'نکرد')}${money(c)}. پولی بازنمی‌گردد.`,
  'refund.succeeded': (c) => `بازپرداخت انجام شد${money(c)}.`,
  'refund.failed': (c) => `بازپرداخت${inBrackets(c)} ناموفق بود${reason(c)}`,
  'dispute.opened': (c) => `بانک مشتری پرداخت را مورد اعتراض قرار داد${money(c)}.`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'اعتراض بسته شد: به سود شما.';
    if (result === 'lost') return 'اعتراض بسته شد: به زیان شما.';
    return 'اعتراض بسته شد.';
  },
  'message.queued': (c) => `${message(c)} در نوبت ارسال است.`,
  'message.sent': (c) => `${message(c)} فرستاده شد.`,
  'message.delivered': (c) => `${message(c)} به مقصد رسید.`,
  'message.read': (c) => `${message(c)} خوانده شد.`,
  'message.failed': (c) => `${message(c)} به مقصد نرسید${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `مشتری${via(c)} پیام داد؛ شمارهٔ کارتی در آن پنهان شد.`
      : `مشتری${via(c)} پیام داد.`,
  'customer.created': 'مشتری افزوده شد.',
  'customer.updated': (c) => `${who(c)} اطلاعات مشتری را تغییر ${did(c, 'داد')}.`,
  'customer.merged': (c) => `${who(c)} پروندهٔ دیگری را با این مشتری ادغام ${did(c, 'کرد')}.`,
  'customer.unmerged': (c) => `${who(c)} دو پروندهٔ ادغام‌شده را از هم جدا ${did(c, 'کرد')}.`,
  'customer.erased': (c) => `${who(c)} داده‌های شخصی مشتری را پاک ${did(c, 'کرد')}.`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? ': بله' : state === 'stopped' ? ': خیر' : '';
    return `رضایت به دریافت پیام${via(c)} تغییر کرد${now}.`;
  },
  'consent.doubtful': (c) =>
    `مشتری${via(c)} چیزی نوشت که شاید دربارهٔ توقف پیام‌ها باشد. لطفاً بخوانید و تصمیم بگیرید.`,
  'interaction.recorded': (c) => {
    const kind = c.text('kind');
    const what = kind === null ? '' : ` (${spoken(kind)})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `مشتری تماس گرفت${what}.`;
    return direction === 'outbound' ? `ما تماس گرفتیم${what}.` : `تماسی برقرار شد${what}.`;
  },
  'note.added': (c) => `${who(c)} یادداشتی ${did(c, 'افزود')}.`,
  'note.whispered': (c) => `سرپرست با ${who(c)} نجوا کرد.`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'مشتری به نظرسنجی پاسخ داد.';
    const comment = c.text('comment');
    return `نمرهٔ مشتری به پرداخت: ${score} از 5${comment === null ? '.' : `: «${comment}»`}`;
  },
  'conversation.opened': (c) => `گفت‌وگویی${via(c)} آغاز شد.`,
  'conversation.assigned': (c) => `گفت‌وگو${named(c)}${to(c)} واگذار شد.`,
  'conversation.transferred': (c) => `گفت‌وگو${named(c)}${to(c)} سپرده شد.`,
  'conversation.taken': (c) => `کسی گفت‌وگو${named(c)} را برعهده گرفت.`,
  'conversation.offered': (c) => `گفت‌وگو${named(c)} منتظر است کسی آن را برعهده بگیرد.`,
  'conversation.closed': (c) => `گفت‌وگو${named(c)} بسته شد.`,
  'agent.presence_changed': (c) => `وضعیت حضور تغییر کرد: ${who(c)}.`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on'
      ? `${who(c)} با حساب سازمان وارد ${did(c, 'شد')}.`
      : `${who(c)} وارد ${did(c, 'شد')}.`,
  'session.failed': 'یک تلاش برای ورود ناموفق بود.',
  'session.ended': (c) => `یکی از نشست‌های ${who(c)} پایان یافت.`,
  'user.changed': (c) => `${who(c)} کاربری را تغییر ${did(c, 'داد')}.`,
  'key.created': (c) => `${who(c)} یک کلید API ${did(c, 'ساخت')}.`,
  'key.revoked': (c) => `${who(c)} یک کلید API را باطل ${did(c, 'کرد')}.`,
  'export.created': (c) =>
    c.text('of') === 'journal'
      ? `${who(c)} دفتر رویدادها را ${did(c, 'دید')}.`
      : `${who(c)} از داده‌ها خروجی ${did(c, 'گرفت')}.`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${who(c)} تنظیمات را تغییر ${did(c, 'داد')}.`;
    }
    const host = c.text('host') ?? 'نرم‌افزار شما';
    const cause = why === 'gone' ? 'می‌گوید دیگر وجود ندارد' : 'سه روز چیزی نرسید';
    return `وب‌هوک‌های ${host} خاموش شد: ${cause}. مدیر باید بررسی کند.`;
  },
  'incident.card_number_masked': (c) => `شمارهٔ کارتی${via(c)} پیش از ذخیره پنهان شد.`,
  'incident.approval_refused': (c) =>
    `${who(c)} برای تأیید چیزی تلاش ${did(c, 'کرد')} که تأییدش با فرد دیگری است.`,
  'incident.mailbox_failing': 'صندوق ایمیل خوانده نمی‌شود. سرور و گذرواژهٔ آن را بررسی کنید.',
  'incident.mailbox_recovered': 'صندوق ایمیل دوباره خوانده می‌شود.',
  'incident.mail_skipped': 'ایمیلی نگه‌داری نشد و در صندوق ماند. کسی باید آن را همان‌جا بخواند.',
  'incident.decline_spike': 'پرداخت‌های ردشده بسیار بیشتر از همیشه است. به سالن نگاه کنید.',
  'incident.decline_spike_over': 'موج پرداخت‌های ردشده پایان یافت.',
  'incident.psp_down': 'ارائه‌دهندهٔ پرداخت پاسخ نمی‌دهد. پرداخت‌ها اکنون انجام نمی‌شوند.',
  'incident.psp_down_over': 'ارائه‌دهندهٔ پرداخت دوباره پاسخ می‌دهد.',
  'incident.message_failures': 'پیام‌های زیادی نمی‌رسند. حساب کانال را بررسی کنید.',
  'incident.message_failures_over': 'پیام‌ها دوباره می‌رسند.',
  'incident.card_testing':
    'شاید کسی کارت‌های دزدی را می‌آزماید: قواعد ضدتقلب جلوی چند کارت را گرفتند.',
  'incident.card_testing_over': 'قواعد ضدتقلب دیگر جلوی کارتی را نمی‌گیرند.',
  'psp.event_unmatched': 'ارائه‌دهندهٔ پرداخت از پرداختی خبر داد که اینجا شناخته نیست.',
  'psp.amount_mismatched':
    'ارائه‌دهندهٔ پرداخت مبلغی جز مبلغ خواسته‌شده برداشت کرد. چیزی ثبت نشد؛ همین حالا بررسی کنید.',
  'page.script_blocked': 'مرورگری در صفحهٔ پرداخت جلوی اسکریپتی را گرفت که از ما نیست.',
  'page.changed':
    'صفحهٔ پرداخت آن‌گونه نیست که فرستاده شد: اسکریپت یا سرآیند امنیتی فرق دارد. همین حالا بررسی کنید.',
  'page.baseline_accepted': (c) => `${who(c)} وضع کنونی صفحهٔ پرداخت را ${did(c, 'پذیرفت')}.`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'پول روز با دفاتر ارائه‌دهندهٔ پرداخت می‌خواند.'
      : 'پول روز هنوز با دفاتر ارائه‌دهندهٔ پرداخت نمی‌خواند. بخش مالی باید بررسی کند.',
};
