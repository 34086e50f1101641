/** 上限與核准：每項設定及其作用。 */
import type { Words } from '../catalogue';

export const limits: Words['limits'] = {
  title: '上限與核准',
  lead: '哪些事項須由第二人核准、詐欺規則何時介入、警示通知誰。每次變更都連同變更者記入日誌。',
  save: '儲存',
  saved: '已儲存。',
  whoMay: '由管理員變更。',
  unsaved: '尚未儲存',
  usual: (value) => `預設：${value}`,
  notSet: '未設定',
  on: '開啟',
  off: '關閉',
  back: '恢復預設值',
  backName: (label) => `恢復預設值：${label}`,
  bad: (least, most) =>
    least === undefined || most === undefined
      ? '無法這樣設定。'
      : `請輸入 ${least} 到 ${most} 的數字。`,
  badList: '請輸入有效的代碼，以逗號分隔。',
  badNumber: '請輸入數字，例如 0.04。',
  cards: {
    approvals: '第二人核准',
    signIn: '登入',
    fraud: '詐欺規則',
    alerts: '給主管的警示',
    page: '付款頁面',
    sms: '簡訊',
    prices: '訊息費用',
    retention: '規則',
  },
  leads: {
    fraud:
      '達到上限時，會要求銀行驗證、預留款項待人工審查，或封鎖該次嘗試。金額以整數英鎊、歐元或美元計，其他貨幣依等值換算。次數上限只在遭拒的嘗試多於付款成功的嘗試時才適用。',
    alerts: '在這段時間內發生多少次，才通知主管。',
    retention:
      '以天計，從建立或最後一次使用起算。超過期限的資料每天清理一次，永久刪除；金額與日誌會保留。',
    prices: '用於服務商不提供價格的訊息：在報表中作為估計值。',
  },
  words: {
    progress: { full: '每個步驟', coarse: '開啟、送出與結果' },
  },
  fields: {
    'approvals.link_amount_units': {
      label: '超過此金額的連結',
      hint: '整數金額；留空：一律不需要',
    },
    'approvals.refund_amount_units': {
      label: '超過此金額的退款',
      hint: '整數金額；留空：一律不需要',
    },
    'mfa.required_for': { label: '必須使用第二重驗證的角色' },
    'single_sign_on.accept_second_factor': {
      label: '接受組織登入時已通過的第二重驗證',
    },
    'single_sign_on.refuse_passwords': {
      label: '曾以單一登入進入的人員，不能再使用密碼',
      hint: '管理員仍可使用密碼，以備單一登入無法使用時',
    },
    'retention.sessions_days': { label: '已結束的工作階段' },
    'retention.visitors_days': { label: '曾在網頁聊天留言的瀏覽器' },
    'retention.page_reports_days': { label: '瀏覽器在付款頁面上攔下的內容' },
    'retention.message_bodies_days': {
      label: '訊息的文字與地址',
      hint: '留空：保留至刪除為止',
    },
    'retention.contact_words_days': {
      label: '備註、問卷意見與聯絡紀錄的文字',
      hint: '留空：保留至刪除為止',
    },
    'retention.customers_days': { label: '沒有往來的客戶', hint: '留空：保留至刪除為止' },
    'fraud.challenge_amount_units': { label: '達此金額即要求銀行驗證' },
    'fraud.review_amount_units': { label: '達此金額即由人工審查' },
    'fraud.block_amount_units': { label: '達此金額即封鎖' },
    'fraud.link_declines_hour_challenge': { label: '同一連結一小時內遭拒次數：銀行驗證' },
    'fraud.link_declines_hour_block': { label: '同一連結一小時內遭拒次數：封鎖' },
    'fraud.link_cards_hour_challenge': { label: '同一連結一小時內的卡片數：銀行驗證' },
    'fraud.link_cards_hour_block': { label: '同一連結一小時內的卡片數：封鎖' },
    'fraud.address_declines_hour_challenge': {
      label: '同一網路位址一小時內遭拒次數：銀行驗證',
    },
    'fraud.address_declines_hour_block': { label: '同一網路位址一小時內遭拒次數：封鎖' },
    'fraud.address_links_hour_challenge': {
      label: '同一網路位址一小時內嘗試的連結數：銀行驗證',
    },
    'fraud.address_links_hour_block': { label: '同一網路位址一小時內嘗試的連結數：封鎖' },
    'fraud.device_declines_hour_challenge': { label: '同一裝置一小時內遭拒次數：銀行驗證' },
    'fraud.device_declines_hour_block': { label: '同一裝置一小時內遭拒次數：封鎖' },
    'fraud.device_cards_hour_challenge': { label: '同一裝置一小時內的卡片數：銀行驗證' },
    'fraud.device_cards_hour_block': { label: '同一裝置一小時內的卡片數：封鎖' },
    'fraud.card_declines_day_challenge': { label: '同一張卡片一天內遭拒次數：銀行驗證' },
    'fraud.card_declines_day_block': { label: '同一張卡片一天內遭拒次數：封鎖' },
    'fraud.card_links_hour_challenge': { label: '同一張卡片一小時內付款的連結數：銀行驗證' },
    'fraud.bin_cards_hour_challenge': {
      label: '同一銀行卡號區段一小時內遭拒的卡片數：銀行驗證',
    },
    'fraud.bin_cards_hour_block': { label: '同一銀行卡號區段一小時內遭拒的卡片數：封鎖' },
    'fraud.small_amount_units': { label: '小額的上限', hint: '遭竊的卡片常以小額測試' },
    'fraud.address_small_declines_hour_block': {
      label: '同一網路位址一小時內小額遭拒次數：封鎖',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: '全公司一小時內小額遭拒次數：銀行驗證',
    },
    'fraud.merchant_tries_hour_least': {
      label: '一小時內達此嘗試次數，才計算全公司的遭拒比例',
    },
    'fraud.merchant_declines_percent_challenge': { label: '全公司遭拒百分比：銀行驗證' },
    'fraud.usual_payments_least': { label: '達此付款筆數，才判斷平常的金額' },
    'fraud.usual_times_challenge': { label: '達平常金額的幾倍：銀行驗證' },
    'fraud.customer_payments_least': { label: '達此付款筆數，才判斷個別客戶平常的金額' },
    'fraud.customer_times_challenge': { label: '達該客戶平常金額的幾倍：銀行驗證' },
    'fraud.unusual_amount_units_least': { label: '低於此金額一律不視為異常' },
    'fraud.countries_expected': {
      label: '預期的發卡國家或地區',
      hint: '國家或地區代碼；留空：不限',
    },
    'fraud.countries_blocked': { label: '拒絕的發卡國家或地區', hint: '國家或地區代碼' },
    'fraud.country_amount_units_challenge': {
      label: '來自其他國家或地區：達此金額即要求銀行驗證',
    },
    'fraud.own_link_days_review': {
      label: '檢查客服人員是否支付自己的連結時，回溯的天數',
      hint: '0：不檢查',
    },
    'fraud.review_hours': { label: '審查在幾小時後失效' },
    'alerts.window_minutes': { label: '計算的時間範圍（分鐘）' },
    'alerts.tries_least': { label: '遭拒比例：至少達此嘗試次數' },
    'alerts.declined_percent': { label: '遭拒百分比' },
    'alerts.messages_least': { label: '訊息未送達比例：至少達此訊息數' },
    'alerts.messages_failed_percent': { label: '訊息未送達百分比' },
    'alerts.unanswered_least': { label: '支付服務商沒有回應的嘗試次數' },
    'alerts.blocked_least': { label: '詐欺規則攔下的嘗試次數' },
    'page.progress': { label: '客服人員看得到的客戶步驟' },
    'pay_page_time.extension_minutes': { label: '客戶每次可延後到期的時間（分鐘）' },
    'pay_page_time.extensions_max': { label: '可延後的次數', hint: '0：不可延後' },
    'survey.enabled': { label: '付款後請客戶評分' },
    'receipts.automatic_email': { label: '每次付款後以電子郵件傳送收據' },
    'sms.countries': {
      label: '除所在地外，還可傳送到哪些國家或地區',
      hint: '國家或地區代碼；留空：不限',
    },
    'sms.daily_max': { label: '24 小時內最多傳送則數', hint: '留空：不限' },
    'stop.confirm_at': { label: '在這些服務商由我們確認 STOP' },
    'message_prices.currency': { label: '貨幣', hint: '例如 GBP' },
    'message_prices.sms': { label: '簡訊，每則' },
    'message_prices.email': { label: '電子郵件' },
  },
};
