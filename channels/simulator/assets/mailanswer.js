// @ts-check
// The customer answers a mail: one box under it, and the words go to the merchant's mailbox.

import { element } from "./dom.js";
import { post } from "./mailroom.js";

/** What was typed and not sent yet, by mail. @type {Map<string, string>} */
const drafts = new Map();

/**
 * @param {string} customer
 * @param {import("./mailroom.js").Message} mail
 */
export function answerForm(customer, mail) {
  const input = /** @type {HTMLTextAreaElement} */ (element("textarea", { id: "mail-answer", rows: "2", maxlength: "10000", placeholder: `Answer ${mail.from_name || mail.from}`, "aria-label": "Answer this mail" }));
  const told = element("p", { class: "muted", role: "status" });
  const send = /** @type {HTMLButtonElement} */ (element("button", { type: "submit", class: "button" }, "Send"));
  input.value = drafts.get(mail.id) ?? "";
  input.addEventListener("input", () => drafts.set(mail.id, input.value));
  const form = element("form", { class: "mail-answer" }, element("div", { class: "reply" }, input, send), told);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || send.disabled) return;
    send.disabled = true;
    const subject = /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`;
    const done = await post("/api/messages", { channel: "email", from: customer, to: mail.from, subject, text, answers: mail.id });
    send.disabled = false;
    told.textContent = done.ok ? "Sent." : done.why;
    if (!done.ok) return;
    input.value = "";
    drafts.delete(mail.id);
  });
  return form;
}
