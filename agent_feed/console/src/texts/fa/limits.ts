/** سقف‌ها و تأییدها: هر تنظیم با کاری که می‌کند. */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'سقف‌ها و تأییدها',
  lead: 'چه چیز نفر دوم می‌خواهد، قواعد تقلب کی وارد می‌شوند، هشدارها به چه کسی می‌رسند. هر تغییر با انجام‌دهنده‌اش در دفتر رویدادهاست.',
  save: 'ذخیره',
  saved: 'ذخیره شد.',
  whoMay: 'مدیران تغییر می‌دهند.',
  unsaved: 'هنوز ذخیره نشده',
  usual: (value) => `معمولاً ${value}`,
  notSet: 'تعیین‌نشده',
  on: 'روشن',
  off: 'خاموش',
  back: 'بازگشت به معمول',
  backName: (label) => `بازگشت به معمول: ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'این را نمی‌توان تنظیم کرد.'
      : `عددی از ${least} تا ${most}.`,
  badList: 'کدهای شناخته‌شده، با ویرگول میانشان.',
  badNumber: 'یک عدد، مانند 0.04.',
  cards: {
    approvals: 'نفر دوم',
    signIn: 'ورود',
    fraud: 'قواعد تقلب',
    alerts: 'هشدار برای سرپرستان',
    page: 'صفحهٔ پرداخت',
    sms: 'پیامک',
    prices: 'هزینهٔ پیام‌ها',
    retention: 'قواعد',
  },
  leads: {
    fraud:
      'سقفی که برسد از بانک تأیید می‌خواهد، پول را تا نگاه یک فرد نگه می‌دارد، یا تلاش را می‌بندد. مبلغ‌ها پوند، یورو یا دلار کامل‌اند و برابرشان در جای دیگر. شمارش‌ها فقط جایی اثر دارند که ردشده‌ها بیش از پرداخت‌شده‌ها باشد.',
    alerts: 'در این بازه چه باید رخ دهد تا سرپرستان باخبر شوند.',
    retention:
      'به روز، از زمان ساختن یا آخرین استفاده. پس از آن روزی یک بار برای همیشه حذف می‌شود؛ مبلغ‌ها و دفتر رویدادها می‌مانند.',
    prices: 'برای پیام‌هایی که ارائه‌دهنده قیمتشان را نمی‌گوید: برآوردی در گزارش‌ها.',
  },
  words: {
    progress: { full: 'هر گام', coarse: 'باز شدن، ارسال و پایان کار' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'پیوندهای بالای این مبلغ',
      hint: 'واحد کامل؛ خالی: هرگز',
    },
    'approvals.refund_amount_units': {
      label: 'بازپرداخت‌های بالای این مبلغ',
      hint: 'واحد کامل؛ خالی: هرگز',
    },
    'mfa.required_for': { label: 'عامل دوم خواسته می‌شود از' },
    'single_sign_on.accept_second_factor': {
      label: 'عامل دومی که ورود سازمان شما دیده کافی است',
    },
    'single_sign_on.refuse_passwords': {
      label: 'هر که از راه سازمان آمده گذرواژه به کار نمی‌برد',
      hint: 'مدیران گذرواژهٔ خود را برای روزی که آن از کار بیفتد نگه می‌دارند',
    },
    'retention.sessions_days': { label: 'نشست‌های پایان‌یافته' },
    'retention.visitors_days': { label: 'مرورگرهایی که در چت سایت نوشتند' },
    'retention.page_reports_days': { label: 'آنچه مرورگرها در صفحهٔ پرداخت متوقف کردند' },
    'retention.message_bodies_days': {
      label: 'متن و نشانی پیام‌ها',
      hint: 'خالی: تا پاک شدن',
    },
    'retention.contact_words_days': {
      label: 'متن یادداشت‌ها، نظرهای نظرسنجی و تماس‌ها',
      hint: 'خالی: تا پاک شدن',
    },
    'retention.customers_days': { label: 'مشتریان بی‌تماس', hint: 'خالی: تا پاک شدن' },
    'fraud.challenge_amount_units': { label: 'تأیید بانک از این مبلغ' },
    'fraud.review_amount_units': { label: 'نگاه یک فرد از این مبلغ' },
    'fraud.block_amount_units': { label: 'بستن از این مبلغ' },
    'fraud.link_declines_hour_challenge': { label: 'ردشدن روی یک پیوند در ساعت: تأیید' },
    'fraud.link_declines_hour_block': { label: 'ردشدن روی یک پیوند در ساعت: بستن' },
    'fraud.link_cards_hour_challenge': { label: 'کارت‌های یک پیوند در ساعت: تأیید' },
    'fraud.link_cards_hour_block': { label: 'کارت‌های یک پیوند در ساعت: بستن' },
    'fraud.address_declines_hour_challenge': {
      label: 'ردشدن از یک نشانی شبکه در ساعت: تأیید',
    },
    'fraud.address_declines_hour_block': { label: 'ردشدن از یک نشانی شبکه در ساعت: بستن' },
    'fraud.address_links_hour_challenge': {
      label: 'پیوندهای آزموده از یک نشانی شبکه در ساعت: تأیید',
    },
    'fraud.address_links_hour_block': {
      label: 'پیوندهای آزموده از یک نشانی شبکه در ساعت: بستن',
    },
    'fraud.device_declines_hour_challenge': { label: 'ردشدن روی یک دستگاه در ساعت: تأیید' },
    'fraud.device_declines_hour_block': { label: 'ردشدن روی یک دستگاه در ساعت: بستن' },
    'fraud.device_cards_hour_challenge': { label: 'کارت‌های یک دستگاه در ساعت: تأیید' },
    'fraud.device_cards_hour_block': { label: 'کارت‌های یک دستگاه در ساعت: بستن' },
    'fraud.card_declines_day_challenge': { label: 'ردشدن یک کارت در روز: تأیید' },
    'fraud.card_declines_day_block': { label: 'ردشدن یک کارت در روز: بستن' },
    'fraud.card_links_hour_challenge': { label: 'پیوندهایی که یک کارت در ساعت می‌پردازد: تأیید' },
    'fraud.bin_cards_hour_challenge': {
      label: 'کارت‌های ردشدهٔ بازهٔ یک بانک در ساعت: تأیید',
    },
    'fraud.bin_cards_hour_block': { label: 'کارت‌های ردشدهٔ بازهٔ یک بانک در ساعت: بستن' },
    'fraud.small_amount_units': {
      label: 'مبلغ کوچک تا',
      hint: 'کارت‌های دزدی را با مبلغ کوچک می‌آزمایند',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'ردشدن‌های کوچک از یک نشانی شبکه در ساعت: بستن',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'ردشدن‌های کوچک کل کسب‌وکار در ساعت: تأیید',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'سهم ردشدن کسب‌وکار از این شمار تلاش در ساعت حساب می‌شود',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'ردشدن در کل کسب‌وکار، درصد: تأیید',
    },
    'fraud.usual_payments_least': { label: 'معمول از این شمار پرداخت دانسته می‌شود' },
    'fraud.usual_times_challenge': { label: 'چند برابر مبلغ معمول: تأیید' },
    'fraud.customer_payments_least': {
      label: 'معمول یک مشتری از این شمار پرداخت دانسته می‌شود',
    },
    'fraud.customer_times_challenge': { label: 'چند برابر مبلغ معمول مشتری: تأیید' },
    'fraud.unusual_amount_units_least': { label: 'پایین‌تر از این هرگز نامعمول نیست' },
    'fraud.countries_expected': {
      label: 'کارت انتظار می‌رود از',
      hint: 'کد کشورها؛ خالی: از همه‌جا',
    },
    'fraud.countries_blocked': { label: 'کارت رد می‌شود از', hint: 'کد کشورها' },
    'fraud.country_amount_units_challenge': { label: 'از کشور دیگر: تأیید از این مبلغ' },
    'fraud.own_link_days_review': {
      label: 'چند روز به عقب در پی کارشناسی که پیوند خود را می‌پردازد',
      hint: '0: جست‌وجو نمی‌شود',
    },
    'fraud.review_hours': { label: 'ساعت تا پایان مهلت بررسی' },
    'alerts.window_minutes': { label: 'بازه، به دقیقه' },
    'alerts.tries_least': { label: 'سهم ردشدن: از این شمار تلاش' },
    'alerts.declined_percent': { label: 'ردشده، درصد' },
    'alerts.messages_least': { label: 'سهم پیام‌های ناکام: از این شمار پیام' },
    'alerts.messages_failed_percent': { label: 'پیام‌های ناکام، درصد' },
    'alerts.unanswered_least': { label: 'تلاش‌هایی که ارائه‌دهندهٔ پرداخت بی‌پاسخ گذاشت' },
    'alerts.blocked_least': { label: 'تلاش‌هایی که قواعد تقلب بستند' },
    'page.progress': { label: 'کارشناسان از گام‌های مشتری می‌بینند' },
    'pay_page_time.extension_minutes': { label: 'مشتری می‌تواند پایان را عقب ببرد، به دقیقه' },
    'pay_page_time.extensions_max': { label: 'چند بار', hint: '0: هرگز' },
    'survey.enabled': { label: 'پرسیدن از مشتری پس از پرداخت که چگونه بود' },
    'receipts.automatic_email': { label: 'فرستادن رسید با ایمیل پس از هر پرداخت' },
    'sms.countries': {
      label: 'کشورهای مقصد افزون بر کشور خودتان',
      hint: 'کد کشورها؛ خالی: همه‌جا',
    },
    'sms.daily_max': { label: 'بیشترین پیام در 24 ساعت', hint: 'خالی: بی‌سقف' },
    'stop.confirm_at': { label: 'STOP را نزد این ارائه‌دهندگان ما تأیید می‌کنیم' },
    'message_prices.currency': { label: 'ارز', hint: 'مانند GBP' },
    'message_prices.sms': { label: 'پیامک، هر بخش' },
    'message_prices.email': { label: 'ایمیل' },
  },
};
