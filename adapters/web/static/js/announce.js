// One polite sentence at a time for readers of the screen.

/** Say something that is not a message: a state, a failure, a success. */
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  setTimeout(() => {
    place.textContent = text;
  }, 50);
}
