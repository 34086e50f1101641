/** من يدفع وكيف نصل إليه وماذا يقرأ. */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: 'ابحث عن عميل',
  findHint: 'الاسم أو الهاتف أو البريد أو الرقم',
  results: 'العملاء',
  none: 'لا أحد. املأ بياناته أدناه.',
  failed: 'لم يُجب البحث. املأ البيانات أدناه.',
  found: (count) => `عدد العملاء: ${count}`,
  unnamed: 'الاسم غير معروف',
  prefers: (channel) => `يفضّل ${channel}`,
  stoppedShort: (channels) => `أوقف ${channels}`,
  consent: {
    stopped: 'أوقف العميل هذه الرسائل: سيُرفض الإرسال.',
    granted: 'وافق العميل على هذه الرسائل.',
    failed: 'لم تصل الأخيرة.',
    preferred: 'المفضّلة.',
  },
  language: 'اللغة',
  languageHint: 'للرسالة والصفحة',
  automatic: 'كجهاز العميل',
  preview: {
    open: 'معاينة الرسالة',
    close: 'إخفاء المعاينة',
    nothing: 'اختر قناة ومبلغاً لترى ما سيُرسل.',
    failed: 'تعذّرت المعاينة.',
    subject: 'الموضوع',
    segments: (count, units) => `أجزاء SMS: ${count}، الأحرف: ${units}`,
    unicode: 'بأحرف تنصّف ما تسعه الرسالة',
  },
  templates: {
    label: 'القوالب',
    hint: (number) => `Alt + ${number}`,
    save: 'احفظ قالباً',
    name: 'اسم القالب',
    saveIt: 'حفظ',
    forget: (name) => `انسَ القالب ${name}`,
    empty: 'املأ الوصف أولاً ليكون للقالب ما يحفظه.',
    full: 'هناك ثمانية. انسَ واحداً أولاً.',
    saved: 'حُفظ في هذا المتصفح.',
    used: (name) => `مُلئ من ${name}.`,
  },
};
