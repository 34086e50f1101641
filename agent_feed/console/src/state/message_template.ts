/** A message's text with its placeholders filled as the service fills them: by plain words, once. */
export function filled(text: string, words: Readonly<Partial<Record<string, string>>>): string {
  return text.replace(/\{([a-z_]*)\}/g, (whole, name: string) => words[name] ?? whole);
}

export function isTemplateName(name: string): boolean {
  return /^[a-z][a-z0-9_]{0,23}$/.test(name);
}
