/** سقف‌ها و تأییدها: هر تنظیم با کاری که می‌کند. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'سقف‌ها و تأییدها',
  lead: 'چه کاری نفر دوم می‌خواهد، قواعد ضدتقلب کِی وارد عمل می‌شوند، و هشدارها به چه کسی می‌رسند. هر تغییر، با نام کسی که آن را داده، در دفتر رویدادها ثبت می‌شود.',
  save: 'ذخیره',
  saved: 'ذخیره شد.',
  whoMay: 'مدیران این‌ها را تغییر می‌دهند.',
  unsaved: 'هنوز ذخیره نشده',
  usual: (value) => `پیش‌فرض: ${value}`,
  notSet: 'تعیین نشده',
  on: 'روشن',
  off: 'خاموش',
  back: 'بازگشت به پیش‌فرض',
  backName: (label) => `بازگشت به پیش‌فرض: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'این را نمی‌توان تنظیم کرد.'
      : `عددی از ${least} تا ${most}.`,
  badList: 'کدهای شناخته‌شده، با ویرگول میانشان.',
  badNumber: 'یک عدد، مانند 0.04.',
  cards: {
    approvals: 'نفر دوم',
    signIn: 'ورود',
    fraud: 'قواعد ضدتقلب',
    alerts: 'هشدار برای سرپرستان',
    page: 'صفحهٔ پرداخت',
    sms: 'پیامک',
    prices: 'هزینهٔ پیام‌ها',
    retention: 'قواعد',
  },
  leads: {
    fraud:
      'با رسیدن به هر سقف، یا از بانک تأیید خواسته می‌شود، یا مبلغ تا بازبینی یک فرد مسدود می‌ماند، یا جلوی تلاش گرفته می‌شود. مبلغ‌ها به پوند، یورو یا دلار و بدون اعشارند، و در ارزهای دیگر هم‌ارز آن. شمارش‌ها فقط جایی اثر دارند که تلاش‌های ردشده بیش از پرداخت‌شده باشد.',
    alerts: 'آنچه باید در این بازه رخ دهد تا سرپرستان باخبر شوند.',
    retention:
      'به روز، از زمان ساخت یا آخرین استفاده. آنچه مدتش بگذرد برای همیشه حذف می‌شود؛ حذف روزی یک بار انجام می‌شود. مبلغ‌های پول و دفتر رویدادها می‌مانند.',
    prices: 'برای پیام‌هایی که ارائه‌دهنده قیمتشان را نمی‌گوید: در گزارش‌ها برآورد می‌شود.',
  },
  words: {
    progress: { full: 'هر گام', coarse: 'باز شدن، ثبت و نتیجه' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'پیوندهای بالای این مبلغ',
      hint: 'بدون اعشار؛ خالی: هرگز',
    },
    'approvals.refund_amount_units': {
      label: 'بازپرداخت‌های بالای این مبلغ',
      hint: 'بدون اعشار؛ خالی: هرگز',
    },
    'mfa.required_for': { label: 'عامل دوم خواسته می‌شود از' },
    'single_sign_on.accept_second_factor': {
      label: 'عامل دومی که ورود سازمان شما بررسی کرده، کافی است',
    },
    'single_sign_on.refuse_passwords': {
      label: 'هر که با حساب سازمان وارد شده، دیگر نمی‌تواند با گذرواژه وارد شود',
      hint: 'گذرواژهٔ مدیران می‌ماند، برای روزی که ورود سازمان در دسترس نباشد',
    },
    'retention.sessions_days': { label: 'نشست‌های پایان‌یافته' },
    'retention.visitors_days': { label: 'مرورگرهایی که در گفت‌وگوی وب نوشته‌اند' },
    'retention.page_reports_days': { label: 'آنچه مرورگرها در صفحهٔ پرداخت جلویش را گرفتند' },
    'retention.message_bodies_days': {
      label: 'متن و نشانی پیام‌ها',
      hint: 'خالی: تا زمان پاک شدن',
    },
    'retention.contact_words_days': {
      label: 'متن یادداشت‌ها، نظرهای نظرسنجی و تماس‌ها',
      hint: 'خالی: تا زمان پاک شدن',
    },
    'retention.customers_days': { label: 'مشتریان بدون تماس', hint: 'خالی: تا زمان پاک شدن' },
    'fraud.challenge_amount_units': { label: 'تأیید بانک از این مبلغ به بالا' },
    'fraud.review_amount_units': { label: 'بازبینی یک فرد از این مبلغ به بالا' },
    'fraud.block_amount_units': { label: 'جلوگیری از پرداخت، از این مبلغ به بالا' },
    'fraud.link_declines_hour_challenge': { label: 'رد شدن روی یک پیوند در یک ساعت: تأیید بانک' },
    'fraud.link_declines_hour_block': { label: 'رد شدن روی یک پیوند در یک ساعت: جلوگیری' },
    'fraud.link_cards_hour_challenge': { label: 'کارت‌های یک پیوند در یک ساعت: تأیید بانک' },
    'fraud.link_cards_hour_block': { label: 'کارت‌های یک پیوند در یک ساعت: جلوگیری' },
    'fraud.address_declines_hour_challenge': {
      label: 'رد شدن از یک نشانی شبکه در یک ساعت: تأیید بانک',
    },
    'fraud.address_declines_hour_block': { label: 'رد شدن از یک نشانی شبکه در یک ساعت: جلوگیری' },
    'fraud.address_links_hour_challenge': {
      label: 'پیوندهای آزموده از یک نشانی شبکه در یک ساعت: تأیید بانک',
    },
    'fraud.address_links_hour_block': {
      label: 'پیوندهای آزموده از یک نشانی شبکه در یک ساعت: جلوگیری',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'رد شدن روی یک دستگاه در یک ساعت: تأیید بانک',
    },
    'fraud.device_declines_hour_block': { label: 'رد شدن روی یک دستگاه در یک ساعت: جلوگیری' },
    'fraud.device_cards_hour_challenge': { label: 'کارت‌های یک دستگاه در یک ساعت: تأیید بانک' },
    'fraud.device_cards_hour_block': { label: 'کارت‌های یک دستگاه در یک ساعت: جلوگیری' },
    'fraud.card_declines_day_challenge': { label: 'رد شدن یک کارت در یک روز: تأیید بانک' },
    'fraud.card_declines_day_block': { label: 'رد شدن یک کارت در یک روز: جلوگیری' },
    'fraud.card_links_hour_challenge': {
      label: 'پیوندهایی که یک کارت در یک ساعت می‌پردازد: تأیید بانک',
    },
    'fraud.bin_cards_hour_challenge': {
      label: 'کارت‌های ردشده از بازهٔ شمارهٔ یک بانک در یک ساعت: تأیید بانک',
    },
    'fraud.bin_cards_hour_block': {
      label: 'کارت‌های ردشده از بازهٔ شمارهٔ یک بانک در یک ساعت: جلوگیری',
    },
    'fraud.small_amount_units': {
      label: 'مبلغ کوچک یعنی تا',
      hint: 'کارت‌های دزدی را با مبلغ کوچک می‌آزمایند',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'رد شدن‌های کوچک از یک نشانی شبکه در یک ساعت: جلوگیری',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'رد شدن‌های کوچک کل کسب‌وکار در یک ساعت: تأیید بانک',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'سهم رد شدن در کل کسب‌وکار از این تعداد تلاش در یک ساعت به بالا حساب می‌شود',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'رد شدن در کل کسب‌وکار، درصد: تأیید بانک',
    },
    'fraud.usual_payments_least': { label: 'مبلغ معمول از این تعداد پرداخت به بعد معلوم می‌شود' },
    'fraud.usual_times_challenge': { label: 'چند برابر مبلغ معمول: تأیید بانک' },
    'fraud.customer_payments_least': {
      label: 'مبلغ معمول یک مشتری از این تعداد پرداخت به بعد معلوم می‌شود',
    },
    'fraud.customer_times_challenge': { label: 'چند برابر مبلغ معمول مشتری: تأیید بانک' },
    'fraud.unusual_amount_units_least': { label: 'مبلغ‌های کمتر از این هرگز نامعمول نیستند' },
    'fraud.countries_expected': {
      label: 'کارت‌ها از این کشورها انتظار می‌رود',
      hint: 'کد کشورها؛ خالی: از همه‌جا',
    },
    'fraud.countries_blocked': { label: 'کارت‌های این کشورها پذیرفته نمی‌شود', hint: 'کد کشورها' },
    'fraud.country_amount_units_challenge': {
      label: 'کارت از کشور دیگر: تأیید بانک از این مبلغ به بالا',
    },
    'fraud.own_link_days_review': {
      label: 'شمار روزهایی که به عقب بررسی می‌شود تا کارشناسی که پیوند خودش را می‌پردازد پیدا شود',
      hint: '0: بررسی نمی‌شود',
    },
    'fraud.review_hours': { label: 'مهلت بازبینی، به ساعت' },
    'alerts.window_minutes': { label: 'بازه، به دقیقه' },
    'alerts.tries_least': { label: 'سهم ردشده‌ها: از این تعداد تلاش به بالا' },
    'alerts.declined_percent': { label: 'ردشده، درصد' },
    'alerts.messages_least': { label: 'سهم پیام‌های نرسیده: از این تعداد پیام به بالا' },
    'alerts.messages_failed_percent': { label: 'پیام‌های نرسیده، درصد' },
    'alerts.unanswered_least': { label: 'تلاش‌هایی که ارائه‌دهندهٔ پرداخت بی‌پاسخ گذاشت' },
    'alerts.blocked_least': { label: 'تلاش‌هایی که قواعد ضدتقلب جلویشان را گرفتند' },
    'page.progress': { label: 'آنچه کارشناسان از گام‌های مشتری می‌بینند' },
    'pay_page_time.extension_minutes': {
      label: 'مشتری می‌تواند پایان مهلت را عقب بیندازد، به دقیقه',
    },
    'pay_page_time.extensions_max': { label: 'چند بار می‌تواند', hint: '0: هرگز' },
    'survey.enabled': { label: 'پرسیدن از مشتری، پس از پرداخت، که چگونه بود' },
    'receipts.automatic_email': { label: 'ارسال رسید با ایمیل پس از هر پرداخت' },
    'sms.countries': {
      label: 'کشورهای مقصد افزون بر کشور خودتان',
      hint: 'کد کشورها؛ خالی: همه‌جا',
    },
    'sms.daily_max': { label: 'بیشترین تعداد پیام در 24 ساعت', hint: 'خالی: بی‌سقف' },
    'stop.confirm_at': {
      label: 'نزد این ارائه‌دهندگان، دریافت STOP را خود ما به مشتری تأیید می‌کنیم',
    },
    'message_prices.currency': { label: 'ارز', hint: 'مانند GBP' },
    'message_prices.sms': { label: 'پیامک، هر بخش' },
    'message_prices.email': { label: 'ایمیل' },
  },
};
