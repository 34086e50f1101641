/** The words of the teams. */
import { spokenAs } from '../lib/language';

const ENGLISH = {
  title: 'Teams',
  lead: 'Agents see their own work and their team’s, and the wallboard counts by team.',
  whoMay: 'Admins change these.',
  make: 'New team',
  makeTitle: 'New team',
  makeAction: 'Make team',
  name: 'Name',
  nameHint: 'e.g. Billing',
  members: 'Who is in it',
  elsewhere: (team: string) => `now in ${team}`,
  needOne: 'Choose who is in it.',
  empty: 'No teams yet. Without one, agents see their own work alone.',
  without: 'In no team',
  count: (people: number) => (people === 1 ? '1 person' : `${people} people`),
  edit: (name: string) => `Edit ${name}`,
  editPlain: 'Edit',
  save: 'Save',
  saved: 'Saved. It holds at once.',
  remove: 'Dissolve',
  removeTitle: (name: string) => `Dissolve “${name}”?`,
  removeText: 'Its people are in no team then, and see their own work alone. Nothing else changes.',
  removed: 'Team dissolved.',
  keep: 'Keep',
};

export const teamTexts = spokenAs('teams', ENGLISH);
