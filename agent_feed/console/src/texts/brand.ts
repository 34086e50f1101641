/** The words of the brand's screen. */
import { spokenAs } from '../lib/language';
import type { BrandField } from '../api/brand';

const ENGLISH = {
  title: 'Brand',
  lead: 'How your pay pages look and whom they name. Customers decide by it whether to trust the page.',
  whoMay: 'Admins change it.',
  fields: {
    accent: 'Colour',
    legal_name: 'Legal name',
    support_phone: 'Telephone for customers',
    support_email: 'Email for customers',
    support_url: 'Help page',
    terms_url: 'Terms',
    privacy_url: 'Privacy notice',
  } satisfies Record<BrandField, string>,
  hints: {
    accent: '#0d5c4b',
    support_phone: '+44 …',
    support_url: 'https://…',
    terms_url: 'https://…',
    privacy_url: 'https://…',
  } as Partial<Record<BrandField, string>>,
  pick: 'Pick a colour',
  adjusted:
    'The page shows this colour a little darker or lighter in places, so that everybody can read it.',
  logo: 'Logo',
  logoHint: 'PNG, JPEG or WebP, up to 512 KiB',
  choose: 'Choose a picture',
  remove: 'Remove the logo',
  noLogo: 'No logo',
  logoSaved: 'The logo is on your pay pages now.',
  logoGone: 'The logo is off your pay pages.',
  save: 'Save',
  saved: 'Saved. New views of the pay page show it.',
  undo: 'Undo',
  unsaved: 'Not saved yet',
  preview: 'Preview of the pay page',
  language: 'Language of the preview',
  phone: 'Phone',
  desktop: 'Desktop',
  width: 'Width of the preview',
  notShown: 'This cannot be shown until the fields are right.',
} as const;

export const brandTexts = spokenAs('brand', ENGLISH);
