// The form of /sparql where scripts run: an editor in place of the text field, tabs, the place of an error.
import { completions, schemaAt } from "./completion.js";
import { Editor } from "./editor.js";
import { Tabs } from "./tabs.js";

const form = document.querySelector("form.query");
const field = form.elements.query;
const answer = document.querySelector("#answer");
const fault = document.querySelector("#fault");
const words = JSON.parse(form.dataset.words);
const asked = field.value;
const language = document.documentElement.lang;

const tabs = new Tabs(storage());
if (asked.trim()) tabs.open(asked);

const host = element("div", { className: "editor", id: "editor" });
field.after(host);
const editor = new Editor(host, {
  label: words.label,
  phrases: words.phrases,
  source: completions(schemaAt(form.dataset.schema), language),
  run: () => form.requestSubmit(),
  changed(text) {
    field.value = text;
    tabs.change(text);
    named();
  },
});
const states = tabs.texts.map((text) => editor.stateOf(text));
const answered = asked.trim() ? states[tabs.active] : undefined;
let mine = answered; // the state whose answer is on the page, as it goes on

const list = element("div", { role: "tablist", ariaLabel: words.list });
const fresh = element("button", { type: "button", className: "plain", textContent: words.add, onclick: added });
const end = element("button", { type: "button", className: "plain", textContent: words.close, onclick: closed });
const bar = element("div", { className: "tabs" });
bar.append(list, fresh, end);
form.prepend(bar);
host.setAttribute("role", "tabpanel");
host.after(element("p", { className: "hint", textContent: words.keys }));
form.querySelector("label").addEventListener("click", () => editor.focus());
list.addEventListener("keydown", moved);
form.addEventListener("submit", refused);
field.required = false;
field.hidden = true;
shown();
marked();

function shown() {
  editor.show(states[tabs.active]);
  field.value = tabs.text;
  for (const part of [answer, fault]) if (part) part.hidden = states[tabs.active] !== mine;
  list.replaceChildren(...tabs.texts.map(tab));
  end.hidden = tabs.texts.length < 2;
  named();
}

function tab(_, place) {
  const chosen = place === tabs.active;
  const button = element("button", { type: "button", role: "tab", id: `tab-${place}`, tabIndex: chosen ? 0 : -1 });
  button.setAttribute("aria-selected", chosen);
  button.setAttribute("aria-controls", host.id);
  button.addEventListener("click", () => turned(place));
  return button;
}

function named() {
  [...list.children].forEach((button, place) => (button.textContent = tabs.title(place, words.query, language)));
  host.setAttribute("aria-labelledby", `tab-${tabs.active}`);
}

/** The state that was shown is kept as it is now, so that each tab has its own history. */
function kept() {
  if (states[tabs.active] === mine) mine = editor.state;
  states[tabs.active] = editor.state;
}

function turned(place) {
  kept();
  tabs.choose(place);
  shown();
}

function added() {
  kept();
  tabs.add();
  states.push(editor.stateOf(""));
  if (states.length > tabs.texts.length) states.shift();
  shown();
  editor.focus();
}

function closed() {
  const [gone] = states.splice(tabs.active, 1);
  if (gone === mine) mine = undefined;
  tabs.close();
  if (!states.length) states.push(editor.stateOf(""));
  shown();
  list.children[tabs.active].focus();
}

function moved(event) {
  const to = { ArrowRight: tabs.active + 1, ArrowLeft: tabs.active - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  turned(to);
  list.children[tabs.active].focus();
}

function refused(event) {
  if (field.value.trim()) return;
  event.preventDefault();
  editor.focus();
}

function marked() {
  const { line, column } = fault?.dataset ?? {};
  if (line && answered) {
    editor.mark(Number(line), Number(column), fault.querySelector(".why").textContent.trim());
    kept();
  }
}

function storage() {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
