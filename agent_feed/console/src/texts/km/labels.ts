/** ឈ្មោះខ្លីៗ ពេលវេលា វត្តមាន និងអ្វីដែលមិនបានសម្រេច។ */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: 'អ្នក',
  channels: {
    sms: 'SMS',
    email: 'អ៊ីមែល',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: 'ការជជែកលើគេហទំព័រ',
    chatbot: 'Chatbot',
    qr: 'កូដ QR',
  },
  devices: { mobile: 'ទូរសព្ទ', tablet: 'ថេប្លេត', desktop: 'កុំព្យូទ័រ' },
  fields: {
    number: 'លេខកាត',
    expiry: 'ថ្ងៃផុតកំណត់',
    cvc: 'លេខកូដសុវត្ថិភាព',
    other: 'ព័ត៌មានកាត',
  },
  fieldTitles: { number: 'លេខកាត', expiry: 'ថ្ងៃផុតកំណត់', cvc: 'លេខកូដសុវត្ថិភាព' },
  fieldStates: {
    todo: 'មិនទាន់',
    typing: 'កំពុងវាយ',
    done: 'ពេញលេញ',
    invalid: 'មិនត្រឹមត្រូវ',
  },
  steps: {
    created: 'បានបង្កើត',
    sent: 'បានផ្ញើ',
    delivered: 'បានទៅដល់',
    opened: 'បានបើក',
    card_entry: 'កំពុងបញ្ចូលកាត',
    submitted: 'បានដាក់ស្នើ',
    fraud_check: 'ពិនិត្យការក្លែងបន្លំ',
    challenge: 'ការបញ្ជាក់ពីធនាគារ',
    processing: 'កំពុងដំណើរការ',
    paid: 'បានបង់',
    declined: 'ត្រូវបានបដិសេធ',
    expired: 'បានផុតកំណត់',
    cancelled: 'បានលុបចោល',
  },
  stages: {
    created: 'បង្កើត',
    sent: 'ផ្ញើ',
    delivered: 'ទៅដល់',
    opened: 'បើក',
    card_entry: 'បញ្ចូលកាត',
    submitted: 'ដាក់ស្នើ',
    fraud_check: 'ពិនិត្យការក្លែងបន្លំ',
    challenge: 'ការបញ្ជាក់ពីធនាគារ',
    outcome: 'ការទូទាត់',
  },
  statuses: {
    active: 'សកម្ម',
    in_progress: 'កំពុងដំណើរការ',
    partially_paid: 'បានបង់មួយផ្នែក',
    paid: 'បានបង់',
    expired: 'បានផុតកំណត់',
    cancelled: 'បានលុបចោល',
  },
  deliveries: {
    queued: 'រង់ចាំផ្ញើ',
    sending: 'កំពុងផ្ញើ',
    sent: 'បានផ្ញើ',
    delivered: 'បានទៅដល់',
    read: 'បានអាន',
    failed: 'មិនបានទៅដល់',
  },
  roles: {
    agent: 'បុគ្គលិក',
    supervisor: 'អ្នកត្រួតពិនិត្យ',
    admin: 'អ្នកគ្រប់គ្រង',
    auditor: 'សវនករ',
  },
};

export const times: Words['times'] = {
  now: 'ឥឡូវនេះ',
  secondsAgo: (n) => `${n} វិនាទីមុន`,
  minutesAgo: (n) => `${n} នាទីមុន`,
  hoursAgo: (n) => `${n} ម៉ោងមុន`,
  soon: 'ក្នុងរយៈពេលតិចជាងមួយនាទី',
  inMinutes: (n) => `ក្នុងរយៈពេល ${n} នាទី`,
  inHours: (n) => `ក្នុងរយៈពេល ${n} ម៉ោង`,
  inDays: (n) => `ក្នុងរយៈពេល ${n} ថ្ងៃ`,
};

export const presence: Words['presence'] = {
  away: 'មិននៅលើទំព័រ',
  there: {
    active: 'នៅលើទំព័រ',
    typing: 'នៅលើទំព័រ កំពុងវាយ',
    idle: 'នៅលើទំព័រ មិនសកម្ម',
  },
  watchers: (names, more) => {
    const all = [...names];
    if (more > 0) all.push(`${more} នាក់ទៀត`);
    const last = all.pop() ?? '';
    if (all.length === 0) return `${last} ក៏កំពុងមើលតំណនេះដែរ។`;
    return `${all.join(', ')} និង ${last} ក៏កំពុងមើលតំណនេះដែរ។`;
  },
};

export const failures: Words['failures'] = {
  title: 'មិនអាចផ្ទុកបានទេ',
  offline: 'មិនអាចភ្ជាប់ទៅសេវាបានទេ។ សូមពិនិត្យការតភ្ជាប់របស់អ្នក។',
  timeout: 'សេវាមិនបានឆ្លើយតបទាន់ពេលទេ។',
  busy: 'មានសំណើច្រើនពេកនៅពេលនេះ។ សូមព្យាយាមម្តងទៀតបន្តិចក្រោយ។',
  service: 'សេវាមានបញ្ហា។ សូមព្យាយាមម្តងទៀតបន្តិចក្រោយ។',
  sessionOver: 'វគ្គរបស់អ្នកបានបញ្ចប់។',
  other: 'មានបញ្ហាកើតឡើង។',
  unknownFate: 'មិនបានទទួលចម្លើយ ដូច្នេះវាប្រហែលបានធ្វើ ឬមិនបានធ្វើ។ សូមព្យាយាមម្តងទៀត៖ វាមិនអាចធ្វើពីរដងទេ។',
};

export const settings: Words['settings'] = {
  title: 'ការកំណត់',
  nav: 'ផ្នែកនៃការកំណត់',
  groups: { own: 'អ្នក', house: 'អាជីវកម្មរបស់អ្នក' },
  parts: {
    account: 'គណនីរបស់ខ្ញុំ',
    sessions: 'វគ្គ',
    'canned-replies': 'ចម្លើយត្រៀមរួច',
    guidance: 'អ្វីដែលត្រូវនិយាយ',
    people: 'មនុស្ស',
    teams: 'ក្រុម',
    roles: 'តួនាទី',
    keys: 'សោ API',
    accounts: 'គណនីអ្នកផ្តល់សេវា',
    brand: 'ម៉ាក',
    templates: 'អត្ថបទសារ',
    webhooks: 'Webhook',
    'page-security': 'សុវត្ថិភាពទំព័រទូទាត់',
    limits: 'កម្រិតកំណត់ និងការអនុម័ត',
    retention: 'រយៈពេលរក្សាទុកទិន្នន័យ',
    journal: 'កំណត់ហេតុ',
  },
};
