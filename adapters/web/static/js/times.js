// Times in the reader's own zone and language.

import { locale } from "./language.js";

/** A format that is made when it is first wanted: only then it is known which language is spoken. */
function wanted(Format, options) {
  let made = null;
  return () => (made ??= new Format(locale(), options));
}

const clock = wanted(Intl.DateTimeFormat, { hour: "numeric", minute: "2-digit" });
const full = wanted(Intl.DateTimeFormat, { dateStyle: "full", timeStyle: "short" });
const dayOnly = wanted(Intl.DateTimeFormat, { weekday: "long", day: "numeric", month: "long" });
const date = wanted(Intl.DateTimeFormat, { dateStyle: "medium", timeZone: "UTC" });
const weekday = wanted(Intl.DateTimeFormat, { weekday: "short", hour: "numeric", minute: "2-digit" });
const relative = wanted(Intl.RelativeTimeFormat, { numeric: "auto" });
const always = wanted(Intl.RelativeTimeFormat, { numeric: "always", style: "short" });

const SECOND = 1_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The hour and minute of an ISO time. */
export const hour = (iso) => clock().format(new Date(iso));

/** Day, date and time of an ISO time, for tooltips and readers. */
export const inFull = (iso) => full().format(new Date(iso));

/** A calendar date such as 2026-03-01, which belongs to no zone. */
export const calendar = (iso) => date().format(new Date(`${iso}T00:00:00Z`));

/** The local day of an ISO time as a sortable text. */
export function dayOf(iso) {
  const time = new Date(iso);
  return `${time.getFullYear()}-${time.getMonth()}-${time.getDate()}`;
}

/** "today", "yesterday", else the day's name and date. */
export function dayName(iso) {
  const midnight = (time) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(new Date(iso)) - midnight(Date.now())) / DAY);
  const words = days > -2 && days < 1 ? relative().format(days, "day") : dayOnly().format(new Date(iso));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When something closes: the local time, with the weekday unless it is within a day. */
export function closing(iso) {
  const left = new Date(iso) - Date.now();
  return (left < DAY ? clock : weekday)().format(new Date(iso));
}

/** How long until an ISO time, in its largest unit; empty once it has passed. */
export function left(iso) {
  const gap = new Date(iso) - Date.now();
  if (gap <= 0) return "";
  if (gap < 100 * SECOND) return always().format(Math.ceil(gap / SECOND), "second");
  const minutes = Math.ceil(gap / MINUTE);
  if (minutes < 100) return always().format(minutes, "minute");
  if (minutes < 48 * 60) return always().format(Math.round(minutes / 60), "hour");
  return always().format(Math.round(minutes / 1440), "day");
}

/** The browser's time zone and language, for the tutor. */
export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
