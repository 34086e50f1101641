/** 目前的狀況，以及可以說的話。 */
import type { Words } from '../catalogue';

const on = (device: string | null) => (device === null ? '' : `以${device}`);

export const guidance: Words['guidance'] = {
  stuckAt: (field) => `客戶卡在${field}。請客戶自行核對，絕不要請客戶唸出來。`,
  undelivered: (channel, next) =>
    `訊息（${channel}）未送達。${
      next === null ? '請檢查地址，或向客戶詢問其他地址。' : `請改以 ${next} 傳送，或檢查地址。`
    }`,
  now: {
    ready: '已準備好。請向客戶出示 QR 碼，或複製連結給客戶。',
    leaving: '連結正在傳送給客戶。',
    sent: '訊息已送出，等待送達。',
    delivered: '訊息已送達，等待客戶開啟連結。',
    opened: (device) => `客戶正${on(device)}開著頁面。`,
    openedGone: '客戶開啟了連結，之後離開頁面。',
    typing: (device) => `客戶正${on(device)}輸入卡片資料。`,
    typingGone: '客戶開始輸入卡片資料，之後離開頁面。',
    checking: '客戶按下了支付，正在檢查付款。',
    challenge: '銀行要求客戶確認，在銀行應用程式中或以驗證碼確認。',
    challengeGone: '銀行要求客戶確認，但客戶已離開頁面。',
    processing: '銀行正在處理付款，目前無需任何動作。',
    paid: '已付款，客戶看到了收據。',
    held: '款項已為您保留，請於到期時請款。',
    someMoney: '款項已入帳。',
    declined: '客戶仍在頁面上，可以在那裡重試。',
    declinedGone: '客戶已離開頁面。同一個連結仍可使用。',
    expired: '連結已過期，不再接受付款。',
    cancelled: '連結已取消，不再接受付款。',
  },
  titles: {
    help: '客戶請求協助',
    renewal: '客戶要求新的連結',
    stalled: '客戶停了下來',
    undelivered: '訊息未送達',
    declined: '遭拒',
    someUndelivered: '有一則訊息未送達',
    stuck: '客戶可能卡住了',
    problem: '發生問題',
  },
  hints: {
    help: '現在就跟客戶說話：「我看到您正在付款頁面上，請問您卡在哪裡呢？」',
    declined: '請詢問客戶是否有其他卡片，或想先打電話給銀行。',
    stalledAtBank: '請客戶找找銀行的訊息：在銀行應用程式中，或簡訊驗證碼。',
    stalledTyping: '請詢問客戶手邊是否有卡片，以及哪個部分有困難。',
    stalled: '請詢問頁面上的金額是否正確，以及客戶是否要繼續。',
    undelivered: (why, to, channel) =>
      `${why === '' ? '' : `${why}。`}請與客戶核對 ${to}，或改用 ${channel} 以外的方式傳送。`,
  },
  attention: {
    help: '請求協助',
    renewal: '要求新連結',
    stalled: '停滯',
    declined: '遭拒',
    undelivered: '未送達',
  },
};
