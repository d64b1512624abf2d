/** Where one looks: a point of the network in the middle of the picture, and how near. */

const MARGIN = 0.06; // of the shorter side
const [FARTHEST, NEAREST] = [0.6, 60];

export class Camera {
  constructor() {
    this.width = this.height = 1;
    this.box = { x: 0, y: 0, half: 1 };
    this.home();
  }

  /** All of it. */
  home() {
    [this.x, this.y, this.zoom] = [this.box.x, this.box.y, 1];
  }

  /** Fits what there is: the middle of its points and half of its longer side. */
  frame(graph) {
    const shown = graph.byDegree;
    if (!shown.length) return;
    const ends = (values) => shown.reduce(([low, high], node) => [Math.min(low, values[node]), Math.max(high, values[node])], [9, -9]);
    const [[left, right], [low, high]] = [ends(graph.x), ends(graph.y)];
    this.box = { x: (left + right) / 2, y: (low + high) / 2, half: Math.max(right - left, high - low, 0.12) / 2 };
  }

  /** Pixels for one unit of the network. */
  get scale() {
    return ((Math.min(this.width, this.height) * (0.5 - MARGIN)) / this.box.half) * this.zoom;
  }

  right(x) {
    return this.width / 2 + (x - this.x) * this.scale;
  }

  down(y) {
    return this.height / 2 + (y - this.y) * this.scale;
  }

  pan(right, down) {
    this.x -= right / this.scale;
    this.y -= down / this.scale;
    const far = 1.5 * this.box.half;
    this.x = Math.min(this.box.x + far, Math.max(this.box.x - far, this.x));
    this.y = Math.min(this.box.y + far, Math.max(this.box.y - far, this.y));
  }

  /** Nearer by a factor, what lies under a pixel staying there. */
  approach(factor, right = this.width / 2, down = this.height / 2) {
    const before = this.scale;
    this.zoom = Math.min(NEAREST, Math.max(FARTHEST, this.zoom * factor));
    const change = 1 / before - 1 / this.scale;
    this.x += (right - this.width / 2) * change;
    this.y += (down - this.height / 2) * change;
  }

  /** A node in the middle, near enough to read its neighbours. */
  visit(x, y) {
    [this.x, this.y, this.zoom] = [x, y, Math.max(this.zoom, 2.5)];
  }

  get view() {
    return { x: this.x, y: this.y, zoom: this.zoom };
  }

  set view({ x, y, zoom }) {
    [this.x, this.y, this.zoom] = [x, y, Math.min(NEAREST, Math.max(FARTHEST, zoom))];
  }
}
