/** Makes the picture of a network page move, where there is a script; without one the page's own picture stays. */

import { address } from "./address.js";
import { Picture } from "./picture.js";

const NEARER = 1.5; // what a button zooms by
const figure = document.querySelector("[data-drawing]");
if (figure) await start(figure);

/** Puts the picture in the place of the drawn one; on a failure that one stays. */
async function start(root) {
  const tools = root.querySelector("template").content.firstElementChild.cloneNode(true);
  const drawn = [...root.children];
  root.prepend(tools);
  drawn.forEach((each) => (each.hidden = true));
  const picture = new Picture(root, tools);
  try {
    await picture.load();
  } catch (error) {
    tools.remove();
    drawn.forEach((each) => (each.hidden = false));
    console.error(error);
    return;
  }
  buttons(tools, picture);
  years(tools, picture);
  actors(tools, picture);
  await ways(root, tools, picture);
}

function buttons(tools, picture) {
  const does = {
    nearer: () => picture.approach(NEARER),
    farther: () => picture.approach(1 / NEARER),
    home: () => picture.home(),
    close: () => picture.close(),
  };
  for (const button of tools.querySelectorAll("[data-does]")) button.addEventListener("click", does[button.dataset.does]);
  const colour = tools.querySelector("[data-part=colour]");
  colour.value = picture.state.colour;
  colour.addEventListener("change", () => picture.colour(colour.value));
}

/** Two sliders for the years; the picture follows at once, words and tables when they are let go. */
function years(tools, picture) {
  const [first, last] = picture.graph.span;
  const field = tools.querySelector("[data-part=years]");
  field.hidden = !last || first === last;
  const [from, to] = field.querySelectorAll("input");
  for (const slider of [from, to]) Object.assign(slider, { min: first, max: last });
  from.value = picture.state.from || first;
  to.value = picture.state.to || last;
  const [begins, ends] = field.querySelectorAll("output");
  const say = () => {
    [begins.textContent, ends.textContent] = [from.value, to.value];
  };
  const move = (moved) => {
    if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
    say();
    const value = (slider, open) => (Number(slider.value) === open ? 0 : Number(slider.value));
    picture.choose(value(from, first), value(to, last));
  };
  for (const slider of [from, to]) {
    slider.addEventListener("input", () => move(slider));
    slider.addEventListener("change", () => refresh(picture));
  }
  say();
}

/** The names one may go to. */
function actors(tools, picture) {
  const { label } = picture.graph.told.nodes;
  const list = tools.querySelector("datalist");
  list.append(...picture.graph.byDegree.map((node) => Object.assign(document.createElement("option"), { value: label[node] })));
  const find = tools.querySelector("[data-part=find]");
  find.addEventListener("change", () => {
    const node = label.indexOf(find.value);
    if (node >= 0) picture.visit(node);
  });
}

/** By way of whom: the shortest way the server finds, marked in the picture. */
async function ways(root, tools, picture) {
  const form = tools.querySelector("[data-part=way]");
  const [source, target] = form.querySelectorAll("input");
  const said = form.querySelector("output");
  const { key, label } = picture.graph.told.nodes;
  const known = (text) => key[label.indexOf(text)] ?? text;
  const find = async (one, other) => {
    const answer = await fetch(address(root.dataset.way, { ...picture.years, source: one, target: other }));
    const { nodes = [], stops = [] } = answer.ok ? await answer.json() : {};
    picture.show(stops.map((stop) => stop.split("/").pop()), [one, other]);
    const names = new Map(nodes.map((node) => [node.id, node.label]));
    said.textContent = stops.length ? stops.map((stop) => names.get(stop)).join(" → ") : root.dataset.nowhere;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find(known(source.value), known(target.value));
  });
  const [one, other] = picture.state.way;
  if (one && other) {
    const name = (each) => label[picture.graph.placeOf.get(each)] ?? each;
    [source.value, target.value] = [name(one), name(other)];
    form.closest("details").open = true;
    await find(one, other);
  }
}

/** Brings the words and tables of the page in step with its address. */
async function refresh(picture) {
  const live = document.querySelectorAll("[data-live]");
  if (!live.length) return;
  picture.tell();
  const asked = `${location.pathname}${location.search}`;
  const answer = await fetch(asked);
  if (!answer.ok || asked !== `${location.pathname}${location.search}`) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const each of live) {
    const other = fresh.getElementById(each.id);
    if (other) each.replaceWith(document.adoptNode(other));
    else each.hidden = true;
  }
  for (const name of ["from", "to"]) {
    const field = document.querySelector(`form.filters [name=${name}]`);
    if (field) field.value = picture.state[name] || "";
  }
}
