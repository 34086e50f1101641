"""English: the language that every other one is checked against, and falls back to."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "title": "Secure payment",
    "pay.heading": "Pay {merchant}",
    "pay.button": "Pay {amount}",
    "pay.paid": "Paid so far: {amount}",
    "pay.open_amount": "You choose the amount",
    "amount.label": "Amount to pay ({currency})",
    "live.amount.hint": "Any amount from {least} to {most}.",
    "pay.for": "For",
    "pay.reference": "Reference",
    "pay.expires": "This link works until {when}.",
    "pay.agent": "{agent} from {merchant} is helping you",
    "pay.agent_unnamed": "{merchant} is helping you",
    "pay.notice": "The agent helping you can see your progress, never your card details.",
    "pay.card_heading": "Pay by card",
    "pay.wallets": "Or pay with a wallet",
    "pay.redirect_heading": "Pay securely",
    "pay.redirect": (
        "Payment continues on the secure page of the payment provider. "
        "You come back here afterwards."
    ),
    "pay.redirect_privacy": (
        "You enter your payment details at the payment provider, not on this page. "
        "{merchant} never sees them."
    ),
    "pay.review": "Check before you pay",
    "pay.review_to": "To",
    "pay.review_amount": "Amount",
    "pay.privacy": (
        "Your card details go from this page straight to the payment provider. "
        "{merchant} never sees them."
    ),
    "pay.slow": "The card form is taking long to arrive.",
    "pay.reload": "Reload the page",
    "pay.no_script_heading": "This page needs JavaScript",
    "pay.no_script": (
        "Card fields only work with JavaScript. Switch it on for this page and reload it, "
        "open the link in another browser, or ask {merchant} for another way to pay. "
        "Nothing has been charged."
    ),
    "pay.script_failed": (
        "The secure card form did not load. Your connection, or something in your browser that "
        "blocks scripts, may be the cause. Nothing has been charged."
    ),
    "pay.try_again": "Try again",
    "pay.print": "Print or save",
    "field.number": "Card number",
    "field.expiry": "Expiry date",
    "field.cvc": "Security code",
    "phone.offer": "Pay on your phone instead",
    "phone.code": "QR code of this payment",
    "phone.how": "Point your phone’s camera at the code. It is the same payment, and never taken twice.",
    "help.button": "I need help",
    "wait.heading": "A payment is in progress",
    "wait.body": (
        "We are checking how it stands. Please keep this page open; it shows the result by itself."
    ),
    "wait.continue_bank": "Continue with your bank",
    "wait.other_card": "Use another card",
    "wait.continue_psp": "Continue to payment",
    "wait.other_way": "Pay another way",
    "wait.check": "Check again",
    "receipt.heading": "Payment received",
    "receipt.body": "Thank you. {merchant} has been told that you have paid.",
    "receipt.amount": "Amount",
    "receipt.to": "Paid to",
    "receipt.reference": "Reference",
    "receipt.total": "Paid in all",
    "receipt.remaining": "Still to pay",
    "receipt.card": "Card",
    "receipt.paid_at": "Date",
    "receipt.payment": "Payment number",
    "receipt.keep": "Nothing more to do. You can close this page.",
    "paid.heading": "Already paid",
    "paid.body": "This payment to {merchant} is complete. Nothing more to do.",
    "expired.heading": "This link has expired",
    "expired.body": "{merchant} asked for this payment with a link that worked for a limited time.",
    "expired.until": "It worked until {when}.",
    "expired.next": (
        "Ask {merchant} for a new link. Nothing was charged through this one after it expired."
    ),
    "cancelled.heading": "This payment was cancelled",
    "cancelled.body": "{merchant} cancelled this payment link. There is nothing to pay here.",
    "cancelled.next": "If you did not expect this, ask {merchant} for a new link.",
    "superseded.heading": "There is a newer link for this payment",
    "superseded.body": "{merchant} has sent you a newer link, which takes the place of this one.",
    "superseded.next": (
        "Open the newest message from {merchant}. Nothing was charged through this link after it was replaced."
    ),
    "not_ready.heading": "This payment is not ready yet",
    "not_ready.body": "{merchant} is still preparing it. Nothing was charged.",
    "not_ready.next": "Open the link again in a few minutes, or ask {merchant}.",
    "unavailable.heading": "This payment cannot be made just now",
    "unavailable.body": "{merchant} cannot take payments on this page at the moment. Nothing was charged.",
    "unavailable.next": "Ask {merchant} for another way to pay, or open the link again later.",
    "not_found.heading": "This link does not work",
    "not_found.body": "There is no payment at this address.",
    "not_found.next": (
        "Check that the whole link was copied, or open it again from the message that you received. "
        "If it still does not work, ask whoever sent it for a new one."
    ),
    "too_many.heading": "Too many visits in a short time",
    "too_many.body": "Please wait a moment, then reload the page. Nothing was charged.",
    "language.choose": "Language",
    "error.heading": "Something went wrong on our side",
    "error.body": "This page could not be shown just now.",
    "error.next": (
        "Open the link again in a moment. If you had already paid, the page will tell you; "
        "a payment is never taken twice."
    ),
    "live.pay": "Pay {amount}",
    "live.pay_nothing": "Pay",
    "live.amount.empty": "Enter the amount that you want to pay.",
    "live.amount.invalid": "Enter just the number, without signs for thousands, like {example}.",
    "live.amount.decimals.one": "This currency has {count} decimal at most. Enter an amount like {example}.",
    "live.amount.decimals.other": "This currency has {count} decimals at most. Enter an amount like {example}.",
    "live.amount.whole": "This currency has no decimals. Enter a whole amount like {example}.",
    "live.amount.low": "The least that you can pay is {least}.",
    "live.amount.high": "The most that you can pay is {most}.",
    "live.amount.leftover": "Pay {most}, or leave at least {leftover} for later.",
    "live.amount.range_changed": "What you can pay has changed. Nothing was charged. Please check the amount.",
    "live.more.rest": "Pay the rest",
    "live.more.another": "Make another payment",
    "live.part.title": "Part of the payment received",
    "live.part.body": "Thank you. {merchant} has been told that you have paid this part.",
    "live.number.incomplete": "Enter the whole card number.",
    "live.number.invalid": "This card number is not right. Check it for a slip.",
    "live.expiry.incomplete": "Enter the month and year when the card expires.",
    "live.expiry.past": "This card has expired. Use another card.",
    "live.expiry.invalid": "This expiry date is not right.",
    "live.cvc.incomplete": (
        "Enter the security code: 3 digits on the back of the card, or 4 on the front."
    ),
    "live.cvc.invalid": "This security code is not right.",
    "live.check_amount": "Please check the amount marked below.",
    "live.check_fields": "Please check the card details marked below.",
    "live.fields_loading": "The card form is still loading. One moment, please.",
    "live.sending": "Sending your payment. Please keep this page open.",
    "live.card_refused": (
        "The card could not be read. Nothing was charged. Check the details or use another card."
    ),
    "live.offline": (
        "You are offline; nothing has been lost. This page carries on when the connection is back."
    ),
    "live.offline_pay": (
        "You are offline; nothing has been lost and nothing was charged. "
        "Press the button again when the connection is back."
    ),
    "live.online": "You are online again.",
    "live.declined": "The card was declined. Nothing was charged. Please try another card.",
    "live.authentication_failed": (
        "Your bank could not confirm that it was you, so nothing was charged. "
        "Try again, or use another card."
    ),
    "live.amount_changed": (
        "The amount has changed to {amount}. Please check it, then press the button again."
    ),
    "live.amount_changed_unknown": (
        "The amount has changed. Nothing was charged. Reload the page to see the new amount."
    ),
    "live.too_many": "Too many tries in a short time. Nothing was charged. Please wait a moment.",
    "live.countdown.one": "You can try again in {count} second.",
    "live.countdown.other": "You can try again in {count} seconds.",
    "live.try_now": "You can try again now.",
    "live.unavailable": (
        "The payment provider cannot be reached just now. Nothing was charged. "
        "Please try again in a moment."
    ),
    "live.psp_changed": "Please enter your card once more: your payment was not taken.",
    "live.psp_changed_press": "Please press the button once more: your payment was not taken.",
    "live.refused": "The payment could not be started. Nothing was charged. Reload the page and try again.",
    "live.not_arrived": "Your payment did not reach us and nothing was charged. You can press the button again.",
    "live.free_again": "The other payment ended without paying. You can pay here now.",
    "live.other_card": "Nothing was charged. You can use another card now.",
    "live.other_way": "Nothing was charged. You can start the payment again, and pay another way.",
    "live.checking.title": "Checking your payment",
    "live.checking.body": "We are asking how it stands. Please do not pay again; this takes a moment.",
    "live.unreachable.title": "Waiting for the connection",
    "live.unreachable.body": (
        "You are offline; nothing has been lost. As soon as the connection is back, this page "
        "finds out how your payment stands. Please do not pay again."
    ),
    "live.waiting.title": "Your bank has not answered yet",
    "live.waiting.body": (
        "We keep asking and show the answer here. Please do not pay again: you cannot be charged twice."
    ),
    "live.elsewhere.title": "A payment is already in progress on another device or tab",
    "live.elsewhere.body": (
        "Finish it there, or close it. This page shows the result, and lets you pay here if it ends "
        "without paying."
    ),
    "live.processing.title": "Your payment has been accepted",
    "live.processing.body": (
        "Your bank is still processing it, and it will be confirmed. You may close this page; "
        "nothing more to do."
    ),
    "live.challenge.title": "Your bank wants to check that it is you",
    "live.challenge.body": "Follow your bank’s steps in the window or app that opens, then come back here.",
    "live.bank.title": "Your bank is waiting for you",
    "live.bank.body": (
        "The check with your bank is not finished, so nothing has been charged yet. "
        "Continue with it, or use another card."
    ),
    "live.leaving.title": "Taking you to the payment provider",
    "live.leaving.body": "Pay on its secure page. You come back here afterwards.",
    "live.unfinished.title": "Your payment is not finished",
    "live.unfinished.body": (
        "Nothing has been charged yet. Continue on the payment provider’s secure page, or pay another way."
    ),
    "live.kept.title": "This payment is still open",
    "live.kept.body": (
        "The payment provider cannot take it back just now, so it blocks another payment: you cannot be charged "
        "twice. Continue with it, or come back later; when it has ended unpaid, you can pay here anew."
    ),
    "live.review.title": "Your payment is being checked",
    "live.review.body": "You need do nothing more; {merchant} will tell you.",
    "live.paused.title": "Still no answer",
    "live.paused.body": (
        "Please do not pay again. You can close this page and open the link later: it shows how your "
        "payment stands."
    ),
    "live.done": "Payment to {merchant}",
    "live.paid.title": "Payment received",
    "live.authorised.title": "Payment authorised",
    "live.authorised.body": "Thank you. Your bank has reserved the amount for {merchant}.",
    "live.help.telling": "Telling the agent …",
    "live.help.told": "The agent has been told that you need help. Please stay on this page.",
    "live.help.failed": "We could not reach the agent. Please answer on the channel where you got the link.",
    # Trust: is it genuine, what is shared, terms.
    "trust.code": "Check code:",
    "trust.summary": "Is this genuine?",
    "trust.domain": "The site’s name in the address bar of your browser is exactly {domain}.",
    "trust.ask": "Ask the agent for the check code. It must be the one that you see here.",
    "trust.call": "Not sure? Call {merchant} on a number that you know already, not on one from the message.",
    "trust.never": "We never ask for your card number or security code by telephone, text message or email.",
    "trust.legal": "You pay {name}.",
    "trust.contact": "{merchant}:",
    "trust.terms": "Terms (new tab)",
    "trust.privacy": "Privacy notice (new tab)",
    "sharing.switch": "Share my progress",
    "sharing.less": (
        "The agent helping you sees only that you opened this page, that you submitted a payment and how it ended; "
        "never your card details."
    ),
    # Receipts by email or text message.
    "mail.ask": "Send me a receipt",
    "mail.title": "Where to send the receipt",
    "mail.email": "Email to {to}",
    "mail.sms": "Text message to {to}",
    "mail.elsewhere": "To another address",
    "mail.address": "Email address or mobile number",
    "mail.address_email": "Email address",
    "mail.address_sms": "Mobile number",
    "mail.send": "Send the receipt",
    "mail.sending": "One moment …",
    "mail.sent": "Your receipt is on its way to {to}.",
    "mail.empty": "Enter where the receipt should go.",
    "mail.wrong": "That is no address that a receipt can be sent to. Please check it.",
    "mail.stopped": "The owner of this address asked not to be written to. Choose another one, or print the receipt.",
    "mail.enough": "Enough receipts have been sent for this payment. You can print or save this page.",
    "mail.later": "A receipt can be sent once the payment has been taken.",
    "mail.failed": "The receipt could not be sent just now. Nothing is lost: try again, or print this page.",
    # The question after the payment.
    "survey.ask": "How was making this payment?",
    "survey.1": "Very bad",
    "survey.2": "Bad",
    "survey.3": "All right",
    "survey.4": "Good",
    "survey.5": "Very good",
    "survey.comment": "Anything to add? (optional)",
    "survey.hint": "Never write your card number here.",
    "survey.send": "Send answer",
    "survey.sending": "Sending …",
    "survey.thanks": "Thank you for your answer.",
    "survey.failed": "Your answer was not sent. Please try again.",
    # Help in the moment: news of the link, the chat, more time, a new link, browsers inside apps.
    "live.news.amount": "The amount is now {amount}. Please check it before you pay.",
    "live.news.details": "The details of this payment have changed. Please check them before you pay.",
    "later.chat.title": "Chat with {merchant}",
    "later.chat.close": "Close the chat",
    "later.chat.hint": "Never write your card number here. Only this tab shows the chat.",
    "later.chat.label": "Your message",
    "later.chat.send": "Send",
    "later.chat.sending": "Sending …",
    "later.chat.you": "You",
    "later.chat.failed": "Your message was not sent.",
    "later.chat.again": "Try again",
    "later.chat.off": "This chat is closed. Please answer on the channel where you got the link.",
    "later.chat.masked": "A card number was removed from your message. Type it only into the card fields.",
    "later.chat.new": "New message from {merchant}",
    "later.time.left.one": "This link stops working in about {count} minute.",
    "later.time.left.other": "This link stops working in about {count} minutes.",
    "later.time.more": "I need more time",
    "later.time.given": "You have more time: the link now works until {when}.",
    "later.time.failed": "The time could not be extended. Please ask {merchant} for help.",
    "expired.ask": "Ask for a new link",
    "expired.asked": "{merchant} has been told that you want a new link. It comes the way you got this one.",
    "expired.not_asked": "Your request did not get through. Please try again in a moment.",
    "in_app.heading": "Open this page in your browser",
    "in_app.body": (
        "You are looking at it inside {app}. You can pay by card here. If your bank’s page does not open, "
        "or to pay with a wallet, use your own browser."
    ),
    "in_app.body_unnamed": (
        "You are looking at it inside an app. You can pay by card here. If your bank’s page does not open, "
        "or to pay with a wallet, use your own browser."
    ),
    "in_app.open": "Open in your browser",
    "in_app.how": "Copy the address, then paste it into Safari or another browser.",
    "in_app.address": "Address of this page",
    "in_app.copy": "Copy the address",
    "in_app.copied": "Copied. Now paste it into your browser.",
    # Why a payment was refused, by the code of `payment.declined`.
    "decline.general": "Your bank did not approve this payment. Please try another card or ask your bank.",
    "decline.insufficient_funds": (
        "There is not enough money available on this card. Please try another card."
    ),
    "decline.hold_lapsed": "The amount held on your card was let go. Nothing was taken; you can pay again.",
    "decline.psp_unavailable": "The payment could not be started. Nothing was taken; please try again.",
    "decline.expired_card": "This card has expired. Please check the expiry date or use another card.",
    "decline.incorrect_cvc": "The security code is not right. Please check it and try again.",
    "decline.incorrect_number": "The card number is not right. Please check it and try again.",
    "decline.processing_error": "Something went wrong at the bank. Please try again in a moment.",
    "decline.limit_exceeded": "This card has reached its limit. Please try another card or ask your bank.",
    "decline.card_not_supported": "This card cannot be used for this payment. Please try another card.",
    "decline.amount_not_accepted": (
        "This amount cannot be paid by card. Nothing was taken. Please speak to the agent who "
        "is helping you."
    ),
    "decline.authentication_failed": (
        "Your bank could not confirm that it was you. Please try again or use another card."
    ),
    "decline.authentication_required": "Your bank needs to confirm that it is you. Please try again.",
    "decline.blocked": "This payment cannot be taken now. Please speak to the agent who is helping you.",
    "decline.review_rejected": (
        "This payment could not be accepted, and nothing was taken. Please speak to the agent "
        "who is helping you."
    ),
    "decline.not_completed": (
        "The payment was not completed, and you have not been charged. You can try again."
    ),
}
