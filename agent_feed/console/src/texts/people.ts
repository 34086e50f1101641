/** What the screens of people, keys, sessions and one's own account say. */
import { spokenAs } from '../lib/language';
import type { MemberState } from '../api/people';

const states: Record<MemberState, string> = {
  active: 'Active',
  invited: 'Invited',
  away: 'Unused for 90 days',
  off: 'Switched off',
};

const scopeGroups: Record<string, string> = {
  links: 'Payment links',
  payments: 'Payments',
  refunds: 'Refunds',
  transactions: 'Transactions',
  customers: 'Customers',
  conversations: 'Conversations',
  canned_replies: 'Prepared replies',
  events: 'Events',
  guidance: 'What to say',
  reports: 'Reports',
  users: 'People',
  settings: 'Settings',
  webhooks: 'Webhooks',
};

const scopeWords: Record<string, string> = {
  read: 'read',
  write: 'change',
  erase: 'export and erase',
  read_privileged: 'read, also about people and system',
};

const ENGLISH = {
  yourAccount: 'Your account',

  people: {
    title: 'People',
    lead: 'Who signs in here, and what they may do.',
    invite: 'Invite somebody',
    search: 'Search by name or email',
    role: 'Role',
    anyRole: 'All roles',
    state: 'State',
    anyState: 'Everybody',
    name: 'Name',
    email: 'Email',
    team: 'Team',
    teamHint: 'optional',
    noTeam: 'No team',
    states,
    locked: 'Locked after wrong passwords',
    secondFactor: 'Second factor on',
    noSecondFactor: 'No second factor',
    singleSignOn: 'Signs in with the organisation’s account',
    releaseSso: 'Forget the organisation’s account',
    releasedSso: (name: string) =>
      `${name} is signed out. The next account with their address is theirs.`,
    seen: (when: string) => `Seen ${when}`,
    neverSeen: 'Never signed in',
    count: (shown: number, all: number) =>
      shown === all ? `${all} people` : `${shown} of ${all} people`,
    none: 'Nobody fits. Change the filters to see others.',
    edit: (name: string) => `Edit ${name}`,
    you: 'you',
    roleHelp: {
      agent: 'Sends links and serves customers; sees their own and their team’s work.',
      supervisor: 'Sees everybody’s work, refunds, approves big links.',
      admin: 'Everything a supervisor may, and people, keys and settings.',
      auditor: 'Reads everything, changes nothing.',
    },
    inviteTitle: 'Invite somebody',
    inviteAction: 'Send invitation',
    invitedByMail: (email: string) => `An invitation is on its way to ${email}.`,
    invitedByLink: (name: string) =>
      `No mail account is set up, so nothing was sent. Give this link to ${name} yourself. It works once, and is shown only now.`,
    linkLabel: 'Link to choose a password',
    until: (when: string) => `Works until ${when}.`,
    save: 'Save',
    saved: 'Saved.',
    ownRole: 'Another admin has to change what you may do.',
    sendInvitation: 'Send invitation again',
    sendReset: 'Send a link for a new password',
    switchOff: 'Switch off',
    switchOffTitle: (name: string) => `Switch off ${name}?`,
    switchOffText:
      'They are signed out everywhere within seconds and cannot sign in. What they did stays, under their name.',
    switchOn: 'Switch on',
    unlock: 'Unlock',
    switchedOff: (name: string) => `${name} is signed out and switched off.`,
    switchedOn: (name: string) => `${name} may sign in.`,
    removeFactor: 'Take away second factor',
    removeFactorTitle: (name: string) => `Take away ${name}’s second factor?`,
    removeFactorText:
      'For a lost phone. Make sure that it is really them who asks. They are signed out everywhere.',
    removedFactor: 'Second factor taken away.',
    keep: 'Keep',
    ownPassword: 'Your own password',
  },

  keys: {
    title: 'API keys',
    lead: 'How your own software gets in. A key is shown once, when it is made.',
    make: 'New key',
    makeAction: 'Make key',
    name: 'What it is for',
    nameHint: 'e.g. CRM, web shop',
    scopes: 'What it may do',
    all: 'Choose all',
    nothing: 'Choose nothing',
    needScope: 'Choose at least one thing that the key may do.',
    networks: 'Only from these networks',
    networksHint: 'one a line, optional',
    networksExample: '203.0.113.0/24',
    expires: 'Ends',
    lives: { '30': 'in 30 days', '90': 'in 90 days', '365': 'in a year', never: 'never' },
    made: 'Copy this key now. It will not be shown again.',
    keyLabel: 'API key',
    done: 'I have kept it',
    empty: 'No keys yet. Make one for each piece of software, so that each can be revoked alone.',
    used: (when: string, from: string | null) =>
      from === null ? `Used ${when}` : `Used ${when} from ${from}`,
    unused: 'Never used',
    madeAt: (when: string) => `made ${when}`,
    ends: (when: string) => `ends ${when}`,
    ended: 'Ended',
    forever: 'no end',
    everywhere: 'from everywhere',
    everything: 'Everything that software may',
    only: (count: number) => (count === 1 ? '1 permission' : `${count} permissions`),
    revoke: 'Revoke',
    revokeName: (name: string) => `Revoke ${name}`,
    revokeTitle: (name: string) => `Revoke “${name}”?`,
    revokeText:
      'Whatever uses it is refused from this moment, and its live feeds end. This cannot be undone.',
    revoked: 'Key revoked.',
    keep: 'Keep',
    scopeGroups,
    scopeWords,
  },

  sessions: {
    title: 'Sessions',
    lead: 'Where people are signed in. A session ends by itself after 15 minutes without use, and after 12 hours.',
    mine: 'Mine',
    everybody: 'Everybody’s',
    whose: 'Whose sessions',
    unknownDevice: 'Unknown browser',
    current: 'this one',
    since: (when: string) => `since ${when}`,
    used: (when: string) => `used ${when}`,
    end: 'Sign out',
    endName: (name: string, device: string) => `Sign out ${name}, ${device}`,
    ended: 'Signed out.',
    none: 'Nobody is signed in.',
  },

  account: {
    title: 'Your account',
    password: 'Password',
    passwordRules:
      'At least 12 characters with letters and digits; none of your last four, and not your name.',
    present: 'Present password',
    fresh: 'New password',
    change: 'Change password',
    changed: 'Password changed. You are signed out everywhere else.',
    factor: 'Second factor',
    factorOff: 'Protect your account by a code from an app on your phone, beside your password.',
    factorOn: 'Signing in takes a code from your app.',
    codesLeft: (count: number) =>
      count === 1 ? '1 recovery code left.' : `${count} recovery codes left.`,
    required: 'Your role asks for a second factor.',
    begin: 'Set up an app',
    scan: 'Scan this with your authenticator app, or type the key in.',
    qrAlt: 'QR code for your authenticator app',
    secret: 'Key',
    code: 'Code from the app',
    confirm: 'Switch on',
    renew: 'Make new recovery codes',
    remove: 'Switch off',
    removed: 'Second factor switched off.',
    codesTitle: 'Your recovery codes',
    codesText:
      'Each works once instead of the app’s code. Keep them where you find them without your phone; they are shown only now.',
    copyCodes: 'Copy the codes',
    copied: 'Copied',
    kept: 'I have kept them',
    goOn: 'Go on',
    cancel: 'Cancel',
  },

  access: {
    forgot: 'Forgot your password?',
    forgotTitle: 'Choose a new password',
    forgotLead: 'Enter your email. If we know it, a letter with a link is on its way.',
    forgotAction: 'Send the link',
    forgotDone:
      'If this address is known here, a letter is on its way. It works for an hour. Nothing came? Ask an admin for a link.',
    back: 'Back to sign in',
    welcomeTitle: 'Welcome',
    welcomeLead: 'Choose the password that you will sign in with.',
    resetTitle: 'Choose a new password',
    resetLead: 'You are signed out everywhere once it is changed.',
    password: 'New password',
    again: 'New password, again',
    differ: 'The two are not the same.',
    save: 'Save password',
    saved: 'Your password is set. Sign in with it.',
    toSignIn: 'Sign in',
    over: 'This link is not valid any more. Ask for a new one below, or ask an admin.',
    askAgain: 'Ask for a new link',
    codeLead: 'Enter the code that your authenticator app shows, or one of your recovery codes.',
    code: 'Code',
    codeAction: 'Sign in',
    wrongCode: 'The code is wrong, or was used. Wait for the next one.',
    stepOver: 'That took too long, or was wrong too often. Sign in again.',
    passwordLead: 'Your password has to be changed before you go on.',
    enrolLead: 'Your role asks for a second factor. Set up an authenticator app on your phone.',
    enrolPasskey: 'Use a passkey instead',
    enrolApp: 'Use an app instead',
    enrolPasskeyLead:
      'Your role asks for a second factor. Make a passkey: fingerprint, face, PIN or a security key.',
    startAgain: 'Start again',
    ssoRefused:
      'Your organisation’s account could not be used to sign in here. Ask an admin whether you have been given access.',
    ssoOver: 'That took too long, or was begun elsewhere. Start again.',
    ssoAway: 'Your organisation’s sign-in does not answer. Try again, or use your password.',
  },
};

export const peopleTexts = spokenAs('people', ENGLISH);

/** A scope of a key in words: what it is about, and what may be done with it. */
export function scopeLabel(scope: string): { group: string; word: string } {
  const { scopeGroups: groups, scopeWords: words } = peopleTexts.keys;
  const [group = '', word = ''] = scope.split('.');
  return { group: groups[group] ?? group, word: words[word] ?? word };
}
