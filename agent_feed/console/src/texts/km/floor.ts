/** ទិដ្ឋភាពរួម និងការចូលជួយ។ */
import type { Words } from '../catalogue';

const links = (n: number) => `${n} តំណ`;

export const floor: Words['floor'] = {
  title: 'ទិដ្ឋភាពរួម',
  today: (zone) => `ថ្ងៃនេះ តាមម៉ោង ${zone}`,
  updated: 'ផ្ទាល់ មេដ្យានត្រូវបានគណនាឡើងវិញរៀងរាល់នាទី។',
  stale: 'មិនផ្ទាល់។ អ្វីដែលបង្ហាញគឺដូចពេលការតភ្ជាប់បានដាច់។',
  more: 'មានតំណនៅបើកជាង 5,000 ចាប់យកតែ 5,000 ថ្មីបំផុត។',
  filters: 'បង្ហាញ',
  team: 'ក្រុម',
  allTeams: 'ក្រុមទាំងអស់',
  noTeam: 'គ្មានក្រុម',
  agent: 'បុគ្គលិក',
  allAgents: 'បុគ្គលិកទាំងអស់',
  nobody: 'គ្មាននរណា',
  channel: 'បណ្តាញ',
  allChannels: 'បណ្តាញទាំងអស់',
  noChannel: 'គ្មាន ឬច្រើន',
  clear: 'បង្ហាញទាំងអស់',
  large: 'អេក្រង់ធំ',
  largeHint: 'ចុច F ឬ Esc ដើម្បីចេញ',
  pipeline: 'តំណក្នុងជំហាននីមួយៗឥឡូវនេះ',
  steps: {
    created: 'បានបង្កើត',
    sent: 'បានផ្ញើ',
    delivered: 'បានទៅដល់',
    opened: 'បានបើក',
    card_entry: 'កំពុងបញ្ចូលកាត',
    checking: 'កំពុងដំណើរការ',
    challenge: 'ការបញ្ជាក់ពីធនាគារ',
    declined: 'ត្រូវបានបដិសេធ',
    paid: 'បានបង់ថ្ងៃនេះ',
  },
  links,
  figures: 'ថ្ងៃនេះរហូតមកដល់ពេលនេះ',
  paid: 'បានបង់ថ្ងៃនេះ',
  payments: (n) => `${n} ការទូទាត់`,
  nothingPaid: 'មិនទាន់មាន',
  conversion: 'អត្រាបានបង់',
  ofMade: (paid, made) =>
    made === 0 ? 'ថ្ងៃនេះមិនទាន់បានបង្កើតតំណ' : `${paid} ក្នុងចំណោម ${links(made)} ថ្ងៃនេះ`,
  median: 'ពីផ្ញើដល់បង់',
  medianHint: 'ពាក់កណ្តាលលឿនជាងនេះ',
  open: 'តំណនៅបើក',
  present: (n) => `${n} នាក់កំពុងនៅលើទំព័រ`,
  declines: 'ការបដិសេធ',
  declinesHint: 'ការព្យាយាមថ្ងៃនេះ',
  unknown: '–',
  needs: 'ត្រូវការជំនួយឥឡូវនេះ',
  needsCount: (n) => `${links(n)} ត្រូវការជំនួយ`,
  needLabels: {
    help: 'បានសុំជំនួយ',
    stalled: 'បានឈប់',
    declined: 'ត្រូវបានបដិសេធម្តងទៀត',
    undelivered: 'មិនបានទៅដល់',
  },
  needsNone: 'គ្មាននរណាជាប់គាំងទេ។',
  needsNoneText: 'អ្នកដែលសុំជំនួយ ឈប់ពាក់កណ្តាល ត្រូវបានបដិសេធពីរដង ឬមិនបានទទួលសារ បង្ហាញនៅទីនេះ។',
  needsMore: (n) => `និង ${n} ទៀត`,
  noReference: 'គ្មានលេខយោង',
  people: 'បុគ្គលិក',
  peopleHint: 'សូមជ្រើសរើសម្នាក់ ដើម្បីមើលតំណរបស់គាត់ផ្ទាល់។',
  peopleNone: 'គ្មាននរណាមានតំណនៅបើក ឬបានបង្កើតថ្ងៃនេះទេ។',
  teams: 'ក្រុម',
  channels: 'បណ្តាញ',
  columns: {
    open: 'នៅបើក',
    present: 'លើទំព័រ',
    needs: 'ត្រូវការជំនួយ',
    made: 'បានបង្កើត',
    paid: 'បានបង់',
    conversion: 'អត្រាបានបង់',
    money: 'ប្រាក់',
  },
  online: 'នៅកន្លែងធ្វើការ',
  offline: 'មិនឃើញមួយរយៈ',
  watch: (name) => `តាមដាន ${name}`,
  work: (name) => `${name}៖ តំណនៅបើក`,
  workNone: 'គ្មានតំណនៅបើកនៅពេលនេះទេ។',
  workMore: (n) => `${n} ទៀតមិនបានបង្ហាញទេ។`,
  stopWatching: 'ឈប់តាមដាន',
  openLink: 'បើក',
  stepIn: 'ចូលជួយ',
  alerts: 'ការព្រមាន',
  alertSince: (when) => `តាំងពី ${when}`,
  alertLook: 'អ្វីដែលត្រូវធ្វើ',
  incidents: {
    decline_spike: {
      title: 'ការទូទាត់ច្រើនត្រូវបានបដិសេធ',
      todo: 'សូមសុំកាតផ្សេងពីអតិថិជន។ បើធនាគារមួយ ឬអ្នកផ្តល់សេវាមួយលេចធ្លោក្នុងរបាយការណ៍ សូមប្រាប់អ្នកផ្តល់សេវាទូទាត់។',
    },
    psp_down: {
      title: 'អ្នកផ្តល់សេវាទូទាត់មិនឆ្លើយតប',
      todo: 'សូមឱ្យអតិថិជនរង់ចាំ ហើយកុំព្យាយាមដដែលៗ។ សូមមើលទំព័រស្ថានភាពរបស់អ្នកផ្តល់សេវា ហើយបញ្ជូនការទូទាត់ទៅអ្នកផ្តល់សេវាផ្សេង បើអាច។',
    },
    message_failures: {
      title: 'សារច្រើនមិនបានទៅដល់',
      todo: 'សូមផ្ញើតំណតាមបណ្តាញផ្សេង ឬបង្ហាញកូដ QR។ សូមពិនិត្យគណនីបណ្តាញក្នុងការកំណត់។',
    },
    card_testing: {
      title: 'ប្រហែលមានគេកំពុងសាកល្បងកាតលួច',
      todo: 'សូមលុបចោលតំណពាក់ព័ន្ធ។ កុំបង្កើនកម្រិតការក្លែងបន្លំឥឡូវនេះ ហើយប្រាប់អ្នកផ្តល់សេវាទូទាត់ បើវានៅបន្ត។',
    },
    mailbox_failing: {
      title: 'មិនអាចអានប្រអប់សំបុត្របានទេ',
      todo: 'ចម្លើយតាមអ៊ីមែលមិនចូលមកទេ។ សូមពិនិត្យម៉ាស៊ីនមេ និងពាក្យសម្ងាត់ក្នុងការកំណត់។',
    },
  },
  otherIncident: {
    title: 'មានអ្វីមួយត្រូវពិនិត្យ',
    todo: 'សូមមើលកំណត់ហេតុថាមានអ្វីកើតឡើង។',
  },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : ` ក្នុង ${minutes} នាទី`;
    if (n('declined') !== null) {
      return `បដិសេធ ${n('declined')} ក្នុងចំណោមការព្យាយាម ${n('tries')}${within}`;
    }
    if (n('failed') !== null) {
      return `មិនបានទៅដល់ ${n('failed')} ក្នុងចំណោមសារ ${n('messages')}${within}`;
    }
    if (n('blocked') !== null) return `បានបញ្ឈប់ការព្យាយាម ${n('blocked')}${within}`;
    if (n('unanswered') !== null) return `ការព្យាយាម ${n('unanswered')} គ្មានចម្លើយ`;
    return '';
  },
  steer: {
    title: 'ចូលជួយ',
    whisper: 'ខ្សឹបប្រាប់បុគ្គលិក',
    whisperHint: 'មានតែគាត់ទេដែលឃើញ អតិថិជនមិនឃើញឡើយ',
    whisperSend: 'ខ្សឹប',
    whispered: 'បុគ្គលិកឃើញហើយ។',
    whisperEmpty: 'សូមសរសេរអ្វីដែលបុគ្គលិកគួរដឹង។',
    takeOver: 'ទទួលបន្ត',
    takenOver: 'ឥឡូវនេះតំណជារបស់អ្នក។',
    giveTo: 'ប្រគល់ទៅ',
    choose: 'ជ្រើសរើសបុគ្គលិក',
    give: 'ប្រគល់',
    given: (name) => `ឥឡូវនេះតំណជារបស់ ${name}។`,
    isMine: 'តំណនេះជារបស់អ្នក។',
  },
  whispers: {
    title: 'ខ្សឹបប្រាប់អ្នក',
    sent: 'ខ្សឹបប្រាប់បុគ្គលិក',
    by: (name) => `${name} សម្រាប់តែអ្នក`,
    somebody: 'អ្នកត្រួតពិនិត្យម្នាក់',
    told: (customer, text) => `ខ្សឹបប្រាប់អ្នកអំពី ${customer ?? 'តំណមួយ'}៖ “${text}”`,
  },
};
