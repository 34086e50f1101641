/** الحدود والموافقات: كل إعداد وما يفعله. */
import type { Words } from '../catalogue';

export const limits: NonNullable<Words['limits']> = {
  title: 'الحدود والموافقات',
  lead: 'ما يحتاج إلى شخص ثانٍ، ومتى تتدخل قواعد الاحتيال، وإلى من تصل التنبيهات. كل تغيير في السجل مع اسم من أجراه.',
  save: 'حفظ',
  saved: 'حُفظ.',
  whoMay: 'يغيّرها المسؤولون.',
  unsaved: 'لم يُحفظ بعد',
  usual: (value) => `المعتاد: ${value}`,
  notSet: 'غير محدد',
  on: 'مفعّل',
  off: 'موقوف',
  back: 'العودة إلى المعتاد',
  backName: (label) => `العودة إلى المعتاد: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined ? 'لا يمكن ضبط هذا.' : `عدد من ${least} إلى ${most}.`,
  badList: 'رموز معروفة، تفصل بينها فواصل.',
  badNumber: 'عدد، مثل 0.04.',
  cards: {
    approvals: 'شخص ثانٍ',
    signIn: 'تسجيل الدخول',
    fraud: 'قواعد الاحتيال',
    alerts: 'تنبيهات المشرفين',
    page: 'صفحة الدفع',
    sms: 'رسائل SMS',
    prices: 'تكلفة الرسائل',
    retention: 'القواعد',
  },
  leads: {
    fraud:
      'إذا بُلغ حدّ طُلب تأكيد من البنك، أو حُجز المال حتى ينظر فيه شخص، أو مُنعت المحاولة. المبالغ بالجنيهات أو اليوروهات أو الدولارات الصحيحة، وما يعادلها في غيرها. ولا تسري الأعداد إلا حيث زادت المحاولات المرفوضة على المدفوعة.',
    alerts: 'ما يجب أن يحدث خلال المدة المراقَبة قبل إبلاغ المشرفين.',
    retention:
      'بالأيام، من وقت الإنشاء أو آخر استعمال. وما انقضت مدته يُحذف نهائياً، مرة كل يوم؛ وتبقى مبالغ المال والسجل.',
    prices: 'للرسائل التي لا يذكر مزوّدها سعرها: تقدير في التقارير.',
  },
  words: {
    progress: { full: 'كل خطوة', coarse: 'الفتح والتقديم والنتيجة' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'الروابط فوق هذا المبلغ',
      hint: 'وحدات صحيحة من العملة؛ إن تُرك فارغاً: لا يُشترط أبداً',
    },
    'approvals.refund_amount_units': {
      label: 'ردّ المال فوق هذا المبلغ',
      hint: 'وحدات صحيحة من العملة؛ إن تُرك فارغاً: لا يُشترط أبداً',
    },
    'mfa.required_for': { label: 'يُشترط العامل الثاني على' },
    'single_sign_on.accept_second_factor': {
      label: 'يكفي عامل ثانٍ تحققت منه خدمة الدخول في مؤسستكم',
    },
    'single_sign_on.refuse_passwords': {
      label: 'من دخل بحساب المؤسسة لا يستطيع استعمال كلمة مرور',
      hint: 'تبقى للمسؤولين كلمات مرورهم، ليوم تتعطل فيه خدمة الدخول',
    },
    'retention.sessions_days': { label: 'الجلسات المنتهية' },
    'retention.visitors_days': { label: 'المتصفحات التي كتبت في محادثة الموقع' },
    'retention.page_reports_days': { label: 'ما أوقفته المتصفحات في صفحة الدفع' },
    'retention.message_bodies_days': {
      label: 'نصوص الرسائل وعناوينها',
      hint: 'إن تُرك فارغاً: حتى المحو',
    },
    'retention.contact_words_days': {
      label: 'نصوص الملاحظات وتعليقات الاستبيان والتواصل',
      hint: 'إن تُرك فارغاً: حتى المحو',
    },
    'retention.customers_days': { label: 'عملاء بلا تواصل', hint: 'إن تُرك فارغاً: حتى المحو' },
    'fraud.challenge_amount_units': { label: 'تأكيد البنك من هذا المبلغ' },
    'fraud.review_amount_units': { label: 'مراجعة شخص من هذا المبلغ' },
    'fraud.block_amount_units': { label: 'المنع من هذا المبلغ' },
    'fraud.link_declines_hour_challenge': {
      label: 'الرفض على رابط واحد في الساعة: تأكيد البنك',
    },
    'fraud.link_declines_hour_block': { label: 'الرفض على رابط واحد في الساعة: المنع' },
    'fraud.link_cards_hour_challenge': {
      label: 'البطاقات على رابط واحد في الساعة: تأكيد البنك',
    },
    'fraud.link_cards_hour_block': { label: 'البطاقات على رابط واحد في الساعة: المنع' },
    'fraud.address_declines_hour_challenge': {
      label: 'الرفض من عنوان شبكة واحد في الساعة: تأكيد البنك',
    },
    'fraud.address_declines_hour_block': {
      label: 'الرفض من عنوان شبكة واحد في الساعة: المنع',
    },
    'fraud.address_links_hour_challenge': {
      label: 'الروابط المجرَّبة من عنوان شبكة واحد في الساعة: تأكيد البنك',
    },
    'fraud.address_links_hour_block': {
      label: 'الروابط المجرَّبة من عنوان شبكة واحد في الساعة: المنع',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'الرفض على جهاز واحد في الساعة: تأكيد البنك',
    },
    'fraud.device_declines_hour_block': { label: 'الرفض على جهاز واحد في الساعة: المنع' },
    'fraud.device_cards_hour_challenge': {
      label: 'البطاقات على جهاز واحد في الساعة: تأكيد البنك',
    },
    'fraud.device_cards_hour_block': { label: 'البطاقات على جهاز واحد في الساعة: المنع' },
    'fraud.card_declines_day_challenge': {
      label: 'رفض البطاقة الواحدة في اليوم: تأكيد البنك',
    },
    'fraud.card_declines_day_block': { label: 'رفض البطاقة الواحدة في اليوم: المنع' },
    'fraud.card_links_hour_challenge': {
      label: 'الروابط التي تدفعها بطاقة واحدة في الساعة: تأكيد البنك',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'البطاقات المرفوضة من نطاق بنك واحد في الساعة: تأكيد البنك',
    },
    'fraud.bin_cards_hour_block': {
      label: 'البطاقات المرفوضة من نطاق بنك واحد في الساعة: المنع',
    },
    'fraud.small_amount_units': {
      label: 'المبلغ الصغير حتى',
      hint: 'بالمبالغ الصغيرة تُجرَّب البطاقات المسروقة',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'رفض المبالغ الصغيرة من عنوان شبكة واحد في الساعة: المنع',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'رفض المبالغ الصغيرة في عملكم كله في الساعة: تأكيد البنك',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'تُعتبر نسبة الرفض في عملكم كله من هذا العدد من المحاولات في الساعة',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'الرفض في عملكم كله، بالمئة: تأكيد البنك',
    },
    'fraud.usual_payments_least': { label: 'يُعرف المعتاد بعد هذا العدد من الدفعات' },
    'fraud.usual_times_challenge': { label: 'المبلغ المعتاد مضروباً في هذا العدد: تأكيد البنك' },
    'fraud.customer_payments_least': {
      label: 'يُعرف المعتاد لدى العميل بعد هذا العدد من الدفعات',
    },
    'fraud.customer_times_challenge': {
      label: 'المبلغ المعتاد لدى العميل مضروباً في هذا العدد: تأكيد البنك',
    },
    'fraud.unusual_amount_units_least': { label: 'ما دون هذا المبلغ لا يُعدّ غير معتاد أبداً' },
    'fraud.countries_expected': {
      label: 'تُتوقع البطاقات من',
      hint: 'رموز دول؛ إن تُرك فارغاً: من أي مكان',
    },
    'fraud.countries_blocked': { label: 'تُرفض البطاقات من', hint: 'رموز دول' },
    'fraud.country_amount_units_challenge': {
      label: 'من دولة أخرى: تأكيد البنك من هذا المبلغ',
    },
    'fraud.own_link_days_review': {
      label: 'عدد الأيام السابقة التي يُبحث فيها عن موظف يدفع رابطه بنفسه',
      hint: '0: لا يُبحث عن ذلك',
    },
    'fraud.review_hours': { label: 'عدد الساعات حتى تسقط المراجعة' },
    'alerts.window_minutes': { label: 'المدة المراقَبة، بالدقائق' },
    'alerts.tries_least': { label: 'نسبة الرفض: من هذا العدد من المحاولات' },
    'alerts.declined_percent': { label: 'المرفوض، بالمئة' },
    'alerts.messages_least': {
      label: 'نسبة الرسائل التي لم تصل: من هذا العدد من الرسائل',
    },
    'alerts.messages_failed_percent': { label: 'الرسائل التي لم تصل، بالمئة' },
    'alerts.unanswered_least': { label: 'محاولات لم يجب عنها مزوّد دفع' },
    'alerts.blocked_least': { label: 'محاولات أوقفتها قواعد الاحتيال' },
    'page.progress': { label: 'ما يراه الموظفون من خطوات العميل' },
    'pay_page_time.extension_minutes': { label: 'يمكن للعملاء تأخير الانتهاء، بالدقائق' },
    'pay_page_time.extensions_max': { label: 'كم مرة يمكنهم ذلك', hint: '0: لا يمكنهم' },
    'survey.enabled': { label: 'سؤال العملاء بعد الدفع كيف كان' },
    'receipts.automatic_email': { label: 'إرسال إيصال بالبريد الإلكتروني بعد كل دفع' },
    'sms.countries': {
      label: 'الدول التي يُرسل إليها غير دولتكم',
      hint: 'رموز دول؛ إن تُرك فارغاً: إلى أي مكان',
    },
    'sms.daily_max': { label: 'أقصى عدد من الرسائل في 24 ساعة', hint: 'إن تُرك فارغاً: بلا حد' },
    'stop.confirm_at': { label: 'نؤكد نحن طلب STOP لدى هؤلاء المزوّدين' },
    'message_prices.currency': { label: 'العملة', hint: 'مثل GBP' },
    'message_prices.sms': { label: 'رسالة SMS، للجزء الواحد' },
    'message_prices.email': { label: 'البريد الإلكتروني' },
    'message_prices.whatsapp': { label: 'واتساب' },
    'message_prices.messenger': { label: 'ماسنجر' },
    'message_prices.instagram': { label: 'إنستغرام' },
    'message_prices.telegram': { label: 'تيليغرام' },
  },
};
