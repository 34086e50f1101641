/** 每個事件寫成一句可以唸出來的話。 */
import { spoken } from '../../lib/words';
import type { Words } from '../catalogue';
import type { Parts } from '../sentence_parts';

function who({ who }: Parts): string {
  switch (who.kind) {
    case 'you':
      return '您';
    case 'person':
      return who.name;
    case 'colleague':
      return '一位同事';
    case 'software':
      return '您的軟體';
    case 'system':
      return '系統';
  }
}

/** 補充說明放在括號裡，中英文名稱都適用。 */
const doer = (c: Parts) => `（${who(c)}）`;
const by = ({ channel }: Parts) => (channel === null ? '' : `（${channel}）`);
const on = ({ device }: Parts) => (device === null ? '' : `以${device}`);
const money = ({ amount }: Parts) => (amount === null ? '' : ` ${amount}`);
const reason = ({ reason }: Parts) => (reason === '' ? '。' : `：${reason}。`);
const what = ({ isReceipt, channel }: Parts) =>
  `${isReceipt ? '收據' : '訊息'}${channel === null ? '' : `（${channel}）`}`;
const to = (c: Parts) => (c.isSomebodys ? `：${who(c)}` : '');

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : `，使用 ${card.wallet}`;
  return `，${card.brand} 卡，末四碼 ${card.last4}${wallet}`;
}

export const events: Words['events'] = {
  'link.created': (c) => `已建立連結${money(c)}${doer(c)}。`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent
        ? `連結現在由此人負責：${who(c)}。`
        : `連結已由他人接手，原負責人：${who(c)}。`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `已變更連結${doer(c)}，等待第二人核准。`;
      case 'approved':
        return '第二人已核准連結。';
      case 'rejected':
        return '第二人已駁回連結。';
      default:
        return `已變更連結${doer(c)}。`;
    }
  },
  'link.sent': (c) => `連結已傳送${by(c)}。`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? '連結預覽或掃描程式讀取了頁面，尚無人開啟。'
      : '頁面已載入，尚無人操作。',
  'link.opened': (c) => `客戶已${on(c)}開啟連結${by(c)}。`,
  'link.expired': '連結已過期。',
  'link.cancelled': (c) => `已取消連結${doer(c)}。`,
  'link.superseded': '這個連結已由較新的連結取代。',
  'link.renewal_requested': '客戶要求新的連結。',
  'checkout.joined': (c) =>
    `客戶正${on(c)}瀏覽頁面${c.language === null ? '' : `（${c.language}）`}。`,
  'checkout.left': '客戶離開了頁面。',
  'checkout.method_selected': (c) => `客戶選擇的付款方式：${c.method}。`,
  'checkout.card_entry_started': (c) => `客戶開始輸入${c.field}。`,
  'checkout.field_completed': (c) => `${c.field}已輸入完成。`,
  'checkout.field_invalid': (c) => `${c.field}不正確。`,
  'checkout.submitted': '客戶按下了支付。',
  'checkout.stalled': '客戶中途停了下來。',
  'checkout.help_requested': '客戶請求協助。',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? '客戶恢復分享每個步驟。'
      : c.text('by') === 'merchant'
        ? '您的頁面只分享概略進度：開啟、送出與結果。'
        : '客戶只分享概略進度：開啟、送出與結果。',
  'payment.fraud_check_started': '詐欺檢查已開始。',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return '通過詐欺檢查。';
      case 'challenge':
        return '詐欺檢查要求銀行驗證。';
      case 'review':
        return '詐欺檢查要求人工審查。';
      case 'block':
        return '詐欺檢查封鎖了這筆付款。';
      default:
        return '詐欺檢查已完成。';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? '客戶正在支付服務商的頁面上。'
      : '客戶的銀行要求客戶確認付款。',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed' ? '銀行驗證未通過。' : '客戶通過了銀行驗證。',
  'payment.processing': '銀行正在處理付款。',
  'payment.authorised': (c) => `已授權${money(c)}${card(c)}。`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? '付款遭拒。' : `付款遭拒。客戶看到：「${said}」`;
  },
  'payment.paid': (c) => `已付款${money(c)}${card(c)}。`,
  'payment.partially_paid': (c) => `已付部分款項${money(c)}${card(c)}。`,
  'payment.paid_late': (c) => `連結關閉後才付款${money(c)}。請確認。`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? '已釋放預留的金額。' : '付款已取消。',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp' ? '支付服務商希望有人查看這筆付款。' : '款項已預留，等待主管查看。',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `支付服務商已結束審查${reason(c)}`
      : c.text('decision') === 'approved'
        ? `審查已核准付款${doer(c)}。`
        : '審查未核准付款，未扣任何款項。',
  'payment.flag_cleared': (c) => `已查看並清除警示${doer(c)}。`,
  'refund.created': (c) => `已發起退款${money(c)}${doer(c)}。`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `已核准退款${money(c)}${doer(c)}。`
      : `已駁回退款${money(c)}${doer(c)}，不會退回任何款項。`,
  'refund.succeeded': (c) => `退款成功${money(c)}。`,
  'refund.failed': (c) => `退款失敗${money(c)}${reason(c)}`,
  'dispute.opened': (c) => `客戶的銀行提出爭議款${money(c)}。`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return '爭議款已結案：勝訴。';
    return result === 'lost' ? '爭議款已結案：敗訴。' : '爭議款已結案。';
  },
  'message.queued': (c) => `${what(c)}等待傳送。`,
  'message.sent': (c) => `${what(c)}已傳送。`,
  'message.delivered': (c) => `${what(c)}已送達。`,
  'message.read': (c) => `${what(c)}已讀。`,
  'message.failed': (c) => `${what(c)}無法送達${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `客戶傳來訊息${by(c)}，其中的卡號已遮蔽。`
      : `客戶傳來訊息${by(c)}。`,
  'customer.created': '已新增客戶。',
  'customer.updated': (c) => `已變更客戶資料${doer(c)}。`,
  'customer.merged': (c) => `已將另一筆資料併入這位客戶${doer(c)}。`,
  'customer.unmerged': (c) => `已將合併的兩筆資料分開${doer(c)}。`,
  'customer.erased': (c) => `已刪除客戶的個人資料${doer(c)}。`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? '：可以' : state === 'stopped' ? '：不可以' : '';
    return `客戶接收訊息的意願${by(c)}已變更${now}。`;
  },
  'consent.doubtful': (c) => `客戶傳來的內容${by(c)}可能是想停止接收訊息。請閱讀後決定。`,
  'interaction.recorded': (c) => {
    const kind = spoken(c.text('kind') ?? '');
    const named = kind === '' ? '' : `（${kind}）`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `客戶主動聯絡${named}。`;
    return direction === 'outbound' ? `我方主動聯絡${named}。` : `有一次聯絡${named}。`;
  },
  'note.added': (c) => `已新增備註${doer(c)}。`,
  'note.whispered': (c) => `主管傳送了密語，對象：${who(c)}。`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return '客戶填寫了問卷。';
    const comment = c.text('comment');
    return `客戶對付款的評分：${score}／5${comment === null ? '。' : `，「${comment}」`}`;
  },
  'conversation.opened': (c) => `對話已開啟${by(c)}。`,
  'conversation.assigned': (c) => `對話${by(c)}已指派${to(c)}。`,
  'conversation.transferred': (c) => `對話${by(c)}已轉交${to(c)}。`,
  'conversation.taken': (c) => `有人承接了對話${by(c)}。`,
  'conversation.offered': (c) => `對話${by(c)}等待承接。`,
  'conversation.closed': (c) => `對話已結束${by(c)}。`,
  'agent.presence_changed': (c) => `在線狀況已變更：${who(c)}。`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on' ? `以組織帳號登入：${who(c)}。` : `已登入：${who(c)}。`,
  'session.failed': '有人登入失敗。',
  'session.ended': (c) => `一個工作階段已結束：${who(c)}。`,
  'user.changed': (c) => `已變更使用者${doer(c)}。`,
  'key.created': (c) => `已建立 API 金鑰${doer(c)}。`,
  'key.revoked': (c) => `已撤銷 API 金鑰${doer(c)}。`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `已查閱日誌${doer(c)}。` : `已匯出資料${doer(c)}。`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `已變更設定${doer(c)}。`;
    }
    const cause = why === 'gone' ? '對方表示已不存在' : '連續三天未能送達';
    return `傳往 ${c.text('host') ?? '您的軟體'} 的 Webhook 已停用：${cause}。請管理員查看。`;
  },
  'incident.card_number_masked': (c) => `一組卡號${by(c)}在儲存前已遮蔽。`,
  'incident.approval_refused': (c) => `有人試圖核准須由他人核准的項目：${who(c)}。`,
  'incident.mailbox_failing': '無法讀取信箱。請檢查伺服器與密碼。',
  'incident.mailbox_recovered': '信箱已恢復讀取。',
  'incident.mail_skipped': '有一封郵件無法儲存，仍留在信箱中。請派人到信箱閱讀。',
  'incident.decline_spike': '遭拒的付款遠比平常多。請查看現場。',
  'incident.decline_spike_over': '遭拒付款激增的情況已結束。',
  'incident.psp_down': '支付服務商沒有回應，目前無法付款。',
  'incident.psp_down_over': '支付服務商已恢復回應。',
  'incident.message_failures': '許多訊息未送達。請查看該管道的帳號。',
  'incident.message_failures_over': '訊息已恢復送達。',
  'incident.card_testing': '可能有人在測試遭竊的卡片：詐欺規則已攔下數張。',
  'incident.card_testing_over': '詐欺規則已不再攔下卡片。',
  'psp.event_unmatched': '支付服務商通知了一筆此處沒有紀錄的付款。',
  'psp.amount_mismatched': '支付服務商收取的金額與要求的不同，尚未入帳。請立即查看。',
  'page.script_blocked': '瀏覽器在付款頁面上攔下了不屬於我們的指令碼。',
  'page.changed': '付款頁面與送出時不同：有指令碼或安全標頭不一致。請立即查看。',
  'page.baseline_accepted': (c) => `已接受付款頁面目前的樣貌${doer(c)}。`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? '當日款項與支付服務商的帳目相符。'
      : '當日款項與支付服務商的帳目尚不相符。請財務人員查看。',
};
