/** The picture of the network: it puts data, camera, painter, card and address together. */

import { address, read, write } from "./address.js";
import { Camera } from "./camera.js";
import { Card } from "./card.js";
import { Graph } from "./graph.js";
import { grouped } from "./groups.js";
import { Painter, strands } from "./painter.js";
import { inks, legend } from "./legend.js";
import { listen } from "./pointer.js";

const SETTLED = 140; // milliseconds without a movement, after which ties are drawn anew
const GLIDE = 260; // milliseconds a glide takes
const NEAR = 7; // pixels beside a disc or a tie that still mean it

export class Picture {
  /** @param figure the element with the addresses of the data @param tools the picture's own controls */
  constructor(figure, tools) {
    [this.figure, this.tools] = [figure, tools];
    this.canvas = tools.querySelector("canvas");
    this.camera = new Camera();
    this.painter = new Painter(this.canvas, {});
    this.state = { ...read() };
    this.scene = { near: null, focus: -1, hover: -1, hoverTie: -1, way: [], radius: (node, camera) => this.#radius(node, camera) };
    this.names = JSON.parse(figure.dataset.names);
    this.card = new Card(tools.querySelector("[data-part=card]"), this.#leads(), this.names);
    listen(this.canvas, this);
    new ResizeObserver(() => this.#resized()).observe(this.canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recoloured());
  }

  /** Fetches the data and draws them. */
  async load() {
    const answer = await fetch(this.figure.dataset.drawing); // as the page has preloaded it
    if (!answer.ok) throw new Error(`${answer.status} ${this.figure.dataset.drawing}`);
    const before = this.graph;
    this.graph = new Graph(await answer.json());
    this.scene.graph = this.graph;
    this.graph.choose(this.state);
    this.camera.frame(this.graph);
    if (!before) this.state.view ? (this.camera.view = this.state.view) : this.camera.home();
    this.#look(this.graph.placeOf.get(this.state.focus) ?? -1);
    this.#chosen();
    performance.mark("network-drawn");
  }

  /** Shows some years and no others. */
  choose(from, to) {
    const started = performance.now();
    Object.assign(this.state, { from, to, moved: true });
    this.graph.choose(this.state);
    this.#chosen();
    performance.measure("network-chosen", { start: started });
  }

  /** Colours by type, région or community. */
  colour(by) {
    this.state.colour = by;
    this.#recoloured();
    this.#told();
  }

  /** Marks a way over some actors, by key. */
  show(way, ends) {
    this.scene.way = way.map((key) => this.graph.placeOf.get(key)).filter((node) => node !== undefined);
    this.state.way = this.scene.way.length ? ends : [];
    this.#look(-1);
    this.#told();
  }

  /** Goes to an actor, by its place among the nodes. */
  visit(node) {
    this.#look(node);
    this.#glide(() => this.camera.visit(this.graph.x[node], this.graph.y[node]));
  }

  /** The years chosen, as the server takes them. */
  get years() {
    const { from, to } = this.state;
    return { ...(from && { from }), ...(to && { to }) };
  }

  // What hands do, see pointer.js.

  pan(right, down) {
    this.camera.pan(right, down);
    this.#moved();
  }

  approach(factor, right, down) {
    this.camera.approach(factor, right, down);
    this.#moved();
  }

  home() {
    this.#glide(() => this.camera.home());
  }

  point(right, down) {
    if (!this.graph) return;
    const node = this.#nodeAt(right, down);
    const tie = node < 0 && this.scene.focus < 0 ? this.#tieAt(right, down) : -1;
    if (node === this.scene.hover && tie === this.scene.hoverTie) return;
    Object.assign(this.scene, { hover: node, hoverTie: tie });
    this.canvas.classList.toggle("over", node >= 0 || tie >= 0);
    this.#tell(node, tie);
    this.#soon("hover");
  }

  leave() {
    if (this.scene.focus < 0 && !this.tools.querySelector("[data-part=card]").matches(":hover")) this.point(-1e9, -1e9);
  }

  press(right, down) {
    const [node, tie] = [this.#nodeAt(right, down), this.#tieAt(right, down)];
    this.#look(node);
    if (node < 0 && tie >= 0) this.card.tie(this.graph, tie);
    this.#told();
  }

  next(step) {
    const shown = this.graph.byDegree;
    const place = shown.indexOf(this.scene.focus);
    this.visit(shown[(place + step + shown.length) % shown.length]);
    this.tools.querySelector("[data-part=said]").textContent = this.graph.told.nodes.label[this.scene.focus];
  }

  open() {
    if (this.scene.focus >= 0) this.tools.querySelector("[data-part=name]").focus();
  }

  close() {
    this.#look(-1);
    this.#told();
    this.canvas.focus();
  }

  #leads() {
    const { actor, evidence, ego } = this.figure.dataset;
    return {
      actor: (key) => actor + encodeURIComponent(key),
      evidence: (source, target) => address(evidence, { ...this.years, source, target }),
      ego: (key) => address(ego, { ...this.years, actor: key }),
    };
  }

  #look(node) {
    this.scene.focus = node;
    this.state.focus = node < 0 ? "" : this.graph.told.nodes.key[node];
    this.#tell(node, -1);
    this.#nearby();
    this.#soon("all");
  }

  #nearby() {
    const { focus, way } = this.scene;
    const around = focus < 0 ? [] : this.graph.tiesOf(focus).map((tie) => this.graph.across(tie, focus));
    this.scene.near = focus < 0 ? null : new Set([focus, ...around, ...way]);
  }

  #tell(node, tie) {
    const shown = node >= 0 ? node : this.scene.focus;
    if (shown >= 0 && this.graph.degree[shown]) this.card.actor(this.graph, shown);
    else if (tie >= 0) this.card.tie(this.graph, tie);
    else this.card.hide();
  }

  #chosen() {
    this.scene.strands = strands(this.graph);
    this.scene.clusters = this.graph.clusters(12);
    this.#nearby();
    this.#recoloured();
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const { counts, cut } = this.figure.dataset;
    const told = this.graph.told.total > this.graph.tieCount ? cut : "";
    this.tools.querySelector("[data-part=counts]").textContent = [counts, told]
      .join(" ")
      .replace("{nodes}", number.format(this.graph.shownNodes))
      .replace("{ties}", number.format(this.graph.shownTies))
      .replace("{total}", number.format(this.graph.told.total));
    this.#told();
  }

  #recoloured() {
    if (!this.graph) return;
    this.scene.groups = grouped(this.graph, this.state.colour, this.names);
    legend(this.tools.querySelector("[data-part=legend]"), this.scene.groups.legend, this.figure.dataset.rest);
    this.painter.inks = inks(this.tools);
    this.#now();
  }

  #resized() {
    this.painter.fit(this.camera);
    if (this.scene.groups) this.#now();
  }

  #moved() {
    this.#soon("move");
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.#soon("all");
      this.#told();
    }, SETTLED);
  }

  /** Draws at the next frame: `all`, or what changes when one points (`hover`) or moves (`move`). */
  #soon(what) {
    this.wanted = this.wanted === "all" ? "all" : what;
    this.frame ??= requestAnimationFrame(() => this.#now(this.wanted));
  }

  #now(what = "all") {
    cancelAnimationFrame(this.frame);
    this.frame = this.wanted = undefined;
    if (this.scene.groups) this.painter.draw(this.camera, this.scene, { anew: what === "all", names: what !== "move" });
  }

  #glide(go) {
    const from = this.camera.view;
    go();
    const to = this.camera.view;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return this.#moved();
    const started = performance.now();
    const step = (now) => {
      const part = Math.min(1, Math.max(0, (now - started) / GLIDE));
      const eased = 1 - (1 - part) ** 3;
      const between = (one, other) => one + (other - one) * eased;
      this.camera.view = { x: between(from.x, to.x), y: between(from.y, to.y), zoom: between(from.zoom, to.zoom) };
      this.#moved();
      if (part < 1) requestAnimationFrame(step);
    };
    return requestAnimationFrame(step);
  }

  /** Writes what is looked at into the address; all of it in view says nothing. */
  #told() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), SETTLED); // browsers bound how often an address may change
  }

  /** Writes it now. */
  tell() {
    clearTimeout(this.telling);
    const { x, y, zoom } = this.camera.view;
    const { box } = this.camera;
    const home = zoom === 1 && x === box.x && y === box.y;
    write({ ...this.state, view: home ? null : { x, y, zoom } });
  }

  #radius(node, { zoom, width, height }) {
    const small = this.graph.shownNodes > 1500;
    const size = small ? 1.5 + 0.42 * Math.sqrt(this.graph.degree[node]) : 4 + 0.75 * Math.sqrt(this.graph.degree[node]);
    return Math.min(26, size * zoom ** 0.4 * Math.min(1, Math.sqrt(Math.min(width, height) / 480)));
  }

  #nodeAt(right, down) {
    let [found, nearest] = [-1, Infinity];
    for (const node of this.graph.byDegree) {
      const across = this.camera.right(this.graph.x[node]) - right;
      const along = this.camera.down(this.graph.y[node]) - down;
      const away = Math.hypot(across, along) - this.#radius(node, this.camera);
      if (away < NEAR && away < nearest) [found, nearest] = [node, away];
    }
    return found;
  }

  #tieAt(right, down) {
    const { graph, camera } = this;
    let [found, nearest] = [-1, NEAR - 2];
    for (let tie = 0; tie < graph.tieCount; tie += 1) {
      if (!graph.weight[tie]) continue;
      const [one, other] = [graph.source[tie], graph.target[tie]];
      const [ax, ay] = [camera.right(graph.x[one]), camera.down(graph.y[one])];
      const [bx, by] = [camera.right(graph.x[other]) - ax, camera.down(graph.y[other]) - ay];
      const along = Math.min(1, Math.max(0, ((right - ax) * bx + (down - ay) * by) / (bx * bx + by * by || 1)));
      const away = Math.hypot(ax + bx * along - right, ay + by * along - down);
      if (away < nearest) [found, nearest] = [tie, away];
    }
    return found;
  }
}
