/** Preferences, shortcuts, notices and the tour, in words. */

import { spokenAs } from '../lib/language';

const ENGLISH = {
  preferences: 'Preferences',
  theme: 'Appearance',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  browserLanguage: 'As the browser',
  notices: 'When a payment changes while you look elsewhere',
  sound: 'Play a sound',
  desktop: 'Show a desktop notice',
  desktopBlocked:
    'This browser blocks notices from here. Allow them beside the address, then switch this on.',
  keys: 'Single-key shortcuts',
  keysHint: 'Switch them off if you dictate, or press keys by accident.',
  help: 'Keyboard shortcuts',
  takeTour: 'Take the tour',
  practise: 'Practise with a pretend customer',

  ask: {
    title: 'Shall we tell you when this is paid?',
    text: 'A short sound and a desktop notice, only while you look elsewhere.',
    yes: 'Yes, tell me',
    no: 'No, thanks',
  },
  noticeTitle: (customer: string, what: string) => `${customer}: ${what}`,

  sheet: {
    title: 'Keyboard shortcuts',
    anywhere: 'Anywhere',
    list: 'In the list',
    form: 'In a form',
    then: 'then',
    off: 'Single-key shortcuts are switched off in the preferences.',
    rows: {
      new: 'New link',
      search: 'Search links',
      help: 'This help',
      next: 'Next link',
      previous: 'Previous link',
      open: 'Open the link',
      send: 'Send the link',
      close: 'Close what is open',
      links: 'Go to the links',
      conversations: 'Go to the conversations',
      floor: 'Go to the floor',
      reports: 'Go to the reports',
      settings: 'Go to the settings',
    },
  },

  tour: {
    label: 'Tour',
    offer: 'New here? See in a minute how a payment link works.',
    start: 'Start the tour',
    later: 'Not now',
    skip: 'Skip the tour',
    back: 'Back',
    next: 'Next',
    done: 'Done',
    count: (step: number, of: number) => `Step ${step} of ${of}`,
    steps: [
      {
        title: 'Make a link while you talk',
        text: 'Press N, type the amount and the customer’s phone or email, and send. Ten seconds, without the mouse.',
      },
      {
        title: 'Watch it happen',
        text: 'The list moves by itself: sent, delivered, opened, typing the card, paid. A green dot means the customer is on the page now.',
      },
      {
        title: 'Who needs you comes first',
        text: 'A declined card, a message that did not arrive, a customer who got stuck: such links rise to the top, with words you can say.',
      },
      {
        title: 'Look elsewhere in peace',
        text: 'Switch on a sound or a desktop notice in the preferences, and we tell you when a payment changes.',
      },
      {
        title: 'Never ask for a card number',
        text: 'The customer types it on their own page. If they write it to you all the same, you see it masked.',
      },
    ],
  },
} as const;

export const feelTexts = spokenAs('feel', ENGLISH);
