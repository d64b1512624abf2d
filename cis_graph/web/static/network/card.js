/** The card of an actor or of a tie: who it is, what it weighs, and where the evidence stands. */

const PARTNERS = 6;

export class Card {
  /** @param root the card's element @param leads addresses: of an actor, of evidence, of an actor's own network */
  constructor(root, leads, names) {
    [this.root, this.leads, this.names] = [root, leads, names];
    this.number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 3 });
  }

  hide() {
    this.root.hidden = true;
  }

  /** An actor with its heaviest ties. */
  actor(graph, node) {
    const { nodes, types, regions } = graph.told;
    const ties = graph.tiesOf(node);
    this.#show("actor");
    this.#link("name", nodes.label[node], this.leads.actor(nodes.key[node]));
    const kind = this.names[types[nodes.type[node]]] ?? "";
    const place = regions[nodes.region[node]]?.[1] ?? "";
    this.#part("kind").textContent = [kind, place].filter(Boolean).join(" · ");
    this.#part("degree").textContent = this.number.format(ties.length);
    this.#part("strength").textContent = this.number.format(graph.strength[node] / 1e6);
    this.#link("ego", null, this.leads.ego(nodes.key[node]));
    const lines = ties.slice(0, PARTNERS).map((tie) => this.#partner(graph, node, tie));
    this.#part("partners").replaceChildren(...lines);
  }

  /** A tie with its evidence. */
  tie(graph, tie) {
    const [one, other] = [graph.source[tie], graph.target[tie]];
    this.#show("tie");
    const { label } = graph.told.nodes;
    this.#link("pair", `${label[one]} · ${label[other]}`, this.#evidence(graph, tie));
    this.#part("weight").textContent = this.number.format(graph.weight[tie] / 1e6);
    this.#link("evidence", null, this.#evidence(graph, tie));
  }

  #partner(graph, node, tie) {
    const line = this.root.querySelector("template").content.firstElementChild.cloneNode(true);
    const link = line.querySelector("a");
    link.textContent = graph.told.nodes.label[graph.across(tie, node)];
    link.href = this.#evidence(graph, tie);
    line.querySelector("[data-part=share]").textContent = this.number.format(graph.weight[tie] / 1e6);
    return line;
  }

  #evidence(graph, tie) {
    const { key } = graph.told.nodes;
    return this.leads.evidence(key[graph.source[tie]], key[graph.target[tie]]);
  }

  #show(kind) {
    this.root.hidden = false;
    for (const each of this.root.querySelectorAll("[data-kind]")) each.hidden = each.dataset.kind !== kind;
  }

  #link(part, text, address) {
    const link = this.#part(part);
    if (text !== null) link.textContent = text;
    link.href = address;
  }

  #part(name) {
    return this.root.querySelector(`[data-part=${name}]`);
  }
}
