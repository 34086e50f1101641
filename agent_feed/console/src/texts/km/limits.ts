/** កម្រិតកំណត់ និងការអនុម័ត៖ ការកំណត់នីមួយៗ និងអ្វីដែលវាធ្វើ។ */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: 'កម្រិតកំណត់ និងការអនុម័ត',
  lead: 'អ្វីដែលត្រូវការមនុស្សទីពីរ ពេលណាច្បាប់ប្រឆាំងការក្លែងបន្លំចូលរួម និងការដាស់តឿនដល់នរណា។ ការប្តូរនីមួយៗមានក្នុងកំណត់ហេតុជាមួយអ្នកធ្វើ។',
  save: 'រក្សាទុក',
  saved: 'បានរក្សាទុក។',
  whoMay: 'អ្នកគ្រប់គ្រងជាអ្នកប្តូរ។',
  unsaved: 'មិនទាន់រក្សាទុក',
  usual: (value) => `ធម្មតា ${value}`,
  notSet: 'មិនបានកំណត់',
  on: 'បើក',
  off: 'បិទ',
  back: 'ត្រឡប់ទៅធម្មតា',
  backName: (label) => `ត្រឡប់ទៅធម្មតា៖ ${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? 'មិនអាចកំណត់បែបនេះបានទេ។'
      : `លេខពី ${least} ដល់ ${most}។`,
  badList: 'កូដដែលស្គាល់ ដោយមានសញ្ញាក្បៀសនៅចន្លោះ។',
  badNumber: 'លេខ ដូចជា 0.04។',
  cards: {
    approvals: 'មនុស្សទីពីរ',
    signIn: 'ការចូល',
    fraud: 'ច្បាប់ប្រឆាំងការក្លែងបន្លំ',
    alerts: 'ការដាស់តឿនសម្រាប់អ្នកគ្រប់គ្រងក្រុម',
    page: 'ទំព័រទូទាត់',
    sms: 'សារ SMS',
    prices: 'តម្លៃសារ',
    retention: 'ច្បាប់',
  },
  leads: {
    fraud:
      'កម្រិតដែលដល់ ទាមទារការបញ្ជាក់ពីធនាគារ កក់ប្រាក់ទុករហូតដល់មានមនុស្សពិនិត្យ ឬរារាំងការព្យាយាម។ ចំនួនប្រាក់ជាផោន អឺរ៉ូ ឬដុល្លារគត់ និងតម្លៃស្មើនៅកន្លែងផ្សេង។ ការរាប់មានប្រសិទ្ធភាពតែពេលត្រូវបដិសេធច្រើនជាងបានទូទាត់។',
    alerts: 'អ្វីដែលត្រូវកើតឡើងក្នុងរយៈពេល មុនប្រាប់អ្នកគ្រប់គ្រងក្រុម។',
    retention:
      'គិតជាថ្ងៃ តាំងពីបង្កើត ឬប្រើចុងក្រោយ។ ហួសថ្ងៃ វាត្រូវលុបជារៀងរហូតមួយថ្ងៃម្តង ចំនួនប្រាក់ និងកំណត់ហេតុនៅដដែល។',
    prices: 'សម្រាប់សារដែលអ្នកផ្តល់សេវាមិនប្រាប់តម្លៃ៖ ការប៉ាន់ស្មានក្នុងរបាយការណ៍។',
  },
  words: {
    progress: { full: 'គ្រប់ជំហាន', coarse: 'បើក ដាក់ស្នើ និងលទ្ធផល' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: 'តំណលើសចំនួននេះ',
      hint: 'ឯកតាគត់ ទទេ៖ មិនដែល',
    },
    'approvals.refund_amount_units': {
      label: 'ការបង្វិលប្រាក់លើសចំនួននេះ',
      hint: 'ឯកតាគត់ ទទេ៖ មិនដែល',
    },
    'mfa.required_for': { label: 'ទាមទារកត្តាទីពីរពី' },
    'single_sign_on.accept_second_factor': {
      label: 'កត្តាទីពីរដែលការចូលអង្គភាពបានឃើញគឺគ្រប់គ្រាន់',
    },
    'single_sign_on.refuse_passwords': {
      label: 'អ្នកដែលចូលតាមអង្គភាពមិនអាចប្រើពាក្យសម្ងាត់',
      hint: 'អ្នកគ្រប់គ្រងរក្សាពាក្យសម្ងាត់ សម្រាប់ថ្ងៃដែលវាមិនដំណើរការ',
    },
    'retention.sessions_days': { label: 'វគ្គដែលបានបញ្ចប់' },
    'retention.visitors_days': { label: 'កម្មវិធីរុករកដែលបានសរសេរក្នុងជជែក' },
    'retention.page_reports_days': { label: 'អ្វីដែលកម្មវិធីរុករកបានបញ្ឈប់លើទំព័រទូទាត់' },
    'retention.message_bodies_days': {
      label: 'ពាក្យ និងអាសយដ្ឋានសារ',
      hint: 'ទទេ៖ រហូតដល់លុប',
    },
    'retention.contact_words_days': {
      label: 'ពាក្យនៃកំណត់ចំណាំ មតិស្ទង់ និងទំនាក់ទំនង',
      hint: 'ទទេ៖ រហូតដល់លុប',
    },
    'retention.customers_days': {
      label: 'អតិថិជនគ្មានទំនាក់ទំនង',
      hint: 'ទទេ៖ រហូតដល់លុប',
    },
    'fraud.challenge_amount_units': { label: 'បញ្ជាក់ធនាគារចាប់ពីចំនួននេះ' },
    'fraud.review_amount_units': { label: 'មនុស្សពិនិត្យចាប់ពីចំនួននេះ' },
    'fraud.block_amount_units': { label: 'រារាំងចាប់ពីចំនួននេះ' },
    'fraud.link_declines_hour_challenge': {
      label: 'ការបដិសេធលើតំណមួយក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.link_declines_hour_block': { label: 'ការបដិសេធលើតំណមួយក្នុងមួយម៉ោង៖ រារាំង' },
    'fraud.link_cards_hour_challenge': { label: 'កាតលើតំណមួយក្នុងមួយម៉ោង៖ បញ្ជាក់' },
    'fraud.link_cards_hour_block': { label: 'កាតលើតំណមួយក្នុងមួយម៉ោង៖ រារាំង' },
    'fraud.address_declines_hour_challenge': {
      label: 'ការបដិសេធពីអាសយដ្ឋានបណ្តាញមួយក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.address_declines_hour_block': {
      label: 'ការបដិសេធពីអាសយដ្ឋានបណ្តាញមួយក្នុងមួយម៉ោង៖ រារាំង',
    },
    'fraud.address_links_hour_challenge': {
      label: 'តំណដែលព្យាយាមពីអាសយដ្ឋានបណ្តាញមួយក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.address_links_hour_block': {
      label: 'តំណដែលព្យាយាមពីអាសយដ្ឋានបណ្តាញមួយក្នុងមួយម៉ោង៖ រារាំង',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'ការបដិសេធលើឧបករណ៍មួយក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.device_declines_hour_block': {
      label: 'ការបដិសេធលើឧបករណ៍មួយក្នុងមួយម៉ោង៖ រារាំង',
    },
    'fraud.device_cards_hour_challenge': { label: 'កាតលើឧបករណ៍មួយក្នុងមួយម៉ោង៖ បញ្ជាក់' },
    'fraud.device_cards_hour_block': { label: 'កាតលើឧបករណ៍មួយក្នុងមួយម៉ោង៖ រារាំង' },
    'fraud.card_declines_day_challenge': { label: 'ការបដិសេធកាតមួយក្នុងមួយថ្ងៃ៖ បញ្ជាក់' },
    'fraud.card_declines_day_block': { label: 'ការបដិសេធកាតមួយក្នុងមួយថ្ងៃ៖ រារាំង' },
    'fraud.card_links_hour_challenge': { label: 'តំណដែលកាតមួយទូទាត់ក្នុងមួយម៉ោង៖ បញ្ជាក់' },
    'fraud.bin_cards_hour_challenge': {
      label: 'កាតត្រូវបដិសេធក្នុងជួរធនាគារមួយក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.bin_cards_hour_block': {
      label: 'កាតត្រូវបដិសេធក្នុងជួរធនាគារមួយក្នុងមួយម៉ោង៖ រារាំង',
    },
    'fraud.small_amount_units': {
      label: 'ចំនួនតូចគឺរហូតដល់',
      hint: 'កាតលួចត្រូវបានសាកដោយចំនួនតូច',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'ការបដិសេធចំនួនតូចពីអាសយដ្ឋានបណ្តាញមួយក្នុងមួយម៉ោង៖ រារាំង',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'ការបដិសេធចំនួនតូចក្នុងអាជីវកម្មទាំងមូលក្នុងមួយម៉ោង៖ បញ្ជាក់',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'ភាគបដិសេធនៃអាជីវកម្មរាប់ចាប់ពីការព្យាយាមប៉ុននេះក្នុងមួយម៉ោង',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'ការបដិសេធក្នុងអាជីវកម្មទាំងមូល ភាគរយ៖ បញ្ជាក់',
    },
    'fraud.usual_payments_least': { label: 'អ្វីដែលធម្មតា ដឹងចាប់ពីការទូទាត់ប៉ុននេះ' },
    'fraud.usual_times_challenge': { label: 'ប៉ុន្មានដងនៃចំនួនធម្មតា៖ បញ្ជាក់' },
    'fraud.customer_payments_least': {
      label: 'អ្វីដែលធម្មតាសម្រាប់អតិថិជន ដឹងចាប់ពីការទូទាត់ប៉ុននេះ',
    },
    'fraud.customer_times_challenge': {
      label: 'ប៉ុន្មានដងនៃចំនួនធម្មតារបស់អតិថិជន៖ បញ្ជាក់',
    },
    'fraud.unusual_amount_units_least': { label: 'ក្រោមចំនួននេះ មិនដែលមិនធម្មតា' },
    'fraud.countries_expected': {
      label: 'រំពឹងកាតពី',
      hint: 'កូដប្រទេស ទទេ៖ គ្រប់ទីកន្លែង',
    },
    'fraud.countries_blocked': { label: 'បដិសេធកាតពី', hint: 'កូដប្រទេស' },
    'fraud.country_amount_units_challenge': {
      label: 'ពីប្រទេសផ្សេង៖ បញ្ជាក់ចាប់ពីចំនួននេះ',
    },
    'fraud.own_link_days_review': {
      label: 'ចំនួនថ្ងៃថយក្រោយដើម្បីរកបុគ្គលិកដែលទូទាត់តំណខ្លួនឯង',
      hint: '0៖ មិនរក',
    },
    'fraud.review_hours': { label: 'ម៉ោងរហូតដល់ការពិនិត្យផុតសុពលភាព' },
    'alerts.window_minutes': { label: 'រយៈពេល គិតជានាទី' },
    'alerts.tries_least': { label: 'ភាគបដិសេធ៖ ចាប់ពីការព្យាយាមប៉ុននេះ' },
    'alerts.declined_percent': { label: 'ត្រូវបដិសេធ ភាគរយ' },
    'alerts.messages_least': { label: 'ភាគសារបរាជ័យ៖ ចាប់ពីសារប៉ុននេះ' },
    'alerts.messages_failed_percent': { label: 'សារបរាជ័យ ភាគរយ' },
    'alerts.unanswered_least': { label: 'ការព្យាយាមដែលអ្នកផ្តល់សេវាទូទាត់មិនឆ្លើយ' },
    'alerts.blocked_least': { label: 'ការព្យាយាមដែលច្បាប់ប្រឆាំងការក្លែងបន្លំបានបញ្ឈប់' },
    'page.progress': { label: 'បុគ្គលិកមើលឃើញជំហានអតិថិជន' },
    'pay_page_time.extension_minutes': { label: 'អតិថិជនអាចពន្យារទីបញ្ចប់ គិតជានាទី' },
    'pay_page_time.extensions_max': { label: 'ប៉ុន្មានដង', hint: '0៖ មិនដែល' },
    'survey.enabled': { label: 'សួរអតិថិជនក្រោយទូទាត់ថាយ៉ាងម៉េចដែរ' },
    'receipts.automatic_email': { label: 'ផ្ញើបង្កាន់ដៃតាមអ៊ីមែលក្រោយការទូទាត់នីមួយៗ' },
    'sms.countries': {
      label: 'ប្រទេសដែលត្រូវផ្ញើ ក្រៅពីរបស់អ្នក',
      hint: 'កូដប្រទេស ទទេ៖ គ្រប់ទីកន្លែង',
    },
    'sms.daily_max': { label: 'សារច្រើនបំផុតក្នុង 24 ម៉ោង', hint: 'ទទេ៖ គ្មានកម្រិត' },
    'stop.confirm_at': { label: 'យើងបញ្ជាក់ STOP នៅអ្នកផ្តល់សេវាទាំងនេះ' },
    'message_prices.currency': { label: 'រូបិយប័ណ្ណ', hint: 'ដូចជា USD' },
    'message_prices.sms': { label: 'សារ SMS ក្នុងមួយផ្នែក' },
    'message_prices.email': { label: 'អ៊ីមែល' },
  },
};
