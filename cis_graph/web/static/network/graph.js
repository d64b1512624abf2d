/** The network as columns of numbers, and what of it is shown in some years. */

export class Graph {
  /** @param told what /network/drawing.json answers */
  constructor(told) {
    this.told = told;
    this.size = told.nodes.key.length;
    this.tieCount = told.ties.source.length;
    this.source = Int32Array.from(told.ties.source);
    this.target = Int32Array.from(told.ties.target);
    this.placeOf = new Map(told.nodes.key.map((key, place) => [key, place]));
    this.x = Float64Array.from(told.nodes.x, (x, place) => x ?? ring(place, this.size, Math.cos));
    this.y = Float64Array.from(told.nodes.y, (y, place) => y ?? ring(place, this.size, Math.sin));
    this.weight = new Float64Array(this.tieCount); // millionths; 0 where the tie is not shown
    this.degree = new Int32Array(this.size);
    this.strength = new Float64Array(this.size);
    this.shownTies = 0;
    this.shownNodes = 0;
    this.span = span(told.meetings);
    this.choose({ from: 0, to: 0, least: 0 });
  }

  /** Shows the ties of some years as the server does: one without any year only where no year is asked for. */
  choose({ from, to, least }) {
    const { tie, weight, begins, ends } = this.told.meetings;
    this.weight.fill(0);
    for (let meeting = 0; meeting < tie.length; meeting += 1) {
      const [begun, ended] = [begins[meeting], ends[meeting]];
      const dated = (begun || ended) && (!from || !ended || ended >= from) && (!to || !begun || begun <= to);
      if (dated || !(from || to)) this.weight[tie[meeting]] += weight[meeting];
    }
    this.degree.fill(0);
    this.strength.fill(0);
    this.shownTies = 0;
    for (let tieNumber = 0; tieNumber < this.tieCount; tieNumber += 1) {
      if (this.weight[tieNumber] < least) this.weight[tieNumber] = 0;
      if (!this.weight[tieNumber]) continue;
      this.shownTies += 1;
      for (const end of [this.source[tieNumber], this.target[tieNumber]]) {
        this.degree[end] += 1;
        this.strength[end] += this.weight[tieNumber];
      }
    }
    this.shownNodes = this.degree.reduce((count, degree) => count + (degree > 0), 0);
    this.byDegree = Array.from(this.degree.keys())
      .filter((node) => this.degree[node])
      .sort((one, other) => this.strength[other] - this.strength[one] || one - other);
  }

  /** The shown ties of a node, the heaviest first. */
  tiesOf(node) {
    const found = [];
    for (let tie = 0; tie < this.tieCount; tie += 1) {
      if (this.weight[tie] && (this.source[tie] === node || this.target[tie] === node)) found.push(tie);
    }
    return found.sort((one, other) => this.weight[other] - this.weight[one] || one - other);
  }

  /** The other end of a tie. */
  across(tie, node) {
    return this.source[tie] === node ? this.target[tie] : this.source[tie];
  }

  /** The shown tie of two nodes, -1 where there is none. */
  between(one, other) {
    for (let tie = 0; tie < this.tieCount; tie += 1) {
      if (!this.weight[tie]) continue;
      const [source, target] = [this.source[tie], this.target[tie]];
      if ((source === one && target === other) || (source === other && target === one)) return tie;
    }
    return -1;
  }

  /** The clusters of at least three shown nodes, the largest first: a name, and where it goes above them. */
  clusters(most) {
    const found = new Map();
    for (const node of this.byDegree) {
      const number = this.told.nodes.community[node];
      if (number < 0) continue;
      const cluster = found.get(number) ?? { name: this.told.communities[number][1], size: 0, x: 0, top: Infinity };
      cluster.size += 1;
      cluster.x += this.x[node];
      cluster.top = Math.min(cluster.top, this.y[node]);
      found.set(number, cluster);
    }
    return [...found.values()]
      .filter((cluster) => cluster.size >= 3)
      .sort((one, other) => other.size - one.size)
      .slice(0, most)
      .map(({ name, size, x, top }) => ({ name, x: x / size, top }));
  }
}

function ring(place, size, axis) {
  return 1.05 * axis((2 * Math.PI * place) / size);
}

/** The first and the last year anything is dated by; [0, 0] where nothing is. */
function span({ begins, ends }) {
  let [first, last] = [9999, 0];
  for (const years of [begins, ends]) {
    for (const year of years) {
      if (year && year < first) first = year;
      if (year > last) last = year;
    }
  }
  return last ? [first, last] : [0, 0];
}
