/** Who is drawn in which colour and shape: the most frequent types, régions or communities, the rest together. */

import { SHAPES } from "./shapes.js";

export const REST = SHAPES.length - 1;

/**
 * The group of each node by what is coloured (`type`, `region` or `community`), and the groups' names.
 * @param names of types, by key, in the reader's language
 */
export function grouped(graph, by, names) {
  const { nodes, types, regions, communities } = graph.told;
  const title = {
    type: (place) => names[types[place]] ?? types[place],
    region: (place) => regions[place][1],
    community: (place) => communities[place][1],
  }[by];
  const places = nodes[by];
  const counts = new Map();
  for (const node of graph.byDegree) {
    if (places[node] >= 0) counts.set(places[node], (counts.get(places[node]) ?? 0) + 1);
  }
  const frequent = [...counts.keys()]
    .sort((one, other) => counts.get(other) - counts.get(one) || one - other)
    .slice(0, REST);
  const group = new Map(frequent.map((place, number) => [place, number]));
  const of = Uint8Array.from(places, (place) => group.get(place) ?? REST);
  const legend = frequent.map((place, number) => ({ number, title: title(place), count: counts.get(place) }));
  const rest = graph.byDegree.reduce((count, node) => count + (of[node] === REST), 0);
  return { of, legend: rest ? [...legend, { number: REST, title: null, count: rest }] : legend };
}
