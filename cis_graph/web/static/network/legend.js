/** The legend, whose colours the style sheet gives, in light and in dark; the canvas takes them from it. */

import { REST } from "./groups.js";
import { swatch } from "./shapes.js";

/** A line a group, with its shape, its colour and how many it holds. */
export function legend(root, groups, rest) {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const lines = groups.map((group) => {
    const line = document.createElement("li");
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = number.format(group.count);
    const mark = swatch(group.number);
    mark.classList.add(`group-${group.number}`);
    line.append(mark, group.title ?? rest, count);
    return line;
  });
  root.replaceChildren(...lines);
}

/** The colours as the page has them now. */
export function inks(tools) {
  const probe = document.createElement("span");
  tools.append(probe);
  const colour = (name) => {
    probe.className = name;
    return getComputedStyle(probe).color;
  };
  const found = {
    groups: Array.from({ length: REST + 1 }, (_, number) => colour(`group-${number}`)),
    tie: colour("ink-tie"),
    way: colour("ink-way"),
    ink: colour("ink-name"),
    paper: getComputedStyle(tools.querySelector("canvas")).backgroundColor,
    font: getComputedStyle(tools).fontFamily,
  };
  probe.remove();
  return found;
}
