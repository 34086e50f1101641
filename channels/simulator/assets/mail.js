// @ts-check
// The mailbox: a list of mails and a reading pane. HTML mail is shown in a frame that can do nothing.

import { avatar, byId, element, fullTime, shortTime } from "./dom.js";
import { link, linked } from "./links.js";
import { answerForm } from "./mailanswer.js";
import { emptyPicture } from "./sms.js";

/** @typedef {import("./mailroom.js").Message} Message */

/** @type {string | null} */
let openMail = null;
/** @type {Message[]} */
let shown = [];
let customer = "";
let drawnList = "";
let drawnMail = "";
let asText = false;
let answers = false;

/** @type {(ids: string[]) => void} */
let markRead = () => {};
/** @type {(id: string) => boolean} */
let isRead = () => true;

/**
 * @param {(ids: string[]) => void} read
 * @param {(id: string) => boolean} known
 * @param {boolean} takesAnswers whether the merchant has a mailbox
 */
export function startMail(read, known, takesAnswers) {
  answers = takesAnswers;
  markRead = read;
  isRead = known;
}

/**
 * Shows this customer's mails, oldest first.
 * @param {string} address
 * @param {Message[]} messages
 */
export function showMail(address, messages) {
  if (address !== customer) openMail = null;
  customer = address;
  shown = messages;
  byId("mail-address").textContent = address;
  draw();
}

/** @param {string | null} id */
export function openMessage(id) {
  openMail = id;
  asText = false;
  draw();
}

/** The mail that is open, if any. */
export function openedMail() {
  return openMail;
}

function draw() {
  const mail = shown.find((message) => message.id === openMail) ?? null;
  document.body.toggleAttribute("data-reading", mail !== null);
  if (mail) markRead([mail.id]);
  const list = JSON.stringify([customer, openMail, shown.map((m) => [m.id, isRead(m.id)])]);
  if (list !== drawnList) {
    drawnList = list;
    drawList();
  }
  const reading = JSON.stringify([mail?.id, asText, shown.length === 0]);
  if (reading !== drawnMail) {
    drawnMail = reading;
    drawMail(mail);
  }
}

function drawList() {
  const focused = document.activeElement?.closest("[data-mail]")?.getAttribute("data-mail");
  const list = element("ul", {});
  for (const message of [...shown].reverse()) list.append(row(message));
  const empty = customer ? `Mail to ${customer} appears here by itself.` : "Choose a mailbox, or send a mail to one.";
  byId("mail-list").replaceChildren(shown.length ? list : emptyPicture("No mail yet", empty));
  if (focused) list.querySelector(`[data-mail="${CSS.escape(focused)}"]`)?.querySelector("button")?.focus();
}

/** @param {Message} message */
function row(message) {
  const mine = message.direction === "to_merchant";
  const from = mine ? `To ${message.to}` : message.from_name || message.from;
  const unread = !isRead(message.id);
  return element(
    "li",
    { "data-mail": message.id },
    element(
      "button",
      { type: "button", class: unread ? "mail unread" : "mail", "aria-current": message.id === openMail ? "true" : null, onclick: () => openMessage(message.id) },
      avatar(mine ? message.to : from),
      element(
        "span",
        { class: "mail-text" },
        element("span", { class: "mail-from" }, element("b", {}, from), shortTime(message.received_at)),
        element("span", { class: "mail-subject" }, unread && element("span", { class: "visually-hidden" }, "Unread: "), message.subject || "(no subject)"),
        element("span", { class: "snippet" }, message.text),
      ),
    ),
  );
}

/** @param {Message | null} mail */
function drawMail(mail) {
  const place = byId("mail-reader");
  if (!mail) {
    place.replaceChildren(shown.length ? emptyPicture("Nothing open", "Choose a mail to read it.") : "");
    return;
  }
  const from = mail.from_name || mail.from;
  const showsHtml = mail.html !== null && !asText;
  place.replaceChildren(
    element("button", { type: "button", class: "back mail-back", onclick: () => openMessage(null) }, "‹ Inbox"),
    element("h3", { class: "mail-heading", dir: "auto" }, mail.subject || "(no subject)"),
    element(
      "div",
      { class: "mail-meta" },
      avatar(from),
      element("span", {}, element("b", {}, from), element("span", { class: "muted" }, ` <${mail.from}>`), element("br"), element("span", { class: "muted" }, `to ${mail.to} · `), fullTime(mail.received_at)),
    ),
    showsHtml ? frame(mail) : element("p", { class: "mail-plain", dir: "auto" }, linked(mail.text)),
    foot(mail, showsHtml),
    mail.direction === "to_customer" && answers ? answerForm(customer, mail) : "",
  );
}

/** @param {Message} mail */
function frame(mail) {
  // The address answers with a policy of its own: no script, nothing loaded, links in new windows.
  return element("iframe", {
    class: "mail-frame",
    title: `Mail: ${mail.subject || "no subject"}`,
    sandbox: "allow-popups allow-popups-to-escape-sandbox",
    referrerpolicy: "no-referrer",
    src: `/mail/${encodeURIComponent(mail.id)}`,
  });
}

/**
 * @param {Message} mail
 * @param {boolean} showsHtml
 */
function foot(mail, showsHtml) {
  const links = element("ul", {});
  for (const url of mail.urls) links.append(element("li", {}, link(url)));
  const headers = element("dl", {});
  for (const [name, value] of mail.headers) headers.append(element("dt", {}, name), element("dd", {}, value));
  return element(
    "div",
    { class: "mail-foot" },
    mail.html !== null && element("button", { type: "button", class: "quiet", onclick: () => toggleText() }, showsHtml ? "Show as plain text" : "Show as designed"),
    mail.urls.length > 0 && element("details", {}, element("summary", {}, `Links in this mail (${mail.urls.length})`), links),
    element("details", {}, element("summary", {}, "All headers"), headers),
  );
}

function toggleText() {
  asText = !asText;
  draw();
}
