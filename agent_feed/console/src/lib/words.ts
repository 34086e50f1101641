/** What is done to words in every language. */

/** "loan_offered" is "loan offered". */
export function spoken(name: string): string {
  return name.replaceAll('_', ' ');
}

/** As at the beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
