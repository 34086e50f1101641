/** أسماء قصيرة وأوقات وما تعذّر. */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'أنت',
  channels: {
    sms: 'رسالة SMS',
    email: 'البريد الإلكتروني',
    whatsapp: 'واتساب',
    messenger: 'ماسنجر',
    instagram: 'إنستغرام',
    telegram: 'تيليغرام',
    webchat: 'محادثة الموقع',
    chatbot: 'روبوت المحادثة',
    qr: 'رمز QR',
  },
  devices: { mobile: 'هاتف', tablet: 'جهاز لوحي', desktop: 'حاسوب' },
  fields: {
    number: 'رقم البطاقة',
    expiry: 'تاريخ الانتهاء',
    cvc: 'رمز الأمان',
    other: 'بيانات البطاقة',
  },
  fieldTitles: { number: 'رقم البطاقة', expiry: 'تاريخ الانتهاء', cvc: 'رمز الأمان' },
  fieldStates: {
    todo: 'ليس بعد',
    typing: 'قيد الكتابة',
    done: 'مكتمل',
    invalid: 'لم يُقبل',
  },
  steps: {
    created: 'أُنشئ',
    sent: 'أُرسل',
    delivered: 'وصل',
    opened: 'فُتح',
    card_entry: 'إدخال البطاقة',
    submitted: 'قُدّم',
    fraud_check: 'فحص الاحتيال',
    challenge: 'تأكيد البنك',
    processing: 'قيد المعالجة',
    paid: 'مدفوع',
    declined: 'مرفوض',
    expired: 'انتهت صلاحيته',
    cancelled: 'ملغى',
  },
  stages: {
    created: 'أُنشئ',
    sent: 'أُرسل',
    delivered: 'وصل',
    opened: 'فُتح',
    card_entry: 'إدخال البطاقة',
    submitted: 'قُدّم',
    fraud_check: 'فحص الاحتيال',
    challenge: 'تأكيد البنك',
    outcome: 'الدفع',
  },
  statuses: {
    active: 'نشط',
    in_progress: 'جارٍ',
    partially_paid: 'مدفوع جزئياً',
    paid: 'مدفوع',
    expired: 'انتهت صلاحيته',
    cancelled: 'ملغى',
  },
  deliveries: {
    queued: 'في انتظار الإرسال',
    sending: 'جارٍ الإرسال',
    sent: 'أُرسلت',
    delivered: 'وصلت',
    read: 'قُرئت',
    failed: 'لم تصل',
  },
  roles: { agent: 'موظف', supervisor: 'مشرف', admin: 'مسؤول', auditor: 'مدقق' },
};

export const times: Words['times'] = {
  now: 'الآن',
  secondsAgo: (n) => `قبل ${n} ث`,
  minutesAgo: (n) => `قبل ${n} د`,
  hoursAgo: (n) => `قبل ${n} س`,
  soon: 'خلال أقل من دقيقة',
  inMinutes: (n) => `خلال ${n} د`,
  inHours: (n) => `خلال ${n} س`,
  inDays: (n) => `خلال ${n} ${n > 10 ? 'يوماً' : 'أيام'}`,
};

export const presence: Words['presence'] = {
  away: 'ليس في الصفحة',
  there: { active: 'في الصفحة', typing: 'في الصفحة، يكتب', idle: 'في الصفحة، بلا حركة' },
  watchers: (names, more) => {
    const others = more === 0 ? '' : more === 1 ? ' وشخص آخر' : ` و${more} آخرون`;
    return `يشاهد هذا الرابط أيضاً: ${names.join('، ')}${others}.`;
  },
};

export const failures: Words['failures'] = {
  title: 'تعذّر التحميل',
  offline: 'لا يمكن الوصول إلى الخدمة. تحقق من اتصالك.',
  timeout: 'لم تُجب الخدمة في الوقت المناسب.',
  busy: 'الطلبات كثيرة الآن. حاول بعد لحظة.',
  service: 'في الخدمة عطل. حاول بعد لحظة.',
  sessionOver: 'انتهت جلستك.',
  other: 'حدث خطأ ما.',
  unknownFate: 'لم يصل جواب، فقد يكون الأمر تمّ أو لم يتم. حاول مرة أخرى: لن يتم مرتين.',
};

export const settings: Words['settings'] = {
  title: 'الإعدادات',
  nav: 'أقسام الإعدادات',
  groups: { own: 'أنت', house: 'عملك' },
  parts: {
    account: 'حسابي',
    sessions: 'الجلسات',
    'canned-replies': 'ردود جاهزة',
    guidance: 'ماذا تقول',
    people: 'الأشخاص',
    teams: 'الفِرق',
    roles: 'الأدوار',
    keys: 'مفاتيح API',
    accounts: 'حسابات المزوّدين',
    brand: 'الهوية',
    templates: 'نصوص الرسائل',
    webhooks: 'Webhooks',
    'page-security': 'أمان صفحة الدفع',
    limits: 'الحدود والموافقات',
    retention: 'مدة الاحتفاظ بالبيانات',
    journal: 'السجل',
  },
};
