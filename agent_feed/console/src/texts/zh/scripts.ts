/** 客服可以直接使用的话术。 */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: '被拒绝：余额不足',
    declined: '因其他原因被拒绝',
    bank_app: '银行要求确认，但没有反应',
    wrong_code: '安全码错误',
    stuck_field: '某一项填写有困难',
    not_arrived: '消息未送达',
    stalled: '客户停了下来',
    help: '客户请求帮助',
    expired: '链接已过期',
  },
  builtIn: {
    declined_funds: '“银行表示这张卡目前余额不足。您想换一张卡试试，还是由我为您分次收取？”',
    declined: '“银行没有通过这张卡。这种情况很常见，未扣任何款项。您手边有其他卡吗？”',
    bank_app: '“银行需要确认是您本人。请打开银行应用，或查看是否收到短信验证码。我会等您。”',
    wrong_code:
      '“安全码不正确。它是卡背面的三位数字，American Express 则是正面的四位数字。请不要读给我听。”',
    stuck_field: '“页面无法确认其中一项。请再与您的卡核对一次，不用读给我听。”',
    not_arrived: '“消息没有送达。我们一起核对一下地址，或者我换一种方式发送。”',
    stalled: '“我看到页面已打开。您慢慢来，有什么需要我说明的吗？”',
    help: '“我在这里，可以看到您在哪一步。请问页面显示什么？”',
    expired: '“链接已过期，未扣任何款项。我马上给您发一个新的。”',
  },
  form: {
    title: '客服话术',
    intro: '客户处于以下情形时，客服会在链接旁看到这些话。您可以自行编写，也可以沿用我们的。',
    own: '您的话术',
    ours: '我们的话术',
    label: (title) => `话术：${title}`,
    save: '保存',
    reset: '恢复我们的话术',
    saved: '客服从现在起可以看到。',
    removed: '已恢复我们的话术。',
    empty: '请编写话术，或恢复我们的话术。',
    count: (count, most) => `${count}/${most}`,
    whoMay: '由主管和管理员修改。',
  },
};
