/** 简称、时间与错误。 */
import type { Words } from '../catalogue';

export const labels: Words['labels'] = {
  you: '您',
  channels: {
    sms: '短信',
    email: '电子邮件',
    whatsapp: 'WhatsApp',
    messenger: 'Messenger',
    instagram: 'Instagram',
    telegram: 'Telegram',
    webchat: '网页聊天',
    chatbot: '聊天机器人',
    qr: '二维码',
  },
  devices: { mobile: '手机', tablet: '平板电脑', desktop: '电脑' },
  fields: { number: '卡号', expiry: '有效期', cvc: '安全码', other: '银行卡信息' },
  fieldTitles: { number: '卡号', expiry: '有效期', cvc: '安全码' },
  fieldStates: { todo: '未填写', typing: '填写中', done: '已完成', invalid: '未通过' },
  steps: {
    created: '已创建',
    sent: '已发送',
    delivered: '已送达',
    opened: '已打开',
    card_entry: '填写卡信息',
    submitted: '已提交',
    fraud_check: '反欺诈检查',
    challenge: '银行验证',
    processing: '处理中',
    paid: '已付款',
    declined: '被拒绝',
    expired: '已过期',
    cancelled: '已取消',
  },
  stages: {
    created: '已创建',
    sent: '已发送',
    delivered: '已送达',
    opened: '已打开',
    card_entry: '填写卡信息',
    submitted: '已提交',
    fraud_check: '反欺诈检查',
    challenge: '银行验证',
    outcome: '付款',
  },
  statuses: {
    active: '有效',
    in_progress: '进行中',
    partially_paid: '部分付款',
    paid: '已付款',
    expired: '已过期',
    cancelled: '已取消',
  },
  deliveries: {
    queued: '等待发送',
    sending: '发送中',
    sent: '已发送',
    delivered: '已送达',
    read: '已读',
    failed: '未送达',
  },
  roles: { agent: '客服', supervisor: '主管', admin: '管理员', auditor: '审计员' },
};

export const times: Words['times'] = {
  now: '刚刚',
  secondsAgo: (n) => `${n} 秒前`,
  minutesAgo: (n) => `${n} 分钟前`,
  hoursAgo: (n) => `${n} 小时前`,
  soon: '1 分钟内',
  inMinutes: (n) => `${n} 分钟后`,
  inHours: (n) => `${n} 小时后`,
  inDays: (n) => `${n} 天后`,
};

export const presence: Words['presence'] = {
  away: '不在页面上',
  there: { active: '在页面上', typing: '在页面上，正在填写', idle: '在页面上，无操作' },
  watchers: (names, more) => {
    const others = more === 0 ? '' : `，另有 ${more} 人`;
    return `也在查看此链接：${names.join('、')}${others}。`;
  },
};

export const failures: Words['failures'] = {
  title: '未能加载此内容',
  offline: '无法连接服务，请检查网络。',
  timeout: '服务未及时响应。',
  busy: '请求过多，请稍后重试。',
  service: '服务出现问题，请稍后重试。',
  sessionOver: '您的会话已结束。',
  other: '出现了问题。',
  unknownFate: '没有收到答复，操作可能已完成，也可能没有。请重试：不会重复执行。',
};

export const settings: Words['settings'] = {
  title: '设置',
  nav: '设置分类',
  groups: { own: '您', house: '您的企业' },
  parts: {
    account: '我的账户',
    sessions: '登录状态',
    'canned-replies': '快捷回复',
    guidance: '话术',
    people: '人员',
    teams: '团队',
    roles: '角色',
    keys: 'API 密钥',
    accounts: '账户',
    brand: '品牌',
    templates: '消息文本',
    webhooks: 'Webhook',
    'page-security': '付款页面安全',
    limits: '限额与审批',
    retention: '数据保留期限',
    journal: '日志',
  },
};
