/** Draws what the camera sees. While it moves, that is the last whole picture, shifted and stretched; names stay sharp. */

import { REST } from "./groups.js";
import { Lines } from "./lines.js";
import { trace } from "./shapes.js";

const [NAMES, CLUSTERS] = [36, 12];
const READABLE = 1.7; // zoom from which actors are named rather than clusters
const FEW = 60; // actors who are named from afar
const SPARSE = 500; // ties that do not hide each other; more are drawn thinner and fainter
const MANY = 1500; // actors whose names would hold up a movement

export class Painter {
  /** @param inks colours by name, and `groups`, one for each */
  constructor(canvas, inks) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.layer = document.createElement("canvas"); // ties and nodes as they were last drawn
    this.lines = new Lines();
    this.inks = inks;
    this.sharpness = 1;
    this.layerView = null;
  }

  /** Fits the canvas to its place on the page. */
  fit(camera) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const steer = this.canvas.parentElement.querySelector(".steer").getBoundingClientRect();
    this.hidden = [steer.left - left, steer.top - top, steer.right - left, steer.bottom - top]; // behind the buttons
    this.sharpness = Math.min(2, window.devicePixelRatio || 1);
    [camera.width, camera.height] = [Math.max(1, width), Math.max(1, height)];
    for (const each of [this.canvas, this.layer]) {
      each.width = Math.round(width * this.sharpness);
      each.height = Math.round(height * this.sharpness);
    }
  }

  /** @param scene the graph, groups, and what is chosen: `near` (a set of nodes or null), `focus`, `hover`, `way` */
  draw(camera, scene, { anew, names }) {
    const context = this.context;
    if (anew || !this.layerView) this.#paint(camera, scene);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#place(camera);
    context.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
    const { hover, focus, graph } = scene;
    for (const node of [hover, focus]) if (node >= 0 && graph.degree[node]) this.#mark(camera, scene, node);
    this.#names(camera, scene, names || scene.graph.shownNodes < MANY);
  }

  /** Draws ties and nodes into their layer. */
  #paint(camera, scene) {
    const context = this.layer.getContext("2d");
    this.lines.fit(this.layer.width, this.layer.height);
    if (!this.lines.image) return;
    this.lines.clear();
    const crowd = Math.min(1, Math.sqrt(SPARSE / scene.graph.shownTies));
    for (const { width: full, share, ties } of scene.strands) {
      const width = full * Math.max(0.4, crowd);
      const [chosen, others] = scene.near ? split(ties, scene) : [ties, []];
      this.#strokes(camera, scene.graph, others, 0.05 * crowd, width);
      this.#strokes(camera, scene.graph, chosen, scene.near ? 0.75 : share * crowd, width);
    }
    context.putImageData(this.lines.drawn(channels(context, this.inks.tie)), 0, 0);
    context.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
    context.globalAlpha = 1;
    this.#way(context, camera, scene);
    this.#nodes(context, camera, scene);
    this.layerView = { ...camera.view, scale: camera.scale };
  }

  #strokes(camera, { source, target, x, y }, ties, alpha, width) {
    const { sharpness, lines } = this;
    const stretch = camera.scale * sharpness;
    const [left, top] = [camera.right(0) * sharpness, camera.down(0) * sharpness];
    for (const tie of ties) {
      const [one, other] = [source[tie], target[tie]];
      const [right, down] = [left + x[one] * stretch, top + y[one] * stretch];
      lines.add(right, down, left + x[other] * stretch, top + y[other] * stretch, width * sharpness, alpha);
    }
  }

  /** Puts the layer where the camera has gone since. */
  #place(camera) {
    const stretch = camera.scale / this.layerView.scale;
    const right = camera.right(this.layerView.x) - (camera.width / 2) * stretch;
    const down = camera.down(this.layerView.y) - (camera.height / 2) * stretch;
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(
      this.layer,
      right * this.sharpness,
      down * this.sharpness,
      this.layer.width * stretch,
      this.layer.height * stretch,
    );
  }

  #way(context, camera, { graph, way }) {
    if (way.length < 2) return;
    context.strokeStyle = this.inks.way;
    context.lineWidth = 5;
    context.lineJoin = context.lineCap = "round";
    context.beginPath();
    way.forEach((node, step) => {
      const [right, down] = [camera.right(graph.x[node]), camera.down(graph.y[node])];
      if (step) context.lineTo(right, down);
      else context.moveTo(right, down);
    });
    context.stroke();
  }

  #nodes(context, camera, scene) {
    const { graph, groups, near, way } = scene;
    const dim = near || way.length ? (node) => !(near?.has(node) || way.includes(node)) : () => false;
    const paths = Array.from({ length: 2 * (REST + 1) }, () => []);
    for (const node of graph.byDegree) {
      const [right, down] = [camera.right(graph.x[node]), camera.down(graph.y[node])];
      if (right < -40 || down < -40 || right > camera.width + 40 || down > camera.height + 40) continue;
      paths[groups.of[node] + (dim(node) ? 0 : REST + 1)].push(node, right, down);
    }
    paths.forEach((path, number) => {
      if (!path.length) return;
      const [group, strong] = [number % (REST + 1), number > REST];
      context.globalAlpha = strong ? 1 : 0.22;
      context.fillStyle = this.inks.groups[group];
      context.strokeStyle = this.inks.paper;
      context.lineWidth = 1;
      context.beginPath();
      for (let each = 0; each < path.length; each += 3) {
        trace(context, group, path[each + 1], path[each + 2], scene.radius(path[each], camera));
      }
      context.fill();
      if (graph.shownNodes < MANY) context.stroke();
    });
    context.globalAlpha = 1;
  }

  #mark(camera, { graph, radius }, node) {
    const context = this.context;
    context.strokeStyle = this.inks.ink;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(camera.right(graph.x[node]), camera.down(graph.y[node]), radius(node, camera) + 4, 0, 2 * Math.PI);
    context.stroke();
  }

  #names(camera, scene, all) {
    const { graph, near, focus, hover, way } = scene;
    const taken = [this.hidden];
    const first = [...new Set([...way, focus, hover])].filter((node) => node >= 0 && graph.degree[node]);
    for (const node of first) this.#name(camera, scene, node, taken, true);
    if (!all) return;
    const afar = camera.zoom < READABLE && graph.shownNodes > FEW && !near && !way.length;
    if (afar) {
      for (const cluster of scene.clusters.slice(0, CLUSTERS)) this.#cluster(camera, cluster, taken);
      return;
    }
    let left = NAMES;
    for (const node of graph.byDegree) {
      if (!left) break;
      if (first.includes(node) || (near ? !near.has(node) : way.length)) continue;
      left -= this.#name(camera, scene, node, taken, false);
    }
  }

  #name(camera, { graph, radius }, node, taken, always) {
    const size = radius(node, camera);
    const [right, down] = [camera.right(graph.x[node]), camera.down(graph.y[node])];
    const text = shortened(graph.told.nodes.label[node]);
    return this.#write(text, right, down - size - 5, taken, { font: "500 13px", always, camera });
  }

  #cluster(camera, { name, x, top }, taken) {
    const style = { font: "600 15px", always: false, camera };
    this.#write(shortened(name), camera.right(x), camera.down(top) - 16, taken, style);
  }

  /** A centred text with a halo where nothing else is written; whether it was. */
  #write(text, right, down, taken, { font, always, camera }) {
    const context = this.context;
    context.font = `${font} ${this.inks.font}`;
    const half = context.measureText(text).width / 2 + 4;
    if (right < 0 || down < 0 || right > camera.width || down > camera.height + 20) return false;
    const middle = Math.min(Math.max(right, half), Math.max(half, camera.width - half));
    const line = Math.max(down, 15);
    const box = [middle - half, line - 15, middle + half, line + 5];
    const meets = taken.some((one) => box[0] < one[2] && one[0] < box[2] && box[1] < one[3] && one[1] < box[3]);
    if (meets && !always) return false;
    taken.push(box);
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = this.inks.paper;
    context.strokeText(text, middle, line);
    context.fillStyle = this.inks.ink;
    context.fillText(text, middle, line);
    return true;
  }
}

/** Shown ties in strands of like weight: the width and the opacity of each. */
export function strands(graph) {
  let most = 1;
  for (const weight of graph.weight) if (weight > most) most = weight;
  const found = [0.02, 0.1, 0.35, 1].map((upTo) => ({
    upTo: upTo * most,
    width: 0.7 + 3.2 * Math.sqrt(upTo),
    share: 0.28 + 0.6 * Math.sqrt(upTo),
    ties: [],
  }));
  graph.weight.forEach((weight, tie) => {
    if (weight) found.find(({ upTo }) => weight <= upTo).ties.push(tie);
  });
  return found;
}

/** The ties between two chosen nodes, one of them in focus; and the others. */
function split(ties, { graph, focus, way }) {
  const [chosen, others] = [[], []];
  for (const tie of ties) {
    const [one, other] = [graph.source[tie], graph.target[tie]];
    (one === focus || other === focus || (way.includes(one) && way.includes(other)) ? chosen : others).push(tie);
  }
  return [chosen, others];
}

/** Red, green and blue of a colour without transparency, from 0 to 255. */
function channels(context, colour) {
  context.fillStyle = colour;
  return [1, 3, 5].map((start) => Number.parseInt(context.fillStyle.slice(start, start + 2), 16));
}

function shortened(name) {
  return name.length > 34 ? `${name.slice(0, 32).trimEnd()}…` : name;
}
