/** 谁付款、如何联系、看到什么。 */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: '查找客户',
  findHint: '姓名、电话、电子邮件、编号',
  results: '找到的客户',
  none: '没有找到。请在下方填写资料。',
  failed: '搜索无响应。请在下方填写资料。',
  found: (count) => `找到 ${count} 位客户`,
  unnamed: '姓名未知',
  prefers: (channel) => `首选${channel}`,
  stoppedShort: (channels) => `已拒收${channels}`,
  consent: {
    stopped: '客户已停止接收此类消息：发送会被拒绝。',
    granted: '客户同意接收此类消息。',
    failed: '上一条未送达。',
    preferred: '首选。',
  },
  language: '语言',
  languageHint: '消息和页面的语言',
  automatic: '跟随客户设备',
  preview: {
    open: '预览消息',
    close: '隐藏预览',
    nothing: '选择渠道并填写金额，即可查看将发送的内容。',
    failed: '无法生成预览。',
    subject: '主题',
    segments: (count, units) => `${count} 条短信，${units} 个字符`,
    unicode: '含有使每条容量减半的字符',
  },
  templates: {
    label: '模板',
    hint: (number) => `Alt + ${number}`,
    save: '存为模板',
    name: '模板名称',
    saveIt: '保存',
    forget: (name) => `删除模板“${name}”`,
    empty: '请先填写说明，模板才有内容可存。',
    full: '已有八个模板。请先删除一个。',
    saved: '已保存在此浏览器中。',
    used: (name) => `已按模板“${name}”填入。`,
  },
};
