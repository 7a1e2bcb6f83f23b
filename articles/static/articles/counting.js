// Words, minutes and characters while somebody types. The rules are those of articles/reading.py.

const BETWEEN_WORDS =
  /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff–—/…]+/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const INLINE = new Set("a abbr b bdi code em i mark s small span strong sub sup u".split(" "));
const SHOWN_AFTER = 300; // milliseconds
const SAID_AFTER = 2000;

export const countWords = (text) =>
  text.split(BETWEEN_WORDS).filter((part) => LETTER_OR_DIGIT.test(part)).length;

export function lengthOf(html) {
  const texts = { words: "", inFigures: "" };
  const gather = (node, place) => {
    if (node.nodeType === Node.TEXT_NODE) texts[place] += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, template")) return;
    const within = node.matches("figure") ? "inFigures" : place;
    const gap = INLINE.has(node.localName) ? "" : " ";
    texts[place] += gap;
    for (const child of node.childNodes) gather(child, within);
    texts[within] += gap;
  };
  gather(new DOMParser().parseFromString(html, "text/html").body, "words");
  return { words: countWords(texts.words), inFigures: countWords(texts.inFigures) };
}

// As Python counts them: an emoji is one character, not two.
export const countCharacters = (text) => [...text].length;

function told(html, wordsPerMinute) {
  const { words, inFigures } = lengthOf(html);
  const minutes = Math.ceil(words / wordsPerMinute);
  const parts = [
    interpolate(ngettext("%(count)s word", "%(count)s words", words), { count: words }, true),
    interpolate(
      ngettext("%(count)s minute to read", "%(count)s minutes to read", minutes),
      { count: minutes },
      true,
    ),
  ];
  if (inFigures) {
    const sentence = ngettext(
      "and %(count)s word with pictures",
      "and %(count)s words with pictures",
      inFigures,
    );
    parts.push(interpolate(sentence, { count: inFigures }, true));
  }
  return parts.join(" · ");
}

function toldOfField(field, most) {
  const sentence = gettext("%(count)s of at most %(most)s characters");
  return interpolate(sentence, { count: countCharacters(field.value), most }, true);
}

function follow(place, field, tell) {
  // What is seen changes soon; what is said aloud waits until the typing rests.
  const voice = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  voice.setAttribute("role", "status");
  place.after(voice);
  let shown, said;
  field.addEventListener("input", () => {
    clearTimeout(shown);
    clearTimeout(said);
    shown = setTimeout(() => {
      place.textContent = tell();
      place.classList.toggle("count-over", countCharacters(field.value) > place.dataset.most);
    }, SHOWN_AFTER);
    said = setTimeout(() => (voice.textContent = place.textContent), SAID_AFTER);
  });
}

for (const place of document.querySelectorAll(".help .count")) {
  const field = document.getElementById(place.closest(".help").id.replace(/_helptext$/, ""));
  const { most, wordsPerMinute } = place.dataset;
  if (field) {
    follow(place, field, () =>
      wordsPerMinute ? told(field.value, wordsPerMinute) : toldOfField(field, most),
    );
  }
}
