/** 核准畫面。 */
import { capital } from '../../lib/words';
import type { Words } from '../catalogue';

export const reviews: Words['reviews'] = {
  intro: '等待第二人核准的款項與連結。您的決定會連同姓名一併記錄。',
  sections: {
    payment: '預留待審查的付款',
    refund: '退款',
    link: '超過上限的連結',
  },
  emptyTitle: '沒有待處理項目',
  emptyText: '詐欺檢查預留的付款，以及超過上限的退款與連結，會自動顯示在這裡。',
  count: (count, hasMore) => (hasMore ? `${count}+` : String(count)),
  countLabel: (count) => `${count} 筆待處理`,
  more: '還有更多。處理完這些後，會接著顯示較早的項目。',
  noCustomer: '未填客戶姓名',
  facts: {
    agent: '客服人員',
    asker: '申請人',
    reason: '原因',
    card: '卡片',
    score: '分數',
    waits: '等待自',
    decideBy: '釋放時間',
    reference: '參考編號',
  },
  software: '您的軟體',
  card: (brand, last4, country) =>
    `${capital(brand)} •••• ${last4}${country === '' ? '' : `，${country}`}`,
  score: (score) => `${score}／100`,
  why: '預留原因',
  openLink: '開啟連結',
  approve: { payment: '請款', refund: '核准退款', link: '核准連結' },
  reject: { payment: '釋放', refund: '駁回', link: '駁回連結' },
  approveTitle: (kind, amount) =>
    ({
      payment: `要請款 ${amount} 嗎？`,
      refund: `要退還 ${amount} 嗎？`,
      link: `要讓這個 ${amount} 的連結送出嗎？`,
    })[kind],
  approveText: {
    payment: '將從客戶的卡片扣取預留的款項。',
    refund: '款項將退回付款的卡片。此動作無法復原。',
    link: '訊息會傳送出去，並可開始付款。',
  },
  rejectTitle: (kind, amount) =>
    ({
      payment: `要釋放 ${amount} 嗎？`,
      refund: `要駁回 ${amount} 的退款嗎？`,
      link: `要駁回這個 ${amount} 的連結嗎？`,
    })[kind],
  rejectText: {
    payment: '不會扣款。客戶先前已獲知付款正在查核。',
    refund: '不會退款。申請人可以再次申請。',
    link: '連結會取消。未曾傳送任何訊息。',
  },
  note: '原因',
  noteHint: '會保留在歷程中',
  noteMissing: '請向申請人說明原因。',
  approved: {
    payment: '已請款。',
    refund: '退款已核准。',
    link: '連結正在送出。',
  },
  rejected: {
    payment: '款項已釋放。',
    refund: '退款已駁回。',
    link: '連結已駁回。',
  },
  own: {
    payment: '這是您自己的連結，須由他人核准。您可以駁回。',
    refund: '這是您申請的退款，須由他人決定。',
    link: '這是您自己的連結，須由他人決定。',
  },
};
