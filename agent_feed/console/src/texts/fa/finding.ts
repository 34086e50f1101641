/** چه کسی می‌پردازد، چگونه به او می‌رسیم و چه می‌خواند. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'یافتن مشتری',
  findHint: 'نام، تلفن، ایمیل، شماره',
  results: 'مشتریان پیداشده',
  none: 'کسی پیدا نشد. اطلاعات را در زیر بنویسید.',
  failed: 'جست‌وجو پاسخ نداد. اطلاعات را در زیر بنویسید.',
  found: (count) => `${count} مشتری پیدا شد`,
  unnamed: 'نام نامعلوم',
  prefers: (channel) => `ترجیح: ${channel}`,
  stoppedShort: (channels) => `نمی‌خواهد: ${channels}`,
  consent: {
    stopped: 'مشتری این پیام‌ها را متوقف کرده است: ارسال پذیرفته نمی‌شود.',
    granted: 'مشتری با این پیام‌ها موافقت کرده است.',
    failed: 'آخرین پیام نرسید.',
    preferred: 'کانال دلخواه.',
  },
  language: 'زبان',
  languageHint: 'پیام و صفحه',
  automatic: 'به زبان دستگاه مشتری',

  preview: {
    open: 'پیش‌نمایش پیام',
    close: 'پنهان کردن پیش‌نمایش',
    nothing: 'کانال و مبلغ را انتخاب کنید تا ببینید چه فرستاده می‌شود.',
    failed: 'پیش‌نمایش ساخته نشد.',
    subject: 'موضوع',
    segments: (count, units) => `${count} پیامک، ${units} نویسه`,
    unicode: 'با نویسه‌هایی که گنجایش هر پیامک را نصف می‌کنند',
  },
  templates: {
    label: 'قالب‌ها',
    hint: (number) => `Alt + ${number}`,
    save: 'ذخیره به‌عنوان قالب',
    name: 'نام قالب',
    saveIt: 'ذخیره',
    forget: (name) => `حذف قالب ${name}`,
    empty: 'نخست شرح را بنویسید تا قالب چیزی برای نگه‌داشتن داشته باشد.',
    full: 'هشت قالب دارید. نخست یکی را حذف کنید.',
    saved: 'در این مرورگر ذخیره شد.',
    used: (name) => `با قالب ${name} پر شد.`,
  },
};
