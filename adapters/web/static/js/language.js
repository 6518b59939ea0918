// What the page says of itself, in the language of whoever looks at it.
//
// Sentences are written in English where they are used. The server sends what they are in other languages.

let language = "en";
let known = {};

/** Speak a language from now on. `words` has the page's sentences by their English. */
export function speak(given) {
  language = given.language;
  known = given.words;
  document.documentElement.lang = language;
}

/** Speak what the page was delivered in, until it is known who looks at it. */
export function speakAsDelivered() {
  speak(JSON.parse(document.getElementById("words").textContent));
}

/** A sentence; `parts` stand where it has their names in braces. */
export const _ = (text, parts = {}) => filled(known[text] ?? text, parts);

/** The form of a sentence for a whole number, which stands where it has {n}. */
export function plural(one, many, n, parts = {}) {
  const form = new Intl.PluralRules(language).select(n) === "one" ? 0 : 1;
  return filled((known[one] ?? [one, many])[form], { n: number(n), ...parts });
}

/** A sentence as nodes: elements stand where it has their names in braces. */
export function around(sentence, elements) {
  return sentence.split(/\{(\w+)\}/).map((piece, place) => (place % 2 ? elements[piece] : piece));
}

/** A number as it is written in this language. */
export const number = (n) => n.toLocaleString(locale());

/** The language as the reader's own country writes it. */
export function locale() {
  const home = language === "en" ? "en-GB" : language;
  return navigator.languages?.find((tag) => tag.split("-")[0] === language && tag.includes("-")) ?? home;
}

function filled(text, parts) {
  return text.replace(/\{(\w+)\}/g, (all, name) => parts[name] ?? all);
}
