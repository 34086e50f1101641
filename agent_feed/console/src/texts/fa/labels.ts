/** نام‌های کوتاه، زمان‌ها و خطاها. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'شما',
  channels: {
    sms: 'پیامک',
    email: 'ایمیل',
    whatsapp: 'واتساپ',
    messenger: 'مسنجر',
    instagram: 'اینستاگرام',
    telegram: 'تلگرام',
    webchat: 'گفت‌وگوی وب',
    chatbot: 'ربات گفت‌وگو',
    qr: 'کد QR',
  },
  devices: { mobile: 'تلفن همراه', tablet: 'تبلت', desktop: 'رایانه' },
  fields: {
    number: 'شمارهٔ کارت',
    expiry: 'تاریخ انقضا',
    cvc: 'کد امنیتی',
    other: 'اطلاعات کارت',
  },
  fieldTitles: { number: 'شمارهٔ کارت', expiry: 'تاریخ انقضا', cvc: 'کد امنیتی' },
  fieldStates: {
    todo: 'هنوز نه',
    typing: 'در حال نوشتن',
    done: 'کامل',
    invalid: 'پذیرفته نشد',
  },
  steps: {
    created: 'ساخته شد',
    sent: 'فرستاده شد',
    delivered: 'رسید',
    opened: 'باز شد',
    card_entry: 'در حال نوشتن کارت',
    submitted: 'ثبت شد',
    fraud_check: 'بررسی تقلب',
    challenge: 'تأیید بانک',
    processing: 'در حال پردازش',
    paid: 'پرداخت شد',
    declined: 'رد شد',
    expired: 'منقضی شد',
    cancelled: 'لغو شد',
  },
  stages: {
    created: 'ساخته شد',
    sent: 'فرستاده شد',
    delivered: 'رسید',
    opened: 'باز شد',
    card_entry: 'ورود کارت',
    submitted: 'ثبت شد',
    fraud_check: 'بررسی تقلب',
    challenge: 'تأیید بانک',
    outcome: 'پرداخت',
  },
  statuses: {
    active: 'فعال',
    in_progress: 'در جریان',
    partially_paid: 'بخشی پرداخت شده',
    paid: 'پرداخت شده',
    expired: 'منقضی',
    cancelled: 'لغو شده',
  },
  deliveries: {
    queued: 'در نوبت ارسال',
    sending: 'در حال ارسال',
    sent: 'فرستاده شد',
    delivered: 'رسید',
    read: 'خوانده شد',
    failed: 'نرسید',
  },
  roles: { agent: 'کارشناس', supervisor: 'سرپرست', admin: 'مدیر', auditor: 'حسابرس' },
};

export const times: Words['times'] = {
  now: 'اکنون',
  secondsAgo: (n) => `${n} ثانیه پیش`,
  minutesAgo: (n) => `${n} دقیقه پیش`,
  hoursAgo: (n) => `${n} ساعت پیش`,
  soon: 'کمتر از یک دقیقهٔ دیگر',
  inMinutes: (n) => `${n} دقیقهٔ دیگر`,
  inHours: (n) => `${n} ساعت دیگر`,
  inDays: (n) => `${n} روز دیگر`,
};

export const presence: Words['presence'] = {
  away: 'در صفحه نیست',
  there: { active: 'در صفحه', typing: 'در صفحه، در حال نوشتن', idle: 'در صفحه، بی‌حرکت' },
  watchers: (names, more) => {
    const all = more === 0 ? [...names] : [...names, `${more} نفر دیگر`];
    const last = all.pop() ?? '';
    const who = all.length === 0 ? last : `${all.join('، ')} و ${last}`;
    return `بینندگان دیگر این پیوند: ${who}.`;
  },
};

export const failures: Words['failures'] = {
  title: 'این بخش بارگذاری نشد',
  offline: 'سرویس در دسترس نیست. اتصال خود را بررسی کنید.',
  timeout: 'سرویس به‌موقع پاسخ نداد.',
  busy: 'درخواست‌ها در این لحظه زیاد است. کمی بعد دوباره تلاش کنید.',
  service: 'سرویس مشکلی دارد. کمی بعد دوباره تلاش کنید.',
  sessionOver: 'نشست شما پایان یافته است.',
  other: 'مشکلی پیش آمد.',
  unknownFate:
    'پاسخی نرسید؛ شاید انجام شده باشد و شاید نه. دوباره تلاش کنید: دو بار انجام نمی‌شود.',
};

export const settings: Words['settings'] = {
  title: 'تنظیمات',
  nav: 'بخش‌های تنظیمات',
  groups: { own: 'شما', house: 'کسب‌وکار شما' },
  parts: {
    account: 'حساب من',
    sessions: 'نشست‌ها',
    'canned-replies': 'پاسخ‌های آماده',
    guidance: 'چه بگوییم',
    people: 'افراد',
    teams: 'گروه‌ها',
    roles: 'نقش‌ها',
    keys: 'کلیدهای API',
    accounts: 'حساب‌ها',
    brand: 'نشان تجاری',
    templates: 'متن پیام‌ها',
    webhooks: 'وب‌هوک‌ها',
    'page-security': 'امنیت صفحهٔ پرداخت',
    limits: 'سقف‌ها و تأییدها',
    retention: 'مدت نگه‌داری داده‌ها',
    journal: 'دفتر رویدادها',
  },
};
