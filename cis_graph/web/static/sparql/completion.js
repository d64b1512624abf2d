// Completion from what the release says of itself: prefixes, classes, properties by the class of their subject.
import { declared, isType, statementAt, variables } from "./statement.js";

const WORD = /[?$]?[\p{L}\w-]*(?::[\p{L}\w-]*)?$/u;
const LOCAL = /^[A-Za-z_][\w-]*$/;
const KEYWORDS = (
  "SELECT DISTINCT WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES ORDER BY DESC ASC GROUP BY HAVING LIMIT OFFSET " +
  "CONSTRUCT DESCRIBE ASK FROM NAMED PREFIX EXISTS COUNT SUM AVG MIN MAX SAMPLE GROUP_CONCAT STR LANG CONTAINS REGEX " +
  "LCASE UCASE STRSTARTS BOUND IF COALESCE YEAR"
).split(" ");
const EMPTY = { prefixes: {}, classes: {}, properties: {}, propertiesByClass: {} };

/** The schema at an address; an empty one where it cannot be had. */
export async function schemaAt(address) {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() : EMPTY;
  } catch {
    return EMPTY;
  }
}

/** A completion source over a promise of the schema; names are shown in `language`. */
export function completions(schema, language) {
  return async (context) => {
    const word = context.matchBefore(WORD);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const text = context.state.doc.toString();
    const options = offered(await schema, text, word, language);
    return options.length ? { from: word.from, options, validFor: /^[?$]?[\p{L}\w-]*:?[\p{L}\w-]*$/u } : null;
  };
}

/** What is offered for a word of a query. */
export function offered(schema, text, word, language) {
  const { expected, subject, predicate, types } = statementAt(text, word.from);
  if (expected === "comment") return [];
  const known = variables(text).filter((name) => name !== word.text).map((label) => ({ label, type: "variable", boost: -10 }));
  if (/^[?$]/.test(word.text)) return known;
  const names = shortener(schema, text);
  const prefixes = Object.entries(schema.prefixes).map(([prefix, namespace]) =>
    option({ written: `${prefix}:`, type: "namespace", detail: namespace, boost: -60, names }));
  const words = word.text.includes(":") ? [] : KEYWORDS.map((label) => ({ label, type: "keyword", boost: -40 }));
  const classes = () => ranked(schema.classes, "class", names, language);
  if (expected === "object" && isType(predicate)) return [...classes(), ...prefixes, ...known];
  if (expected === "predicate") {
    const type = { label: "a", detail: { fr: "est un", en: "is a" }[language], type: "property", boost: 99 };
    const own = new Set((types.get(subject) ?? []).flatMap((name) => schema.propertiesByClass[names.iri(name)] ?? []));
    return [type, ...ranked(schema.properties, "property", names, language, own), ...prefixes, ...known];
  }
  return [...classes(), ...ranked(schema.properties, "property", names, language), ...prefixes, ...known, ...words];
}

/** Terms that can be written, the most used first, before them those that are `own`. */
function ranked(terms, type, names, language, own = new Set()) {
  return Object.entries(terms).map(([iri, { names: called }], place) => {
    const boost = (own.has(iri) ? 60 : 0) - Math.min(place, 40) / 4;
    return option({ written: names.short(iri), type, detail: called[language] ?? "", boost, names, found: true });
  });
}

/** One option; a term is found by its local name, its written form and what it is called. */
function option({ written, type, detail, boost, names, found = false }) {
  const label = found ? `${written.replace(/^[\w-]*:/, "")} ${written} ${detail}` : written;
  return { label, displayLabel: written, detail, type, boost,
    apply: (view, _, from, to) => insert(view, written, from, to, names) };
}

/** Writes a term; a prefix that is not declared yet is declared. */
function insert(view, written, from, to, names) {
  const prefix = written.match(/^([\w-]+):/)?.[1];
  const missing = prefix && !names.declared.has(prefix) ? `PREFIX ${prefix}: <${names.namespace(prefix)}>\n` : "";
  const text = view.state.doc.toString();
  const top = Math.min(from, text.match(/^[ \t]*(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b/im)?.index ?? 0);
  view.dispatch({
    changes: [...(missing ? [{ from: top, insert: missing }] : []), { from, to, insert: written }],
    selection: { anchor: from + missing.length + written.length },
    userEvent: "input.complete",
    scrollIntoView: true,
  });
}

/** Between IRIs and the names that stand for them under the prefixes of a query, then those of the release. */
function shortener(schema, text) {
  const own = declared(text);
  const all = new Map([...Object.entries(schema.prefixes).filter(([name]) => !own.has(name)), ...own]);
  return {
    declared: own,
    namespace: (prefix) => all.get(prefix) ?? "",
    short(iri) {
      const [name, namespace] = [...all].filter(([, each]) => each && iri.startsWith(each)).sort(longest)[0] ?? [];
      const local = namespace ? iri.slice(namespace.length) : "";
      return LOCAL.test(local) ? `${name}:${local}` : `<${iri}>`;
    },
    iri(term) {
      const [, prefix, local] = term.match(/^([\w-]*):(.*)$/) ?? [];
      return term.startsWith("<") ? term.slice(1, -1) : all.has(prefix) ? all.get(prefix) + local : term;
    },
  };
}

const longest = ([, one], [, other]) => other.length - one.length;
