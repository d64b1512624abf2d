/** Straight lines by the thousand in one colour: a canvas without a graphics card takes ten times as long to stroke them. */

export class Lines {
  /** Fits a picture of so many pixels. */
  fit(width, height) {
    if (this.width === width && this.height === height) return;
    [this.width, this.height] = [width, height];
    this.opacity = new Float32Array(width * height);
    this.image = width && height ? new ImageData(width, height) : null;
  }

  clear() {
    this.opacity.fill(0);
  }

  /** Adds a line between two points, all in pixels; what lies outside is left out. */
  add(x, y, u, v, wide, alpha) {
    const steep = Math.abs(v - y) > Math.abs(u - x);
    if (steep) this.#sweep(y, x, v, u, this.height, this.width, this.width, 1, wide, alpha);
    else this.#sweep(x, y, u, v, this.width, this.height, 1, this.width, wide, alpha);
  }

  /** Goes along the longer axis pixel by pixel; across, each pixel is covered as far as the line lies over it. */
  #sweep(from, start, to, end, long, high, along, across, wide, alpha) {
    if (from > to) [from, start, to, end] = [to, end, from, start];
    const slope = to > from ? (end - start) / (to - from) : 0;
    const half = (wide / 2) * Math.sqrt(1 + slope * slope);
    const last = Math.min(long - 1, Math.round(to) - 1);
    const { opacity } = this;
    for (let place = Math.max(0, Math.round(from)); place <= last; place += 1) {
      const middle = start + slope * (place + 0.5 - from);
      const [low, top] = [middle - half, middle + half];
      if (top <= 0 || low >= high) continue;
      const stop = Math.min(high - 1, Math.ceil(top) - 1);
      for (let row = Math.max(0, Math.floor(low)); row <= stop; row += 1) {
        const covered = (top < row + 1 ? top : row + 1) - (low > row ? low : row);
        const pixel = place * along + row * across;
        opacity[pixel] += (1 - opacity[pixel]) * alpha * covered;
      }
    }
  }

  /** The picture so far, to be put onto a canvas. @param red @param green @param blue from 0 to 255 */
  drawn([red, green, blue]) {
    const { opacity } = this;
    const pixels = new Uint32Array(this.image.data.buffer);
    const ink = (blue << 16) | (green << 8) | red; // least byte first, as on every machine with a browser
    for (let pixel = 0; pixel < pixels.length; pixel += 1) {
      const alpha = opacity[pixel];
      pixels[pixel] = alpha ? ((alpha * 255 + 0.5) << 24) | ink : 0;
    }
    return this.image;
  }
}
