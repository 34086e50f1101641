/** الحدود والموافقات: كل إعداد وما يفعله. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'الحدود والموافقات',
  lead: 'ما يحتاج إلى شخص ثانٍ، ومتى تتدخل قواعد الاحتيال، ومن تصله الإنذارات. كل تغيير في السجل مع من أجراه.',
  save: 'حفظ',
  saved: 'حُفظ.',
  whoMay: 'يغيّرها المسؤولون.',
  unsaved: 'لم يُحفظ بعد',
  usual: (value) => `المعتاد ${value}`,
  notSet: 'غير محدد',
  on: 'نعم',
  off: 'لا',
  back: 'العودة إلى المعتاد',
  backName: (label) => `العودة إلى المعتاد: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined ? 'لا يمكن ضبط هذا.' : `رقم من ${least} إلى ${most}.`,
  badList: 'رموز معروفة بينها فواصل.',
  badNumber: 'رقم، مثل 0.04.',
  cards: {
    approvals: 'شخص ثانٍ',
    signIn: 'تسجيل الدخول',
    fraud: 'قواعد الاحتيال',
    alerts: 'إنذارات للمشرفين',
    page: 'صفحة الدفع',
    sms: 'الرسائل النصية',
    prices: 'كلفة الرسائل',
    retention: 'القواعد',
  },
  leads: {
    fraud:
      'بلوغ الحد يطلب تأكيد البنك، أو يحجز المبلغ حتى ينظر فيه شخص، أو يمنع المحاولة. المبالغ بالجنيهات أو اليوروهات أو الدولارات الكاملة وما يساويها في غيرها. والأعداد تسري فقط حيث رُفض أكثر مما دُفع.',
    alerts: 'ما يجب أن يحدث خلال المدة قبل إخبار المشرفين.',
    retention:
      'بالأيام، من وقت الإنشاء أو آخر استخدام. بعد ذلك يُحذف نهائياً مرة كل يوم؛ وتبقى المبالغ والسجل.',
    prices: 'للرسائل التي لا يذكر مزوّدها سعرها: تقدير في التقارير.',
  },
  words: {
    progress: { full: 'كل خطوة', coarse: 'الفتح والإرسال وكيف انتهى' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'الروابط فوق هذا المبلغ',
      hint: 'وحدات كاملة؛ فارغ: أبداً',
    },
    'approvals.refund_amount_units': {
      label: 'ردود المبالغ فوق هذا المبلغ',
      hint: 'وحدات كاملة؛ فارغ: أبداً',
    },
    'mfa.required_for': { label: 'يُطلب العامل الثاني من' },
    'single_sign_on.accept_second_factor': {
      label: 'يكفي عامل ثانٍ رآه دخول مؤسستك',
    },
    'single_sign_on.refuse_passwords': {
      label: 'من دخل عبر المؤسسة لا يستخدم كلمة مرور',
      hint: 'يحتفظ المسؤولون بكلماتهم ليوم تعطّله',
    },
    'retention.sessions_days': { label: 'الجلسات المنتهية' },
    'retention.visitors_days': { label: 'متصفحات كتبت في دردشة الموقع' },
    'retention.page_reports_days': { label: 'ما منعته المتصفحات في صفحة الدفع' },
    'retention.message_bodies_days': {
      label: 'نصوص الرسائل وعناوينها',
      hint: 'فارغ: حتى المحو',
    },
    'retention.contact_words_days': {
      label: 'نصوص الملاحظات وتعليقات الاستبيان والتواصل',
      hint: 'فارغ: حتى المحو',
    },
    'retention.customers_days': { label: 'عملاء بلا تواصل', hint: 'فارغ: حتى المحو' },
    'fraud.challenge_amount_units': { label: 'تأكيد البنك من هذا المبلغ' },
    'fraud.review_amount_units': { label: 'نظر شخص من هذا المبلغ' },
    'fraud.block_amount_units': { label: 'المنع من هذا المبلغ' },
    'fraud.link_declines_hour_challenge': { label: 'الرفض على رابط واحد في ساعة: تأكيد' },
    'fraud.link_declines_hour_block': { label: 'الرفض على رابط واحد في ساعة: منع' },
    'fraud.link_cards_hour_challenge': { label: 'البطاقات على رابط واحد في ساعة: تأكيد' },
    'fraud.link_cards_hour_block': { label: 'البطاقات على رابط واحد في ساعة: منع' },
    'fraud.address_declines_hour_challenge': {
      label: 'الرفض من عنوان شبكة واحد في ساعة: تأكيد',
    },
    'fraud.address_declines_hour_block': { label: 'الرفض من عنوان شبكة واحد في ساعة: منع' },
    'fraud.address_links_hour_challenge': {
      label: 'الروابط المجرَّبة من عنوان شبكة واحد في ساعة: تأكيد',
    },
    'fraud.address_links_hour_block': {
      label: 'الروابط المجرَّبة من عنوان شبكة واحد في ساعة: منع',
    },
    'fraud.device_declines_hour_challenge': { label: 'الرفض على جهاز واحد في ساعة: تأكيد' },
    'fraud.device_declines_hour_block': { label: 'الرفض على جهاز واحد في ساعة: منع' },
    'fraud.device_cards_hour_challenge': { label: 'البطاقات على جهاز واحد في ساعة: تأكيد' },
    'fraud.device_cards_hour_block': { label: 'البطاقات على جهاز واحد في ساعة: منع' },
    'fraud.card_declines_day_challenge': { label: 'رفض بطاقة واحدة في يوم: تأكيد' },
    'fraud.card_declines_day_block': { label: 'رفض بطاقة واحدة في يوم: منع' },
    'fraud.card_links_hour_challenge': { label: 'روابط تدفعها بطاقة واحدة في ساعة: تأكيد' },
    'fraud.bin_cards_hour_challenge': {
      label: 'بطاقات مرفوضة من نطاق بنك واحد في ساعة: تأكيد',
    },
    'fraud.bin_cards_hour_block': { label: 'بطاقات مرفوضة من نطاق بنك واحد في ساعة: منع' },
    'fraud.small_amount_units': {
      label: 'المبلغ الصغير حتى',
      hint: 'تُجرَّب البطاقات المسروقة بمبالغ صغيرة',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'رفض مبالغ صغيرة من عنوان شبكة واحد في ساعة: منع',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'رفض مبالغ صغيرة في العمل كله في ساعة: تأكيد',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'تُحسب نسبة الرفض في العمل من هذا العدد من المحاولات في ساعة',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'الرفض في العمل كله بالمئة: تأكيد',
    },
    'fraud.usual_payments_least': { label: 'يُعرف المعتاد من هذا العدد من المدفوعات' },
    'fraud.usual_times_challenge': { label: 'أضعاف المبلغ المعتاد: تأكيد' },
    'fraud.customer_payments_least': {
      label: 'يُعرف المعتاد عند عميل من هذا العدد من المدفوعات',
    },
    'fraud.customer_times_challenge': { label: 'أضعاف المبلغ المعتاد عند العميل: تأكيد' },
    'fraud.unusual_amount_units_least': { label: 'ما دون هذا المبلغ ليس غير معتاد أبداً' },
    'fraud.countries_expected': {
      label: 'تُتوقع البطاقات من',
      hint: 'رموز الدول؛ فارغ: من أي مكان',
    },
    'fraud.countries_blocked': { label: 'تُرفض البطاقات من', hint: 'رموز الدول' },
    'fraud.country_amount_units_challenge': { label: 'من دولة أخرى: تأكيد من هذا المبلغ' },
    'fraud.own_link_days_review': {
      label: 'أيام يُنظر فيها إلى الوراء بحثاً عن موظف يدفع رابطه',
      hint: '0: لا يُبحث',
    },
    'fraud.review_hours': { label: 'ساعات حتى تسقط المراجعة' },
    'alerts.window_minutes': { label: 'المدة بالدقائق' },
    'alerts.tries_least': { label: 'نسبة الرفض: من هذا العدد من المحاولات' },
    'alerts.declined_percent': { label: 'المرفوض بالمئة' },
    'alerts.messages_least': { label: 'نسبة الرسائل الفاشلة: من هذا العدد من الرسائل' },
    'alerts.messages_failed_percent': { label: 'الرسائل الفاشلة بالمئة' },
    'alerts.unanswered_least': { label: 'محاولات تركها مزوّد الدفع بلا جواب' },
    'alerts.blocked_least': { label: 'محاولات أوقفتها قواعد الاحتيال' },
    'page.progress': { label: 'يرى الموظفون من خطوات العميل' },
    'pay_page_time.extension_minutes': { label: 'يمكن للعملاء تأجيل النهاية، بالدقائق' },
    'pay_page_time.extensions_max': { label: 'كم مرة', hint: '0: أبداً' },
    'survey.enabled': { label: 'سؤال العملاء بعد الدفع كيف كان' },
    'receipts.automatic_email': { label: 'إرسال إيصال بالبريد بعد كل دفعة' },
    'sms.countries': {
      label: 'دول يُرسل إليها غير بلدك',
      hint: 'رموز الدول؛ فارغ: أي مكان',
    },
    'sms.daily_max': { label: 'أقصى عدد رسائل في 24 ساعة', hint: 'فارغ: بلا حد' },
    'stop.confirm_at': { label: 'نؤكد STOP لدى هؤلاء المزوّدين' },
    'message_prices.currency': { label: 'العملة', hint: 'مثل SAR' },
    'message_prices.sms': { label: 'رسالة نصية، للجزء' },
    'message_prices.email': { label: 'البريد الإلكتروني' },
  },
};
