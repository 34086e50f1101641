/**
 * Light, dark, or as the system has it, without saying any colour twice: the style sheets' own question about the
 * system's scheme is answered for them.
 */
import type { Theme } from '../state/preferences.svelte';

const ASKED = /\(prefers-color-scheme:\s*(dark|light)\)/;
/** What each rule asked before it was answered. */
const original = new WeakMap<CSSMediaRule, string>();

/** Applies the theme, also to style sheets that come later. Returns what to call to stop. */
export function applyTheme(theme: Theme): () => void {
  document.documentElement.style.colorScheme = theme === 'system' ? '' : theme;
  const apply = () => {
    for (const sheet of document.styleSheets) answer(rulesOf(sheet), theme);
  };
  apply();
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node instanceof HTMLLinkElement) node.addEventListener('load', apply, { once: true });
      }
    }
    apply();
  });
  watch.observe(document.head, { childList: true });
  return () => {
    watch.disconnect();
  };
}

function answer(rules: Iterable<CSSRule>, theme: Theme): void {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) {
      const before = original.get(rule) ?? rule.media.mediaText;
      const scheme = ASKED.exec(before)?.[1];
      if (scheme !== undefined) {
        original.set(rule, before);
        const answered = theme === scheme ? 'all' : 'not all';
        rule.media.mediaText = theme === 'system' ? before : answered;
      }
    }
    if ('cssRules' in rule) answer(rule.cssRules as CSSRuleList, theme);
  }
}

function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  try {
    return sheet.cssRules;
  } catch {
    // Not loaded yet; its own load calls again.
    return [];
  }
}
