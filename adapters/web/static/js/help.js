// What the keyboard can do, and a way into the commands.

import { openDialog } from "./dialogs.js";
import { h } from "./dom.js";

const SHORTCUTS = [
  [["/"], "Type a command or a message"],
  [["Alt", "↑"], "Place above"],
  [["Alt", "↓"], "Place below"],
  [["↑", "↓"], "From message to message, once one has the focus"],
  [["T"], "Open the thread of the message that has the focus"],
  [["A", "to", "F"], "Move to that option, once the question has the focus"],
  [["Enter"], "Press, send, or take the completion"],
  [["Tab"], "Take the completion"],
  [["Shift", "Enter"], "New line"],
  [["↑"], "In the empty box: what you sent before"],
  [["Esc"], "Close a list, a dialog or the thread"],
  [["?"], "This help"],
];

/** Open the help. */
export function openHelp() {
  const rows = SHORTCUTS.map(([keys, words]) => h("tr", {}, h("th", { scope: "row" }, keys.map(key)), h("td", {}, words)));
  openDialog("Help and shortcuts", h("div.help", {},
    h("p", {}, "Type ", h("code", {}, "/help"), " to see what Cloudlark can do, or ", h("code", {}, "/quiz"), " and a topic to practise. Answers to questions are private: others see how many answered, not what."),
    h("table.shortcuts", {}, h("caption.sr-only", {}, "Shortcuts"), h("tbody", {}, rows))));
}

function key(name) {
  return name.length > 1 && name === name.toLowerCase() ? ` ${name} ` : h("kbd", {}, name);
}
