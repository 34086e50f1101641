/** 每个事件一句话，可以直接读出来。 */
import type { Words } from '../catalogue';
import { spoken } from '../../lib/words';
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
      return '您的软件';
    case 'system':
      return '系统';
  }
}

const via = ({ channel }: Parts) => (channel === null ? '' : `通过${channel}`);
const named = ({ channel }: Parts) => (channel === null ? '' : `（${channel}）`);
const on = ({ device }: Parts) => (device === null ? '' : `在${device}上`);
const money = ({ amount }: Parts) => (amount === null ? '' : `：${amount}`);
const inBrackets = ({ amount }: Parts) => (amount === null ? '' : `（${amount}）`);
const reason = ({ reason }: Parts) => (reason === '' ? '。' : `：${reason}。`);
const message = (c: Parts) => `${c.channel ?? ''}${c.isReceipt ? '收据' : '消息'}`;
const to = (c: Parts) => (c.isSomebodys ? `给${who(c)}` : '');

function card({ card }: Parts): string {
  if (card === null) return '';
  const wallet = card.wallet === null ? '' : `，${card.wallet}`;
  return `（${card.brand} 尾号 ${card.last4}${wallet}）`;
}

export const events: Words['events'] = {
  'link.created': (c) => `${who(c)}创建了链接${money(c)}。`,
  'link.updated': (c) => {
    const agent = c.text('agent');
    if (agent !== null) {
      return agent === c.event.agent ? `此链接现由${who(c)}负责。` : `已从${who(c)}处接管此链接。`;
    }
    switch (c.text('approval')) {
      case 'waiting':
        return `${who(c)}修改了链接，等待另一人审批。`;
      case 'approved':
        return '另一人已批准此链接。';
      case 'rejected':
        return '另一人已驳回此链接。';
      default:
        return `${who(c)}修改了链接。`;
    }
  },
  'link.sent': (c) => `链接已${via(c)}发送。`,
  'link.fetched': (c) =>
    c.text('by') === 'bot'
      ? '链接预览或扫描程序访问了页面，尚无人打开。'
      : '页面已加载，尚无人操作。',
  'link.opened': (c) => `客户${on(c)}${via(c)}打开了链接。`,
  'link.expired': '链接已过期。',
  'link.cancelled': (c) => `${who(c)}取消了链接。`,
  'link.superseded': '此链接已被更新的链接取代。',
  'link.renewal_requested': '客户索取新链接。',
  'checkout.joined': (c) => {
    const language = c.language === null ? '' : `，语言：${c.language}`;
    return `客户正${on(c)}浏览付款页面${language}。`;
  },
  'checkout.left': '客户离开了页面。',
  'checkout.method_selected': (c) => {
    const isCard = (c.text('method') ?? 'card') === 'card';
    return `客户选择了付款方式：${isCard ? '银行卡' : c.method}。`;
  },
  'checkout.card_entry_started': (c) => `客户开始填写${c.field}。`,
  'checkout.field_completed': (c) => `${c.field}已填写完整。`,
  'checkout.field_invalid': (c) => `${c.field}未通过校验。`,
  'checkout.submitted': '客户点击了支付。',
  'checkout.stalled': '客户中途停了下来。',
  'checkout.help_requested': '客户请求帮助。',
  'checkout.sharing_changed': (c) =>
    c.text('sharing') === 'full'
      ? '客户重新共享每一步进度。'
      : c.text('by') === 'merchant'
        ? '您的页面只共享大致进度：打开、提交和结果。'
        : '客户只共享大致进度：打开、提交和结果。',
  'payment.fraud_check_started': '反欺诈检查已开始。',
  'payment.fraud_check_completed': (c) => {
    switch (c.text('verdict')) {
      case 'allow':
        return '已通过反欺诈检查。';
      case 'challenge':
        return '反欺诈检查要求银行验证。';
      case 'review':
        return '反欺诈检查要求人工审核。';
      case 'block':
        return '反欺诈检查拦截了付款。';
      default:
        return '反欺诈检查已完成。';
    }
  },
  'payment.challenge_started': (c) =>
    c.text('place') === 'psp_page'
      ? '客户正在支付服务商的页面上。'
      : '客户的银行要求客户确认付款。',
  'payment.challenge_completed': (c) =>
    c.text('result') === 'failed' ? '银行验证失败。' : '客户已通过银行验证。',
  'payment.processing': '银行正在处理付款。',
  'payment.authorised': (c) => `已授权${money(c)}${card(c)}。`,
  'payment.declined': (c) => {
    const said = c.text('customer_message');
    return said === null ? '付款被拒绝。' : `付款被拒绝。客户看到：“${said}”`;
  },
  'payment.paid': (c) => `已付款${money(c)}${card(c)}。`,
  'payment.partially_paid': (c) => `已支付部分款项${money(c)}${card(c)}。`,
  'payment.paid_late': (c) => `链接关闭后收到付款${money(c)}。请核实。`,
  'payment.cancelled': (c) =>
    c.text('reason') === 'released' ? '冻结的金额已释放。' : '付款已取消。',
  'payment.review_opened': (c) =>
    c.text('by') === 'psp' ? '支付服务商要求人工查看这笔付款。' : '款项已冻结，等待主管审核。',
  'payment.review_decided': (c) =>
    c.text('by') === 'psp'
      ? `支付服务商已结束审核${reason(c)}`
      : c.text('decision') === 'approved'
        ? `${who(c)}在审核中批准了付款。`
        : '付款未通过审核，未扣任何款项。',
  'payment.flag_cleared': (c) => `${who(c)}查看并清除了标记。`,
  'refund.created': (c) => `${who(c)}发起了退款${money(c)}。`,
  'refund.decided': (c) =>
    c.text('decision') === 'approved'
      ? `${who(c)}批准了退款${money(c)}。`
      : `${who(c)}驳回了退款${money(c)}。不会退回任何款项。`,
  'refund.succeeded': (c) => `退款成功${money(c)}。`,
  'refund.failed': (c) => `退款${inBrackets(c)}失败${reason(c)}`,
  'dispute.opened': (c) => `客户的银行提出了争议${money(c)}。`,
  'dispute.closed': (c) => {
    const result = c.text('outcome') ?? c.text('status');
    if (result === 'won') return '争议已结束：胜诉。';
    return result === 'lost' ? '争议已结束：败诉。' : '争议已结束。';
  },
  'message.queued': (c) => `${message(c)}等待发送。`,
  'message.sent': (c) => `${message(c)}已发送。`,
  'message.delivered': (c) => `${message(c)}已送达。`,
  'message.read': (c) => `${message(c)}已读。`,
  'message.failed': (c) => `${message(c)}未能送达${reason(c)}`,
  'message.received': (c) =>
    c.event.data.card_number_masked === true
      ? `客户${via(c)}发来消息，其中的卡号已隐藏。`
      : `客户${via(c)}发来消息。`,
  'customer.created': '已添加客户。',
  'customer.updated': (c) => `${who(c)}修改了客户资料。`,
  'customer.merged': (c) => `${who(c)}将另一条记录并入了此客户。`,
  'customer.unmerged': (c) => `${who(c)}拆分了两条已合并的记录。`,
  'customer.erased': (c) => `${who(c)}清除了客户的个人数据。`,
  'consent.changed': (c) => {
    const state = c.text('state') ?? c.text('status');
    const now = state === 'granted' ? '：同意' : state === 'stopped' ? '：停止' : '';
    return `接收消息的意愿${named(c)}已变更${now}。`;
  },
  'consent.doubtful': (c) => `客户${via(c)}写的内容可能是要求停止发送消息。请阅读后决定。`,
  'interaction.recorded': (c) => {
    const kind = c.text('kind');
    const what = kind === null ? '' : `（${spoken(kind)}）`;
    const direction = c.text('direction');
    if (direction === 'inbound') return `客户联系了我们${what}。`;
    return direction === 'outbound' ? `我们联系了客户${what}。` : `有一次联系${what}。`;
  },
  'note.added': (c) => `${who(c)}添加了备注。`,
  'note.whispered': (c) => `主管向${who(c)}发送了耳语。`,
  'survey.answered': (c) => {
    const score = c.number('score');
    if (score === null) return '客户回答了调查。';
    const comment = c.text('comment');
    return `客户对付款的评分：${score}/5${comment === null ? '。' : `，“${comment}”`}`;
  },
  'conversation.opened': (c) => `新会话${named(c)}已开始。`,
  'conversation.assigned': (c) => `会话${named(c)}已分配${to(c)}。`,
  'conversation.transferred': (c) => `会话${named(c)}已转接${to(c)}。`,
  'conversation.taken': (c) => `会话${named(c)}已有人接入。`,
  'conversation.offered': (c) => `会话${named(c)}等待接入。`,
  'conversation.closed': (c) => `会话${named(c)}已关闭。`,
  'agent.presence_changed': (c) => `${who(c)}的在线状态已变更。`,
  'session.started': (c) =>
    c.text('way') === 'single_sign_on' ? `${who(c)}使用企业账户登录。` : `${who(c)}已登录。`,
  'session.failed': '一次登录失败。',
  'session.ended': (c) => `${who(c)}的一个登录会话已结束。`,
  'user.changed': (c) => `${who(c)}修改了一名用户。`,
  'key.created': (c) => `${who(c)}创建了 API 密钥。`,
  'key.revoked': (c) => `${who(c)}吊销了 API 密钥。`,
  'export.created': (c) =>
    c.text('of') === 'journal' ? `${who(c)}查看了日志。` : `${who(c)}导出了数据。`,
  'settings.changed': (c) => {
    const why = c.text('reason');
    if (c.text('change') !== 'switched_off' || why === null || why === 'by_hand') {
      return `${who(c)}修改了设置。`;
    }
    const host = c.text('host') ?? '您的软件';
    const cause = why === 'gone' ? '对方表示已不存在' : '三天内无任何内容送达';
    return `发往 ${host} 的 Webhook 已停用：${cause}。请管理员查看。`;
  },
  'incident.card_number_masked': (c) => `一个卡号${named(c)}在保存前已隐藏。`,
  'incident.approval_refused': (c) => `${who(c)}试图批准须由他人审批的事项。`,
  'incident.mailbox_failing': '无法读取邮箱。请检查服务器和密码。',
  'incident.mailbox_recovered': '邮箱已恢复读取。',
  'incident.mail_skipped': '一封邮件未能保存，仍留在邮箱中。请到邮箱中查看。',
  'incident.decline_spike': '被拒绝的付款远多于平时。请查看现场。',
  'incident.decline_spike_over': '付款被拒绝的高峰已结束。',
  'incident.psp_down': '支付服务商无响应，目前无法完成付款。',
  'incident.psp_down_over': '支付服务商已恢复响应。',
  'incident.message_failures': '许多消息未能送达。请查看渠道账户。',
  'incident.message_failures_over': '消息已恢复送达。',
  'incident.card_testing': '可能有人在试用盗来的卡：反欺诈规则已拦截多张。',
  'incident.card_testing_over': '反欺诈规则不再拦截银行卡。',
  'psp.event_unmatched': '支付服务商通知了一笔此处没有记录的付款。',
  'psp.amount_mismatched': '支付服务商的扣款金额与要求不符。未入账，请立即查看。',
  'page.script_blocked': '浏览器在付款页面上阻止了不属于我们的脚本。',
  'page.changed': '付款页面与发出时不一致：脚本或安全标头有变化。请立即查看。',
  'page.baseline_accepted': (c) => `${who(c)}认可了付款页面的当前状态。`,
  'reconciliation.completed': (c) =>
    c.text('state') === 'matched'
      ? '当日款项与支付服务商的账目一致。'
      : '当日款项与支付服务商的账目尚不一致。请财务查看。',
};
