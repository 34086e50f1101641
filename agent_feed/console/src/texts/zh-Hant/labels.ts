/** 簡短名稱、時間、在線狀況與失敗訊息。 */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: '您',
  channels: {
    sms: '簡訊',
    email: '電子郵件',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: '網頁聊天',
    chatbot: '聊天機器人',
    qr: 'QR 碼',
  },
  devices: { mobile: '手機', tablet: '平板', desktop: '電腦' },
  fields: {
    number: '卡號',
    expiry: '有效期限',
    cvc: '安全碼',
    other: '卡片資料',
  },
  fieldTitles: { number: '卡號', expiry: '有效期限', cvc: '安全碼' },
  fieldStates: {
    todo: '尚未輸入',
    typing: '輸入中',
    done: '完成',
    invalid: '不正確',
  },
  steps: {
    created: '已建立',
    sent: '已傳送',
    delivered: '已送達',
    opened: '已開啟',
    card_entry: '輸入卡片中',
    submitted: '已送出',
    fraud_check: '詐欺檢查',
    challenge: '銀行驗證',
    processing: '處理中',
    paid: '已付款',
    declined: '遭拒',
    expired: '已過期',
    cancelled: '已取消',
  },
  stages: {
    created: '建立',
    sent: '傳送',
    delivered: '送達',
    opened: '開啟',
    card_entry: '輸入卡片',
    submitted: '送出',
    fraud_check: '詐欺檢查',
    challenge: '銀行驗證',
    outcome: '付款',
  },
  statuses: {
    active: '有效',
    in_progress: '進行中',
    partially_paid: '部分付款',
    paid: '已付款',
    expired: '已過期',
    cancelled: '已取消',
  },
  deliveries: {
    queued: '等待傳送',
    sending: '傳送中',
    sent: '已傳送',
    delivered: '已送達',
    read: '已讀',
    failed: '未送達',
  },
  roles: {
    agent: '客服人員',
    supervisor: '主管',
    admin: '管理員',
    auditor: '稽核人員',
  },
};

export const times: Words['times'] = {
  now: '剛剛',
  secondsAgo: (n) => `${n} 秒前`,
  minutesAgo: (n) => `${n} 分鐘前`,
  hoursAgo: (n) => `${n} 小時前`,
  soon: '1 分鐘內',
  inMinutes: (n) => `${n} 分鐘後`,
  inHours: (n) => `${n} 小時後`,
  inDays: (n) => `${n} 天後`,
};

export const presence: Words['presence'] = {
  away: '不在頁面上',
  there: {
    active: '在頁面上',
    typing: '在頁面上，輸入中',
    idle: '在頁面上，閒置中',
  },
  watchers: (names, more) => {
    const listed = names.join('、');
    return more > 0
      ? `${listed} 和另外 ${more} 人也在查看這個連結。`
      : `${listed} 也在查看這個連結。`;
  },
};

export const failures: Words['failures'] = {
  title: '無法載入',
  offline: '無法連上服務。請檢查您的網路連線。',
  timeout: '服務未在時間內回應。',
  busy: '目前請求過多，請稍後重試。',
  service: '服務發生問題，請稍後重試。',
  sessionOver: '您的工作階段已結束。',
  other: '發生錯誤。',
  unknownFate: '沒有收到回應，可能已完成，也可能沒有。請重試：不會重複執行。',
};

export const settings: Words['settings'] = {
  title: '設定',
  nav: '設定項目',
  groups: { own: '您', house: '您的公司' },
  parts: {
    account: '我的帳號',
    sessions: '工作階段',
    'canned-replies': '罐頭回覆',
    guidance: '應對話術',
    people: '人員',
    teams: '團隊',
    roles: '角色',
    keys: 'API 金鑰',
    accounts: '服務商帳號',
    brand: '品牌',
    templates: '訊息文字',
    webhooks: 'Webhook',
    'page-security': '付款頁面安全性',
    limits: '上限與核准',
    retention: '資料保留期限',
    journal: '日誌',
  },
};
