// @ts-check
/**
 * The field for an amount that the customer chooses. What they type is read strictly, into whole minor units, and said back on the button;
 * nothing is rounded, and what could mean two amounts is asked about.
 */
import { config, counted, localDigits, text } from "./config.js";
import { element, say, setAmount, setHidden } from "./view.js";

/** Digits of phones that are set to Arabic, Persian, Hindi, Khmer or full-width writing, by the code of their zero. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x17e0, 0xff10];
const ENTRY = /^(\d{0,12})(?:([.,\u066b\uff0e\uff0c])(\d*))?$/;

/** @param {HTMLInputElement} field @param {() => void} typed is called whenever it changes */
export function followField(field, typed) {
  field.addEventListener("input", typed);
  field.addEventListener("change", () => readEntry(field));
  // What was typed before this part was here, or before a reload that brought it back.
  if (field.value !== field.defaultValue) typed();
}

/** @param {HTMLInputElement} field @returns {number | null} what is to be paid, in minor units; null after saying what is wrong with it */
export function readEntry(field) {
  const amount = read(field.value);
  showWrong(typeof amount === "number" ? "" : amount);
  return typeof amount === "number" ? amount : null;
}

/** Says on the button what would be paid. @param {HTMLInputElement} field @returns {number | null} that, in minor units */
export function showEntry(field) {
  const amount = read(field.value);
  setAmount(typeof amount === "number" ? moneyText(amount) : "");
  if (typeof amount !== "number") return null;
  // Nobody is told off in the middle of typing, but what was wrong and is right now is no longer marked.
  showWrong("");
  return amount;
}

/** Says what may be paid. */
export function showRange() {
  const { amount, amount_text: most, minimum } = config;
  say("hint-amount", text("amount.hint", { least: moneyText(minimum ?? amount), most }));
}

/** The amount as the server writes it. @param {number} minor */
function moneyText(minor) {
  const { prefix, suffix, decimal, group, grouping, exponent } = config.format;
  const digits = String(minor).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const groups = [];
  for (let end = whole.length, size = grouping[0]; end > 0; end -= size, size = grouping[1]) {
    groups.unshift(whole.slice(Math.max(0, end - size), end));
  }
  return prefix + localDigits(groups.join(group) + (exponent ? decimal + digits.slice(-exponent) : "")) + suffix;
}

/** @param {string} entry @returns {number | string} minor units, or what to say */
function read(entry) {
  const { exponent, group } = config.format;
  const found = ENTRY.exec(entry.trim().replace(/[^\x20-\x7e]/g, westernDigit));
  if (!entry.trim()) return text("amount.empty");
  const [, whole = "", sign, decimals = ""] = found ?? [];
  // With three decimals, three digits behind the sign for thousands may mean either.
  if (!(whole || decimals) || (sign === group && decimals.length === 3 && exponent === 3)) {
    return text("amount.invalid", { example: example() });
  }
  if (!exponent && sign) return text("amount.whole", { example: example() });
  if (decimals.length > exponent) {
    return counted("amount.decimals", exponent, { example: example() });
  }
  // Digits alone, and few enough of them that the number is exact.
  return outside(Number(whole + decimals.padEnd(exponent, "0")));
}

/** @param {number} minor @returns {number | string} the amount, or why it cannot be paid */
function outside(minor) {
  const { amount, minimum, leftover } = config;
  const most = moneyText(amount);
  if (minor < (minimum ?? amount)) return text("amount.low", { least: moneyText(minimum ?? amount) });
  if (minor > amount) return text("amount.high", { most });
  if (minor < amount && amount - minor < leftover) {
    return text("amount.leftover", { most, leftover: moneyText(leftover) });
  }
  return minor;
}

/** How an amount is typed. */
function example() {
  const { decimal, exponent } = config.format;
  const digits = String(config.amount).padStart(exponent + 1, "0");
  return localDigits(exponent ? digits.slice(0, -exponent) + decimal + digits.slice(-exponent) : digits);
}

/** @param {string} letter */
function westernDigit(letter) {
  const code = letter.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? letter : String(code - zero);
}

/** @param {string} words */
function showWrong(words) {
  element("amount").setAttribute("aria-invalid", String(words !== ""));
  element("amount").classList.toggle("bad", words !== "");
  say("error-amount", words);
  // The one takes the other's line: the button must not slip away under a finger that is pressing it.
  setHidden("hint-amount", words !== "");
}
