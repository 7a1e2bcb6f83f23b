// What word processors put on the clipboard, in plain elements: the same rules as the server's
// `articles/html/wordprocessors.py`, so that what is pasted looks as it will be stored.

const FROM_WORD_PROCESSOR = '[class^="Mso"], [style*="mso-"], [id^="docs-internal-guid"]';
const LIST_MARKER = /mso-list:\s*ignore/i;
const LIST_ITEM = /mso-list:\s*l\d/i;
const COUNTED = /^[^\p{L}\p{N}_]*[\p{L}\p{N}_]{1,4}[.)\-]/u;
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" };
const MARKS = { STRONG: "strong", B: "strong", EM: "em", I: "em" };
const BOLD_FROM = 600;

const styleOf = (element) => element.getAttribute("style") ?? "";

const renamed = (element, tag) => {
  const other = element.ownerDocument.createElement(tag);
  other.append(...element.childNodes);
  if (element.dir) other.dir = element.dir;
  element.replaceWith(other);
};

const isEmpty = (element) =>
  !element.textContent.trim() && !element.querySelector("hr, figure, table");

const marksOf = (style) => {
  const marks = {};
  const weight = style.match(/font-weight:\s*(\w+)/i)?.[1].toLowerCase();
  const slant = style.match(/font-style:\s*(\w+)/i)?.[1].toLowerCase();
  if (weight) marks.strong = /^bold(er)?$/.test(weight) || Number(weight) >= BOLD_FROM;
  if (slant) marks.em = slant === "italic" || slant === "oblique";
  if (/text-decoration[\w-]*:[^;]*line-through/i.test(style)) marks.s = true;
  return marks;
};

const markersOf = (item) =>
  [...item.querySelectorAll("[style]")].filter((each) => LIST_MARKER.test(styleOf(each)));

const makeLists = (body) => {
  let list = null;
  for (const item of body.querySelectorAll("p")) {
    if (!LIST_ITEM.test(styleOf(item))) continue;
    const markers = markersOf(item);
    if (!list || list !== item.previousElementSibling) {
      const sign = (markers[0]?.textContent ?? "").trim();
      list = body.ownerDocument.createElement(sign !== "o" && COUNTED.test(sign) ? "ol" : "ul");
      item.before(list);
    }
    for (const marker of markers) marker.remove();
    const entry = body.ownerDocument.createElement("li");
    list.append(entry);
    entry.append(item);
  }
};

const withoutSheet = (body) => {
  makeLists(body);
  for (const each of body.querySelectorAll("[dir]")) each.removeAttribute("dir");
  for (const each of body.querySelectorAll("p, h1, h2, h3")) if (isEmpty(each)) each.remove();
};

const withMeaning = (body) => {
  for (const element of body.querySelectorAll("[style]")) {
    const marks = marksOf(styleOf(element));
    element.removeAttribute("style");
    if (marks[MARKS[element.tagName]] === false) element.replaceWith(...element.childNodes);
    else if (element.tagName === "SPAN") {
      for (const tag of ["s", "em", "strong"]) {
        if (!marks[tag]) continue;
        const mark = body.ownerDocument.createElement(tag);
        mark.append(...element.childNodes);
        element.append(mark);
      }
    }
  }
};

const withSingleBlanks = (body) => {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    text.data = text.data.replace(/\s{2,}/g, (run) => (run.includes("\u00a0") ? " " : run));
  }
};

// The clipboard's HTML without what a word processor adds; what the editor copied itself stays.
export const plainPaste = (html) => {
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const each of body.querySelectorAll("script, style, meta, link, title")) each.remove();
  for (const each of body.querySelectorAll("br.Apple-interchange-newline")) each.remove();
  if (body.querySelector(FROM_WORD_PROCESSOR)) withoutSheet(body);
  withMeaning(body);
  for (const each of body.querySelectorAll("h1, h4, h5, h6")) renamed(each, HEADINGS[each.tagName]);
  withSingleBlanks(body);
  return body.innerHTML;
};
