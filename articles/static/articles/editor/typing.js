// Pure functions of the text editor: what is typed, and what is written for it.

const ARABIC = /\p{Script_Extensions=Arabic}/u; // vowel signs belong to several scripts
const ARABIC_LETTER = /[\p{L}\p{M}ـ]/u;
const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{Nd}]/u;
const OPENING_CONTEXT = /(?:^|[\s\ufffc([{«“‘—–\-/،؛:])$/u;
const CLOSING_SIGNS = /[”»’)\]}؟!…]+$/u;
const ADDRESS = /(?:[a-z][a-z0-9+.\-]*:\/\/|^www\.|@)\S*$/i;
const ARABIC_SIGNS = { ",": "،", ";": "؛", "?": "؟" };

// Whether the text ends with an Arabic letter, signs that close a quotation or a sentence aside.
const endsInArabic = (text) => {
  const last = [...text.replace(CLOSING_SIGNS, "")].at(-1) ?? "";
  return ARABIC.test(last) && ARABIC_LETTER.test(last);
};

const hasOpenQuote = (text) => text.lastIndexOf("“") > text.lastIndexOf("”");

const quoteFor = (before) => {
  if (OPENING_CONTEXT.test(before)) return "“";
  const last = [...before].at(-1);
  return LATIN_OR_DIGIT.test(last) && !hasOpenQuote(before) ? null : "”";
};

const ellipsisFor = (before) => {
  const word = before.match(/^(.*?)\.\.$/su)?.[1];
  if (word === undefined || word.endsWith(".")) return null;
  return LATIN_OR_DIGIT.test([...word].at(-1) ?? "") ? null : "…";
};

// What is written for a character typed after `before`, the paragraph's text up to it: how many
// characters before it go as well, and the text. Null where it stays as typed.
export const aid = (before, typed) => {
  if (ADDRESS.test(before.split(/\s/).at(-1))) return null;
  if (typed === '"') {
    const quote = quoteFor(before);
    return quote && { back: 0, text: quote };
  }
  if (typed === ".") return ellipsisFor(before) && { back: 2, text: "…" };
  if (typed in ARABIC_SIGNS && endsInArabic(before)) return { back: 0, text: ARABIC_SIGNS[typed] };
  return null;
};

const STRONG_RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

// The writing direction that the first strong letter gives; null where there is no letter.
export const directionOf = (text) => {
  const letter = text.match(/\p{L}/u)?.[0];
  if (!letter) return null;
  return STRONG_RTL.test(letter) ? "rtl" : "ltr";
};

// The address of a link as it is stored; null for what is no address that readers may be sent to.
export const addressOf = (typed) => {
  const text = typed.trim();
  if (/^\/(?!\/)\S*$/.test(text)) return text;
  if (/^mailto:[^\s@]+@[^\s@]+$/i.test(text)) return text;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`;
  return webAddressOf(text);
};

// The same for a page elsewhere: http and https alone.
export const webAddressOf = (typed) => {
  const text = typed.trim();
  const full = /^[a-z][a-z0-9+.\-]*:/i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !/^https?:\/\/[^/?#@]*[^/?#@.:]\.[^/?#@.][^@/?#]*(?:[/?#]|$)/i.test(full)) return null;
  return URL.canParse(full) ? full : null;
};

// The name of the site that an address leads to, as readers are shown it.
export const hostOf = (address) =>
  URL.canParse(address) ? new URL(address).host.replace(/^www\./, "") : "";
