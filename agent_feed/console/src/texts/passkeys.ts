/** What is said of passkeys. */
import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Passkeys',
  lead: 'Sign in with your fingerprint, face, PIN or security key. A passkey counts as a second factor, too.',
  none: 'You have no passkeys yet.',
  notHere: 'This browser has no passkeys on this page.',
  add: 'Add a passkey',
  name: 'Name of the passkey',
  nameHint: 'e.g. Work laptop',
  goOn: 'Go on',
  cancel: 'Cancel',
  added: 'Passkey added. You are signed out everywhere else.',
  removed: 'Passkey removed.',
  remove: 'Remove',
  rename: 'Rename',
  renameName: (name: string) => `Rename ${name}`,
  renamed: 'Passkey renamed.',
  save: 'Save',
  removeName: (name: string) => `Remove ${name}`,
  made: (when: string) => `added ${when}`,
  used: (when: string) => `used ${when}`,
  unused: 'never used',
  afterPassword: 'after the password only',
  use: 'Use a passkey',
  stepLead: 'Show your passkey, or enter one of your recovery codes.',
  nothing: 'No passkey was shown. Try again, or go another way.',
  refused: 'This passkey does not sign in here. Try again, or go another way.',
};

export const passkeyTexts = spokenAs('passkeys', ENGLISH);
