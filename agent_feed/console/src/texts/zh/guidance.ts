/** 当前情况与话术。 */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : `在${device}上`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) => `客户在填写${field}时遇到困难。请客户核对，切勿让客户读出来。`,
  undelivered: (channel, next) =>
    `${channel}消息未送达。${
      next === null ? '请检查地址，或向客户询问其他地址。' : `请改用${next}发送，或检查地址。`
    }`,
  now: {
    ready: '已就绪。请向客户出示二维码，或为客户复制链接。',
    leaving: '链接正在发送给客户。',
    sent: '消息已发出，等待送达。',
    delivered: '消息已送达，等待客户打开链接。',
    opened: (device) => `客户正${on(device)}浏览页面。`,
    openedGone: '客户打开链接后离开了页面。',
    typing: (device) => `客户正${on(device)}填写银行卡信息。`,
    typingGone: '客户开始填写银行卡信息，随后离开了页面。',
    checking: '客户点击了支付，正在检查付款。',
    challenge: '客户的银行要求确认，通过银行应用或验证码。',
    challengeGone: '银行要求客户确认，但客户已离开页面。',
    processing: '银行正在处理付款，暂时无需其他操作。',
    paid: '已付款。客户可以看到收据。',
    held: '款项已为您冻结，请在到期时请款。',
    someMoney: '款项已到账。',
    declined: '客户仍在页面上，可以在那里重试。',
    declinedGone: '客户已离开页面。同一链接仍然有效。',
    expired: '链接已过期，不再接受付款。',
    cancelled: '链接已取消，不再接受付款。',
  },
  titles: {
    help: '客户请求帮助',
    renewal: '客户索取新链接',
    stalled: '客户停了下来',
    undelivered: '消息未送达',
    declined: '被拒绝',
    someUndelivered: '有消息未送达',
    stuck: '客户可能遇到困难',
    problem: '出现问题',
  },
  hints: {
    help: '请立即与客户沟通：“我看到您在付款页面上，请问卡在哪一步？”',
    declined: '询问客户是否有其他银行卡，或是否想先致电银行。',
    stalledAtBank: '请客户留意银行的消息：在银行应用中，或短信验证码。',
    stalledTyping: '询问客户银行卡是否在手边，哪一项填写有困难。',
    stalled: '询问客户页面显示的金额是否正确，以及是否要继续。',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}。`}请与客户核对 ${to}，或改用${channel}以外的方式发送。`,
  },
  attention: {
    help: '请求帮助',
    renewal: '索取新链接',
    stalled: '已停顿',
    declined: '被拒绝',
    undelivered: '未送达',
  },
};
