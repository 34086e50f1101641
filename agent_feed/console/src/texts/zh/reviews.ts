/** 审批。 */
import type { Words } from '../catalogue';
import { capital } from '../../lib/words';

export const reviews: Words['reviews'] = {
  intro: '等待另一人审批的款项和链接。您的决定会连同姓名一起保存。',
  sections: { payment: '冻结待审核的付款', refund: '退款', link: '超出限额的链接' },
  emptyTitle: '没有待审批事项',
  emptyText: '被反欺诈检查冻结的付款，以及超出限额的退款和链接，会自动出现在这里。',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => `${count} 项待审批`,
  more: '还有更多。处理这些后会显示较早的事项。',
  noCustomer: '未填写客户姓名',
  facts: {
    agent: '客服',
    asker: '申请人',
    reason: '原因',
    card: '银行卡',
    score: '评分',
    waits: '开始等待',
    decideBy: '释放时间',
    reference: '参考编号',
  },
  software: '您的软件',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `，${country}`}`,
  score: (score) => `${score}/100`,
  why: '冻结原因',
  openLink: '打开链接',
  approve: { payment: '扣款', refund: '批准退款', link: '批准链接' },
  reject: { payment: '释放', refund: '驳回', link: '驳回链接' },
  approveTitle: (kind, amount) =>
    ({
      payment: `扣款 ${amount}？`,
      refund: `退款 ${amount}？`,
      link: `发送这个 ${amount} 的链接？`,
    })[kind],
  approveText: {
    payment: '将从客户的银行卡扣取冻结的金额。',
    refund: '款项将退回付款的银行卡。此操作无法撤销。',
    link: '消息将发出，客户可以付款。',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `释放 ${amount}？`,
      refund: `驳回 ${amount} 的退款？`,
      link: `驳回这个 ${amount} 的链接？`,
    })[kind],
  rejectText: {
    payment: '不会扣款。客户此前已获知付款正在核查。',
    refund: '不会退款。申请人可以再次申请。',
    link: '链接将取消。尚未发送任何内容。',
  },
  note: '原因',
  noteHint: '保存在历史中',
  noteMissing: '请向申请人说明原因。',
  approved: { payment: '已扣款。', refund: '退款已批准。', link: '链接正在发送。' },
  rejected: { payment: '金额已释放。', refund: '退款已驳回。', link: '链接已驳回。' },
  own: {
    payment: '这是您自己的链接，须由他人批准。您可以拒绝。',
    refund: '这是您申请的退款，须由他人决定。',
    link: '这是您自己的链接，须由他人决定。',
  },
};
