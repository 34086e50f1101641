/** 客服人員可以照著說的話。 */
import type { Words } from '../catalogue';

export const scripts: Words['scripts'] = {
  titles: {
    declined_funds: '遭拒：餘額不足',
    declined: '因其他原因遭拒',
    bank_app: '銀行要求確認，但沒有動靜',
    wrong_code: '安全碼不正確',
    stuck_field: '卡在某個欄位',
    not_arrived: '訊息未送達',
    stalled: '客戶停了下來',
    help: '客戶請求協助',
    expired: '連結已過期',
  },
  builtIn: {
    declined_funds:
      '「銀行表示這張卡片目前的可用餘額不足。請問您要改用其他卡片，還是由我為您拆成幾筆金額呢？」',
    declined: '「銀行沒有核准這張卡片。這種情況很常見，您沒有被扣款。請問您手邊有其他卡片嗎？」',
    bank_app:
      '「銀行需要確認是您本人。請您開啟銀行的應用程式，或查看有沒有收到驗證碼簡訊。我會在線上等您。」',
    wrong_code:
      '「安全碼不符。安全碼是卡片背面的三位數字；American Express 則是正面的四位數字。請不要唸給我聽。」',
    stuck_field: '「頁面對其中一個欄位有疑問。請您再和卡片核對一次，不需要唸給我聽。」',
    not_arrived: '「訊息還沒有送到您那裡。我們一起核對一下地址，或者我改用其他方式傳給您。」',
    stalled: '「我看到頁面已經開啟，您慢慢來就好。有什麼需要我說明的嗎？」',
    help: '「我在這裡，也看得到您進行到哪個步驟。請問頁面上顯示什麼呢？」',
    expired: '「連結已經過期，您沒有被扣款。我現在就傳一個新的連結給您。」',
  },
  form: {
    title: '客服人員的話術',
    intro: '客戶遇到這些情況時，客服人員會在連結旁看到這些話。您可以自行撰寫，或沿用我們的。',
    own: '您自訂的話術',
    ours: '我們的話術',
    label: (title) => `話術：${title}`,
    save: '儲存',
    reset: '恢復使用我們的',
    saved: '客服人員即刻起會看到這段話。',
    removed: '已恢復使用我們的話術。',
    empty: '請寫下要說的話，或恢復使用我們的。',
    count: (count, most) => `${count}／${most}`,
    whoMay: '由主管與管理員變更。',
  },
};
