// One polite sentence at a time for readers of the screen.

const HEARD_AFTER = 5_000;
let timer = 0;

/** Say something that is not a message: a state, a failure, a success. */
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => {
    place.textContent = "";
  }, HEARD_AFTER);
}
