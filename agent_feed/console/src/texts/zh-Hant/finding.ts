/** 由誰付款、如何聯絡，以及客戶會讀到什麼。 */
import type { Words } from '../catalogue';

export const finding: Words['finding'] = {
  find: '尋找客戶',
  findHint: '姓名、電話、電子郵件、編號',
  results: '找到的客戶',
  none: '找不到客戶。請在下方填寫資料。',
  failed: '搜尋沒有回應。請在下方填寫資料。',
  found: (count) => `找到 ${count} 位客戶`,
  unnamed: '姓名不詳',
  prefers: (channel) => `偏好：${channel}`,
  stoppedShort: (channels) => `已停止：${channels}`,
  consent: {
    stopped: '客戶已停止接收這類訊息，傳送會被拒絕。',
    granted: '客戶同意接收這類訊息。',
    failed: '上一則未送達。',
    preferred: '偏好的管道。',
  },
  language: '語言',
  languageHint: '訊息與頁面的語言',
  automatic: '依客戶的裝置',
  preview: {
    open: '預覽訊息',
    close: '隱藏預覽',
    nothing: '選擇管道與金額，即可預覽要傳送的內容。',
    failed: '無法產生預覽。',
    subject: '主旨',
    segments: (count, units) =>
      count === 1 ? `1 則簡訊，${units} 個字元` : `分成 ${count} 則簡訊，${units} 個字元`,
    unicode: '含有使每則可容納字數減半的字元',
  },
  templates: {
    label: '範本',
    hint: (number) => `Alt + ${number}`,
    save: '儲存為範本',
    name: '範本名稱',
    saveIt: '儲存',
    forget: (name) => `移除範本 ${name}`,
    empty: '請先填寫款項說明，範本才有內容可存。',
    full: '已有八個範本。請先移除一個。',
    saved: '已儲存在此瀏覽器。',
    used: (name) => `已套用 ${name}。`,
  },
};
