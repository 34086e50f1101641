/** 現場，以及主管介入。 */
import type { Words } from '../catalogue';

const links = (n: number) => `${n} 個連結`;

export const floor: Words['floor'] = {
  title: '現場',
  today: (zone) => `今天（時區：${zone}）`,
  updated: '即時更新；中位數每分鐘重新計算。',
  stale: '非即時。顯示的是連線中斷時的狀況。',
  more: '未結的連結超過 5,000 個，只計算最新的 5,000 個。',
  filters: '顯示',
  team: '團隊',
  allTeams: '所有團隊',
  noTeam: '無團隊',
  agent: '客服人員',
  allAgents: '所有客服人員',
  nobody: '無人',
  channel: '管道',
  allChannels: '所有管道',
  noChannel: '無或多個管道',
  clear: '全部顯示',
  large: '大螢幕',
  largeHint: '按 F 或 Esc 離開',
  pipeline: '目前各步驟的連結',
  steps: {
    created: '已建立',
    sent: '已傳送',
    delivered: '已送達',
    opened: '已開啟',
    card_entry: '輸入卡片中',
    checking: '處理中',
    challenge: '銀行驗證',
    declined: '遭拒',
    paid: '今日已付款',
  },
  links,
  figures: '今日至今',
  paid: '今日已付款',
  payments: (n) => `${n} 筆付款`,
  nothingPaid: '尚無',
  conversion: '轉換率',
  ofMade: (paid, made) =>
    made === 0 ? '今天尚未建立連結' : `今天建立 ${links(made)}，其中 ${paid} 個已付款`,
  median: '從傳送到付款',
  medianHint: '半數比這更快',
  open: '未結的連結',
  present: (n) => `${n} 位正在頁面上`,
  declines: '遭拒',
  declinesHint: '今日嘗試次數',
  unknown: '–',
  needs: '現在需要協助',
  needsCount: (n) => `${links(n)}需要協助`,
  needLabels: {
    help: '請求協助',
    stalled: '停滯',
    declined: '再次遭拒',
    undelivered: '未送達',
  },
  needsNone: '沒有人卡住。',
  needsNoneText: '請求協助、停滯、兩次遭拒或收不到訊息的客戶會顯示在這裡。',
  needsMore: (n) => `還有 ${n} 個`,
  noReference: '無參考編號',
  people: '客服人員',
  peopleHint: '選擇一位，即可即時查看其連結。',
  peopleNone: '目前沒有人有未結的連結，今天也沒有人建立連結。',
  teams: '團隊',
  channels: '管道',
  columns: {
    open: '未結',
    present: '在頁面上',
    needs: '需要協助',
    made: '已建立',
    paid: '已付款',
    conversion: '轉換率',
    money: '金額',
  },
  online: '在座位上',
  offline: '近期未上線',
  watch: (name) => `查看 ${name}`,
  work: (name) => `${name}：未結的連結`,
  workNone: '目前沒有未結的連結。',
  workMore: (n) => `另有 ${n} 個未顯示。`,
  stopWatching: '停止查看',
  openLink: '開啟',
  stepIn: '介入',
  alerts: '警示',
  alertSince: (when) => `自 ${when} 起`,
  alertLook: '該怎麼做',
  incidents: {
    decline_spike: {
      title: '許多付款遭拒',
      todo: '請客戶改用其他卡片。如果報表中某家銀行或某家支付服務商特別突出，請通知支付服務商。',
    },
    psp_down: {
      title: '支付服務商沒有回應',
      todo: '請客戶稍候，不要反覆嘗試。請查看支付服務商的狀態頁面；可以的話，將付款改走其他服務商。',
    },
    message_failures: {
      title: '許多訊息未送達',
      todo: '請改用其他管道傳送連結，或出示 QR 碼。請到「設定」檢查該管道的帳號。',
    },
    card_testing: {
      title: '可能有人在測試遭竊的卡片',
      todo: '請取消相關連結。現在不要提高詐欺上限；如果持續發生，請通知支付服務商。',
    },
    mailbox_failing: {
      title: '無法讀取信箱',
      todo: '收不到電子郵件回覆。請到「設定」檢查伺服器與密碼。',
    },
  },
  otherIncident: { title: '有事需要查看', todo: '詳情請查看日誌。' },
  evidence: (data) => {
    const n = (name: string) => (typeof data[name] === 'number' ? String(data[name]) : null);
    const minutes = n('minutes');
    const within = minutes === null ? '' : `${minutes} 分鐘內 `;
    if (n('declined') !== null) return `${within}${n('tries')} 次嘗試中有 ${n('declined')} 次遭拒`;
    if (n('failed') !== null) return `${within}${n('messages')} 則訊息中有 ${n('failed')} 則未送達`;
    if (n('blocked') !== null) return `${within}${n('blocked')} 次嘗試被攔下`;
    if (n('unanswered') !== null) return `${n('unanswered')} 次嘗試沒有回應`;
    return '';
  },
  steer: {
    title: '介入',
    whisper: '傳密語給客服人員',
    whisperHint: '只有對方看得到，客戶絕對看不到',
    whisperSend: '傳送密語',
    whispered: '客服人員已看到。',
    whisperEmpty: '請寫下客服人員該知道的事。',
    takeOver: '接手',
    takenOver: '連結現在由您負責。',
    giveTo: '交給',
    choose: '選擇客服人員',
    give: '交給對方',
    given: (name) => `連結現在由 ${name} 負責。`,
    isMine: '這個連結由您負責。',
  },
  whispers: {
    title: '給您的密語',
    sent: '給客服人員的密語',
    by: (name) => `${name}，只給您看`,
    somebody: '一位主管',
    told: (customer, text) =>
      `給您的密語，關於${customer === null ? '一個連結' : ` ${customer}`}：「${text}」`,
  },
};
