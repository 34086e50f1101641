/** The words of the limits: each setting with what it does, in the words of who answers for it. */
import { spokenAs } from '../lib/language';
import type { LimitCard } from '../state/limits';

interface Words {
  label: string;
  hint?: string;
}

const ENGLISH = {
  title: 'Limits and approvals',
  lead: 'What needs a second person, when the fraud rules step in, whom alerts reach. Each change is in the journal with who made it.',
  save: 'Save',
  saved: 'Saved.',
  whoMay: 'Admins change these.',
  unsaved: 'Not saved yet',
  usual: (value: string) => `Usually ${value}`,
  notSet: 'not set',
  on: 'on',
  off: 'off',
  back: 'Back to usual',
  backName: (label: string) => `Back to usual: ${label}`,
  bad: (least: number | undefined, most: number | undefined) =>
    least === undefined || most === undefined
      ? 'This cannot be set.'
      : `A number from ${least} to ${most}.`,
  badList: 'Codes that are known, with commas between them.',
  badNumber: 'A number, such as 0.04.',
  cards: {
    approvals: 'A second person',
    signIn: 'Signing in',
    fraud: 'Fraud rules',
    alerts: 'Alerts for supervisors',
    page: 'The pay page',
    sms: 'Text messages',
    prices: 'What messages cost',
    retention: 'The rules',
  } satisfies Record<LimitCard, string>,
  leads: {
    fraud:
      'A limit that is reached asks the bank for a challenge, holds the money for a person’s look, or blocks the try. Amounts are whole pounds, euros or dollars, and what is worth as much elsewhere. Counts matter only where more tries were refused than paid.',
    alerts: 'What happened within the window, before supervisors are told.',
    retention:
      'In days, counted from when it was made or used last. Past its day it is deleted for good, once a day; amounts of money and the journal are kept.',
    prices: 'For messages whose provider does not tell its price: an estimate in the reports.',
  } as Partial<Record<LimitCard, string>>,
  words: {
    progress: { full: 'Each step', coarse: 'Opened, submitted and how it ended' },
  } as Partial<Record<string, Partial<Record<string, string>>>>,
  fields: {
    'approvals.link_amount_units': {
      label: 'Links above this amount',
      hint: 'Whole units; empty: never',
    },
    'approvals.refund_amount_units': {
      label: 'Refunds above this amount',
      hint: 'Whole units; empty: never',
    },
    'mfa.required_for': { label: 'A second factor is asked of' },
    'single_sign_on.accept_second_factor': {
      label: 'A second factor seen by your organisation’s sign-in is enough',
    },
    'single_sign_on.refuse_passwords': {
      label: 'Whoever came by single sign-on cannot use a password',
      hint: 'Admins keep theirs, for the day when it is away',
    },
    'retention.sessions_days': { label: 'Sessions that ended' },
    'retention.visitors_days': { label: 'Browsers that wrote in the web chat' },
    'retention.page_reports_days': { label: 'What browsers stopped on the pay page' },
    'retention.message_bodies_days': {
      label: 'Words and addresses of messages',
      hint: 'Empty: until erased',
    },
    'retention.contact_words_days': {
      label: 'Words of notes, survey comments and contacts',
      hint: 'Empty: until erased',
    },
    'retention.customers_days': {
      label: 'Customers without contact',
      hint: 'Empty: until erased',
    },
    'fraud.challenge_amount_units': { label: 'Challenge from this amount' },
    'fraud.review_amount_units': { label: 'A person’s look from this amount' },
    'fraud.block_amount_units': { label: 'Block from this amount' },
    'fraud.link_declines_hour_challenge': { label: 'Declines on one link in an hour: challenge' },
    'fraud.link_declines_hour_block': { label: 'Declines on one link in an hour: block' },
    'fraud.link_cards_hour_challenge': { label: 'Cards on one link in an hour: challenge' },
    'fraud.link_cards_hour_block': { label: 'Cards on one link in an hour: block' },
    'fraud.address_declines_hour_challenge': {
      label: 'Declines from one network address in an hour: challenge',
    },
    'fraud.address_declines_hour_block': {
      label: 'Declines from one network address in an hour: block',
    },
    'fraud.address_links_hour_challenge': {
      label: 'Links tried from one network address in an hour: challenge',
    },
    'fraud.address_links_hour_block': {
      label: 'Links tried from one network address in an hour: block',
    },
    'fraud.device_declines_hour_challenge': {
      label: 'Declines on one device in an hour: challenge',
    },
    'fraud.device_declines_hour_block': { label: 'Declines on one device in an hour: block' },
    'fraud.device_cards_hour_challenge': { label: 'Cards on one device in an hour: challenge' },
    'fraud.device_cards_hour_block': { label: 'Cards on one device in an hour: block' },
    'fraud.card_declines_day_challenge': { label: 'Declines of one card in a day: challenge' },
    'fraud.card_declines_day_block': { label: 'Declines of one card in a day: block' },
    'fraud.card_links_hour_challenge': { label: 'Links that one card pays in an hour: challenge' },
    'fraud.bin_cards_hour_challenge': {
      label: 'Refused cards of one bank’s range in an hour: challenge',
    },
    'fraud.bin_cards_hour_block': { label: 'Refused cards of one bank’s range in an hour: block' },
    'fraud.small_amount_units': {
      label: 'A small amount is up to',
      hint: 'Stolen cards are tried out with small ones',
    },
    'fraud.address_small_declines_hour_block': {
      label: 'Small declines from one network address in an hour: block',
    },
    'fraud.merchant_small_declines_hour_challenge': {
      label: 'Small declines of the whole house in an hour: challenge',
    },
    'fraud.merchant_tries_hour_least': {
      label: 'The house’s share of declines counts from so many tries in an hour',
    },
    'fraud.merchant_declines_percent_challenge': {
      label: 'Declines of the whole house, per cent: challenge',
    },
    'fraud.usual_payments_least': { label: 'What is usual is known from so many payments' },
    'fraud.usual_times_challenge': { label: 'So many times the usual amount: challenge' },
    'fraud.customer_payments_least': {
      label: 'What is usual for a customer is known from so many payments',
    },
    'fraud.customer_times_challenge': {
      label: 'So many times the customer’s usual amount: challenge',
    },
    'fraud.unusual_amount_units_least': { label: 'Amounts below this are never unusual' },
    'fraud.countries_expected': {
      label: 'Cards are expected from',
      hint: 'Country codes; empty: anywhere',
    },
    'fraud.countries_blocked': { label: 'Cards are refused from', hint: 'Country codes' },
    'fraud.country_amount_units_challenge': {
      label: 'From another country: challenge from this amount',
    },
    'fraud.own_link_days_review': {
      label: 'Days to look back for an agent who pays their own link',
      hint: '0: not looked for',
    },
    'fraud.review_hours': { label: 'Hours until a review lapses' },
    'alerts.window_minutes': { label: 'Window, in minutes' },
    'alerts.tries_least': { label: 'Share of declines: from so many tries' },
    'alerts.declined_percent': { label: 'Declined, per cent' },
    'alerts.messages_least': { label: 'Share of failed messages: from so many messages' },
    'alerts.messages_failed_percent': { label: 'Messages failed, per cent' },
    'alerts.unanswered_least': { label: 'Tries that a payment provider left unanswered' },
    'alerts.blocked_least': { label: 'Tries that the fraud rules stopped' },
    'page.progress': { label: 'Agents see of the customer’s steps' },
    'pay_page_time.extension_minutes': { label: 'Customers may put off the end by, in minutes' },
    'pay_page_time.extensions_max': { label: 'How often they may', hint: '0: never' },
    'survey.enabled': { label: 'Ask customers after paying how it went' },
    'receipts.automatic_email': { label: 'Send a receipt by email after each payment' },
    'sms.countries': {
      label: 'Countries to send to besides your own',
      hint: 'Country codes; empty: anywhere',
    },
    'sms.daily_max': { label: 'Messages in 24 hours at the most', hint: 'Empty: no limit' },
    'stop.confirm_at': { label: 'We confirm a STOP at these providers' },
    'message_prices.currency': { label: 'Currency', hint: 'Such as GBP' },
    'message_prices.sms': { label: 'Text message, a segment' },
    'message_prices.email': { label: 'Email' },
    'message_prices.whatsapp': { label: 'WhatsApp' },
    'message_prices.messenger': { label: 'Messenger' },
    'message_prices.instagram': { label: 'Instagram' },
    'message_prices.telegram': { label: 'Telegram' },
  } as Partial<Record<string, Words>>,
} as const;

export const limitTexts = spokenAs('limits', ENGLISH);
