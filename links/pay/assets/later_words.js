// @ts-check
/** The words of a part of the page that is loaded when it is asked for. */
import { config } from "./config.js";

/** @param {"chat" | "time"} part */
export async function loadWords(part) {
  const lang = encodeURIComponent(document.documentElement.lang);
  const answer = await fetch(new URL(`words/${part}?lang=${lang}`, import.meta.url), { credentials: "omit" });
  if (!answer.ok) throw new Error(`no words for ${part}`);
  Object.assign(config.texts, await answer.json());
}
