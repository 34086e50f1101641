/** ព្រឹត្តិការណ៍នីមួយៗជាប្រយោគមួយដែលអាចអានឮៗ។ */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return 'អ្នក';
    case 'person':
      return who.name;
    case 'colleague':
      return 'មិត្តរួមការងារម្នាក់';
    case 'software':
      return 'កម្មវិធីរបស់អ្នក';
    case 'system':
      return 'ប្រព័ន្ធ';
  }
}

const by = ({ channel }: Parts) => (channel === null ? '' : ` តាម ${channel}`);
const on = ({ device }: Parts) => (device === null ? '' : ` លើ${device}`);
const money = ({ amount }: Parts) => (amount === null ? '' : ` ${amount}`);
const reason = ({ reason }: Parts) => (reason === '' ? '។' : `៖ ${reason}។`);
const what = ({ isReceipt, channel }: Parts) =>
  `${isReceipt ? 'បង្កាន់ដៃ' : 'សារ'}${channel === null ? '' : ` (${channel})`}`;
const to = (c: Parts) => (c.isSomebodys ? ` ទៅ ${who(c)}` : '');

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : ` ក្នុង ${card.wallet}`;
  return ` ដោយ ${card.brand} បញ្ចប់ដោយ ${card.last4}${wallet}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${who(c)} បានបង្កើតតំណ${money(c)}។`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent
        ? `ឥឡូវនេះតំណនេះជារបស់ ${who(c)}។`
        : `តំណនេះត្រូវបានទទួលបន្តពី ${who(c)}។`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `${who(c)} បានកែតំណ វារង់ចាំការអនុម័តពីអ្នកទីពីរ។`;
      case 'approved':
        return 'អ្នកទីពីរបានអនុម័តតំណ។';
      case 'rejected':
        return 'អ្នកទីពីរមិនបានអនុម័តតំណទេ។';
      default:
        return `${who(c)} បានកែតំណ។`;
    }
  },
  'link.sent': (c) => `តំណត្រូវបានផ្ញើ${by(c)}។`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? 'កម្មវិធីមើលតំណជាមុន ឬកម្មវិធីស្កេនបានមើលទំព័រ។ មិនទាន់មាននរណាបើកទេ។'
      : 'ទំព័រត្រូវបានផ្ទុក។ មិនទាន់មាននរណាប៉ះវាទេ។',
  'link.opened': (c) => `អតិថិជនបានបើកតំណ${on(c)}${by(c)}។`,
  'link.expired': 'តំណបានផុតកំណត់។',
  'link.cancelled': (c) => `${who(c)} បានលុបចោលតំណ។`,
  'link.superseded': 'តំណថ្មីជាងបានជំនួសតំណនេះ។',
  'link.renewal_requested': 'អតិថិជនបានស្នើសុំតំណថ្មី។',
  'checkout.joined': (c) => `អតិថិជននៅលើទំព័រ${on(c)}${c.language === null ? '' : ` (${c.language})`}។`,
  'checkout.left': 'អតិថិជនបានចាកចេញពីទំព័រ។',
  'checkout.method_selected': (c) => `អតិថិជនបានជ្រើសរើសបង់ដោយ ${c.method}។`,
  'checkout.card_entry_started': (c) => `អតិថិជនបានចាប់ផ្តើមបញ្ចូល${c.field}។`,
  'checkout.field_completed': (c) => `${c.field}ពេញលេញហើយ។`,
  'checkout.field_invalid': (c) => `${c.field}មិនត្រឹមត្រូវទេ។`,
  'checkout.submitted': 'អតិថិជនបានចុច “បង់”។',
  'checkout.stalled': 'អតិថិជនបានឈប់នៅពាក់កណ្តាលផ្លូវ។',
  'checkout.help_requested': 'អតិថិជនបានសុំជំនួយ។',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? 'អតិថិជនចែករំលែកគ្រប់ជំហានម្តងទៀត។'
      : c.text('by') === 'merchant'
        ? 'ទំព័ររបស់អ្នកចែករំលែកតែដំណើរការទូទៅ៖ បានបើក បានដាក់ស្នើ និងលទ្ធផល។'
        : 'អតិថិជនចែករំលែកតែដំណើរការទូទៅ៖ បានបើក បានដាក់ស្នើ និងលទ្ធផល។',
  'payment.fraud_check_started': 'ការពិនិត្យការក្លែងបន្លំបានចាប់ផ្តើម។',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return 'បានឆ្លងកាត់ការពិនិត្យការក្លែងបន្លំ។';
      case 'challenge':
        return 'ការពិនិត្យការក្លែងបន្លំទាមទារការបញ្ជាក់ពីធនាគារ។';
      case 'review':
        return 'ការពិនិត្យការក្លែងបន្លំទាមទារឱ្យមនុស្សពិនិត្យ។';
      case 'block':
        return 'ការពិនិត្យការក្លែងបន្លំបានទប់ស្កាត់ការទូទាត់។';
      default:
        return 'ការពិនិត្យការក្លែងបន្លំបានបញ្ចប់។';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? 'អតិថិជននៅលើទំព័ររបស់អ្នកផ្តល់សេវាទូទាត់។'
      : 'ធនាគារស្នើឱ្យអតិថិជនបញ្ជាក់ការទូទាត់។',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed'
      ? 'ការបញ្ជាក់ពីធនាគារមិនបានជោគជ័យទេ។'
      : 'អតិថិជនបានឆ្លងកាត់ការបញ្ជាក់ពីធនាគារ។',
  'payment.processing': 'ធនាគារកំពុងដំណើរការការទូទាត់។',
  'payment.authorised': (c) => `បានអនុញ្ញាត${money(c)}${card(c)}។`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? 'ត្រូវបានបដិសេធ។' : `ត្រូវបានបដិសេធ។ អតិថិជនឃើញ៖ “${said}”`;
  },
  'payment.paid': (c) => `បានបង់${money(c)}${card(c)}។`,
  'payment.partially_paid': (c) => `បានបង់មួយផ្នែក${money(c)}${card(c)}។`,
  'payment.paid_late': (c) => `បានបង់ក្រោយពេលតំណបិទ${money(c)}។ សូមពិនិត្យ។`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? 'ចំនួនទឹកប្រាក់ដែលបានបម្រុងទុកត្រូវបានដោះលែង។' : 'ការទូទាត់ត្រូវបានលុបចោល។',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp'
      ? 'អ្នកផ្តល់សេវាទូទាត់ចង់ឱ្យមនុស្សពិនិត្យការទូទាត់នេះ។'
      : 'ប្រាក់ត្រូវបានបម្រុងទុករហូតដល់អ្នកត្រួតពិនិត្យបានពិនិត្យ។',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `អ្នកផ្តល់សេវាទូទាត់បានបញ្ចប់ការពិនិត្យ${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)} បានអនុម័តការទូទាត់ក្នុងការពិនិត្យ។`
        : 'ការទូទាត់មិនត្រូវបានអនុម័តក្នុងការពិនិត្យទេ។ មិនមានការកាត់ប្រាក់ទេ។',
  'payment.flag_cleared': (c) => `${who(c)} បានពិនិត្យការព្រមាន ហើយដកវាចេញ។`,
  'refund.created': (c) => `${who(c)} បានចាប់ផ្តើមសងប្រាក់វិញ${money(c)}។`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)} បានអនុម័តការសងប្រាក់វិញ${money(c)}។`
      : `${who(c)} មិនបានអនុម័តការសងប្រាក់វិញ${money(c)} ទេ។ គ្មានប្រាក់ត្រូវសងវិញទេ។`,
  'refund.succeeded': (c) => `បានសងប្រាក់វិញ${money(c)} ដោយជោគជ័យ។`,
  'refund.failed': (c) => `ការសងប្រាក់វិញ${money(c)} មិនបានជោគជ័យ${reason(c)}`,
  'dispute.opened': (c) => `ធនាគាររបស់អតិថិជនបានបើកវិវាទ${money(c)}។`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return 'វិវាទបានបិទ៖ ឈ្នះ។';
    return result === 'lost' ? 'វិវាទបានបិទ៖ ចាញ់។' : 'វិវាទបានបិទ។';
  },
  'message.queued': (c) => `${what(c)} កំពុងរង់ចាំផ្ញើ។`,
  'message.sent': (c) => `${what(c)} ត្រូវបានផ្ញើ។`,
  'message.delivered': (c) => `${what(c)} បានទៅដល់។`,
  'message.read': (c) => `${what(c)} ត្រូវបានអាន។`,
  'message.failed': (c) => `${what(c)} មិនអាចទៅដល់បានទេ${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `អតិថិជនបានសរសេរ${by(c)} លេខកាតក្នុងនោះត្រូវបានលាក់។`
      : `អតិថិជនបានសរសេរ${by(c)}។`,
  'customer.created': 'បានបន្ថែមអតិថិជន។',
  'customer.updated': (c) => `${who(c)} បានកែព័ត៌មានអតិថិជន។`,
  'customer.merged': (c) => `${who(c)} បានបញ្ចូលកំណត់ត្រាផ្សេងទៅក្នុងអតិថិជននេះ។`,
  'customer.unmerged': (c) => `${who(c)} បានបំបែកកំណត់ត្រាពីរដែលបានបញ្ចូល។`,
  'customer.erased': (c) => `${who(c)} បានលុបទិន្នន័យផ្ទាល់ខ្លួនរបស់អតិថិជន។`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? '៖ បាន' : state === 'stopped' ? '៖ មិនបាន' : '';
    return `ការយល់ព្រមទទួលសារ${by(c)} បានផ្លាស់ប្តូរ${now}។`;
  },
  'consent.doubtful': (c) => `អតិថិជនបានសរសេរ${by(c)} អ្វីមួយដែលប្រហែលសុំឈប់ទទួលសារ។ សូមអាន ហើយសម្រេចចិត្ត។`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : ` (${kind})`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `អតិថិជនបានទាក់ទងមក${named}។`;
    return direction === 'outbound' ? `យើងបានទាក់ទងទៅ${named}។` : `មានការទាក់ទងមួយ${named}។`;
  },
  'note.added': (c) => `${who(c)} បានបន្ថែមកំណត់ចំណាំ។`,
  'note.whispered': (c) => `អ្នកត្រួតពិនិត្យបានខ្សឹបប្រាប់ ${who(c)}។`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return 'អតិថិជនបានឆ្លើយការស្ទង់មតិ។';
    const comment = c.text('comment');
    return `អតិថិជនបានឱ្យពិន្ទុការបង់ប្រាក់ ${score} លើ 5${comment === null ? '។' : `៖ “${comment}”`}`;
  },
  'conversation.opened': (c) => `ការសន្ទនា${by(c)} ត្រូវបានបើក។`,
  'conversation.assigned': (c) => `ការសន្ទនា${by(c)} ត្រូវបានប្រគល់${to(c)}។`,
  'conversation.transferred': (c) => `ការសន្ទនា${by(c)} ត្រូវបានផ្ទេរ${to(c)}។`,
  'conversation.taken': (c) => `មានគេបានទទួលការសន្ទនា${by(c)}។`,
  'conversation.offered': (c) => `ការសន្ទនា${by(c)} រង់ចាំឱ្យមានគេទទួល។`,
  'conversation.closed': (c) => `ការសន្ទនា${by(c)} ត្រូវបានបិទ។`,
  'agent.presence_changed': (c) => `វត្តមានបានផ្លាស់ប្តូរ៖ ${who(c)}។`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on' ? `${who(c)} បានចូលដោយគណនីស្ថាប័ន។` : `${who(c)} បានចូល។`,
  'session.failed': 'មានគេព្យាយាមចូលមិនបានជោគជ័យ។',
  'session.ended': (c) => `វគ្គមួយរបស់ ${who(c)} បានបញ្ចប់។`,
  'user.changed': (c) => `${who(c)} បានកែអ្នកប្រើម្នាក់។`,
  'key.created': (c) => `${who(c)} បានបង្កើតសោ API។`,
  'key.revoked': (c) => `${who(c)} បានដកហូតសោ API។`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `${who(c)} បានមើលកំណត់ហេតុ។` : `${who(c)} បាននាំចេញទិន្នន័យ។`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${who(c)} បានកែការកំណត់។`;
    }
    const cause = why === 'gone' ? 'វាប្រាប់ថាលែងមានទៀតហើយ' : 'គ្មានអ្វីទៅដល់រយៈពេលបីថ្ងៃ';
    return `Webhook ទៅ ${c.text('host') ?? 'កម្មវិធីរបស់អ្នក'} ត្រូវបានបិទ៖ ${cause}។ អ្នកគ្រប់គ្រងគួរពិនិត្យ។`;
  },
  'incident.card_number_masked': (c) => `លេខកាតមួយ${by(c)} ត្រូវបានលាក់មុនពេលរក្សាទុក។`,
  'incident.approval_refused': (c) => `${who(c)} បានព្យាយាមអនុម័តអ្វីដែលអ្នកផ្សេងត្រូវអនុម័ត។`,
  'incident.mailbox_failing': 'មិនអាចអានប្រអប់សំបុត្របានទេ។ សូមពិនិត្យម៉ាស៊ីនមេ និងពាក្យសម្ងាត់។',
  'incident.mailbox_recovered': 'អាចអានប្រអប់សំបុត្របានវិញហើយ។',
  'incident.mail_skipped': 'មិនអាចរក្សាទុកអ៊ីមែលមួយបានទេ ហើយវានៅក្នុងប្រអប់សំបុត្រ។ សូមឱ្យនរណាម្នាក់អានវានៅទីនោះ។',
  'incident.decline_spike': 'ការទូទាត់ត្រូវបានបដិសេធច្រើនជាងធម្មតា។ សូមមើលទិដ្ឋភាពរួម។',
  'incident.decline_spike_over': 'ការកើនឡើងនៃការបដិសេធបានបញ្ចប់។',
  'incident.psp_down': 'អ្នកផ្តល់សេវាទូទាត់មិនឆ្លើយតបទេ។ មិនអាចទូទាត់បាននៅពេលនេះទេ។',
  'incident.psp_down_over': 'អ្នកផ្តល់សេវាទូទាត់ឆ្លើយតបវិញហើយ។',
  'incident.message_failures': 'សារច្រើនមិនបានទៅដល់។ សូមពិនិត្យគណនីបណ្តាញ។',
  'incident.message_failures_over': 'សារទៅដល់វិញហើយ។',
  'incident.card_testing': 'ប្រហែលមានគេកំពុងសាកល្បងកាតលួច៖ វិធានការក្លែងបន្លំបានបញ្ឈប់កាតមួយចំនួន។',
  'incident.card_testing_over': 'វិធានការក្លែងបន្លំលែងបញ្ឈប់កាតទៀតហើយ។',
  'psp.event_unmatched': 'អ្នកផ្តល់សេវាទូទាត់បានប្រាប់អំពីការទូទាត់ដែលមិនស្គាល់នៅទីនេះ។',
  'psp.amount_mismatched': 'អ្នកផ្តល់សេវាទូទាត់បានកាត់ប្រាក់ខុសពីចំនួនដែលបានស្នើ។ មិនទាន់បានកត់ត្រាទេ សូមពិនិត្យឥឡូវនេះ។',
  'page.script_blocked': 'កម្មវិធីរុករកបានបញ្ឈប់ស្គ្រីបលើទំព័រទូទាត់ដែលមិនមែនជារបស់យើង។',
  'page.changed': 'ទំព័រទូទាត់មិនដូចពេលផ្ញើទេ៖ ស្គ្រីប ឬបឋមកថាសុវត្ថិភាពខុសគ្នា។ សូមពិនិត្យឥឡូវនេះ។',
  'page.baseline_accepted': (c) => `${who(c)} បានទទួលយកទំព័រទូទាត់ដូចសព្វថ្ងៃ។`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? 'ប្រាក់ប្រចាំថ្ងៃត្រូវនឹងបញ្ជីរបស់អ្នកផ្តល់សេវាទូទាត់។'
      : 'ប្រាក់ប្រចាំថ្ងៃមិនទាន់ត្រូវនឹងបញ្ជីរបស់អ្នកផ្តល់សេវាទូទាត់ទេ។ ផ្នែកហិរញ្ញវត្ថុគួរពិនិត្យ។',
};
