// The WebSocket: asking, hearing, and coming back after it broke.

import { on, store, tell } from "./store.js";
import { zone } from "./times.js";

const FIRST_WAIT = 300;
const LONGEST_WAIT = 5_000;
const PING_EVERY = 20_000;
const PONG_WITHIN = 10_000;
const PATIENCE = 3_000;
const REFUSED = 4401;

/** The connection was not there, or it broke before the answer came. */
export class LostError extends Error {}

const waiting = new Map();
const heard = [];
let socket = null;
let welcomed = false;
let wait = FIRST_WAIT;
let count = 0;
let seat = "";

/** Connect as a person and stay connected. Tells "welcome", "frame", "online", "offline" and "refused". */
export function connect(id) {
  seat = id;
  addEventListener("online", retryNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retryNow());
  setInterval(ping, PING_EVERY);
  open();
}

/** Whether questions can be asked now. */
export const online = () => welcomed && socket?.readyState === WebSocket.OPEN;

/** Ask for something, for a moment also while the line is broken. Resolves with the answer; rejects with LostError. */
export async function ask(frame, { patience = PATIENCE } = {}) {
  if (!online()) await comingBack(patience);
  count += 1;
  const request = String(count);
  return new Promise((resolve, reject) => {
    waiting.set(request, { resolve, reject });
    socket.send(JSON.stringify({ ...frame, request }));
  });
}

/** Resolves once the line is there; rejects when that takes longer than so many milliseconds. */
function comingBack(patience) {
  return new Promise((resolve, reject) => {
    const end = on("online", () => settled(resolve));
    const timer = setTimeout(() => settled(() => reject(new LostError("offline"))), patience);
    const settled = (how) => {
      end();
      clearTimeout(timer);
      how();
    };
  });
}

function open() {
  const address = new URL(`/chat/live?as=${encodeURIComponent(seat)}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const mine = new WebSocket(address);
  socket = mine;
  mine.addEventListener("open", () => mine.send(JSON.stringify(greeting())));
  mine.addEventListener("message", (event) => socket === mine && hear(JSON.parse(event.data)));
  mine.addEventListener("close", (event) => socket === mine && lose(event.code));
}

function greeting() {
  return { do: "hello", timezone: zone(), locale: navigator.language ?? "", after: store.change };
}

/** News that comes before the welcome waits for it, so that nothing is counted as known too early. */
function hear(frame) {
  if (frame.is === "refused") return tell("refused", frame.why);
  if (frame.is === "welcome") return welcome(frame);
  if (frame.is === "done") return settle(frame);
  if (welcomed) return tell("frame", frame);
  return heard.push(frame);
}

function welcome(frame) {
  welcomed = true;
  wait = FIRST_WAIT;
  tell("welcome", frame);
  for (const early of heard.splice(0)) tell("frame", early);
  tell("online", {});
}

function settle(frame) {
  const asked = waiting.get(frame.request);
  waiting.delete(frame.request);
  if (asked) asked.resolve(frame);
  else if (frame.error) tell("trouble", frame.error);
}

function lose(code) {
  socket = null;
  welcomed = false;
  heard.length = 0;
  for (const { reject } of waiting.values()) reject(new LostError("lost"));
  waiting.clear();
  if (code === REFUSED) return;
  tell("offline", {});
  setTimeout(retryNow, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 1.7, LONGEST_WAIT);
}

function retryNow() {
  if (!socket && seat) open();
}

/** A line that went dead without a word is given up, so that the page says so. */
async function ping() {
  if (!online()) return;
  const mine = socket;
  const timer = setTimeout(() => mine === socket && giveUp(mine), PONG_WITHIN);
  await ask({ do: "ping" }, { patience: 0 }).catch(() => {});
  clearTimeout(timer);
}

function giveUp(mine) {
  lose(0);
  mine.close();
}
