// The sky behind the door. It is decoration only.

import { h } from "./dom.js";

/** A sky with clouds that drift slowly, or stand still for those who want calm. */
export function scene() {
  return h("div.sky", { aria: { hidden: "true" } },
    h("span.light"),
    h("span.stars"),
    h("span.cloud.far"), h("span.cloud.middle"), h("span.cloud.near"),
    h("img.bird", { src: "/static/lark-flying.svg", alt: "", width: 180, height: 180 }));
}
