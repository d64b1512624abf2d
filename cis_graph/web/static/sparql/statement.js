// Where in a query a place stands, and what is known there: enough for completion, without a whole parser.

const TOKEN =
  /#[^\n]*|<[^<>"{}|^`\\\s]*>|"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|[?$]\w+|[\p{L}\w-]*:[\p{L}\w.%-]*|@[\w-]+|[+-]?\d[\w.]*|\p{L}\w*|\^\^|&&|\|\||[^\s]/gu;
const TERM = /^(?:[<"'?$_\d]|[\p{L}\w-]*:|a$|true$|false$)/u;
const RDF_TYPE = new Set(["a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"]);

export const isType = (predicate) => RDF_TYPE.has(predicate);

/**
 * What is expected at `offset`, of which subject and predicate, and which classes each subject has in the whole query.
 * Expected is a subject, a predicate, an object, a term ("none"), or nothing we could tell ("comment", strings too).
 */
export function statementAt(text, offset) {
  const here = { expected: "subject", subject: "", predicate: "" };
  const types = new Map();
  const walk = { ...here, stack: [] };
  let passed = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (!passed && (index >= offset || index + token.length > offset || unfinished(token, index, offset))) {
      passed = true;
      const inside = index < offset && (token.startsWith("#") || /^["'<]./.test(token));
      Object.assign(here, { ...walk, expected: inside ? "comment" : walk.expected });
    }
    step(walk, token, (subject, type) => types.set(subject, [...(types.get(subject) ?? []), type]));
  }
  if (!passed) Object.assign(here, walk);
  const { expected, subject, predicate } = here;
  return { expected, subject, predicate, types };
}

/** A comment goes on where it ends, and so does a string that nothing closes. */
function unfinished(token, index, offset) {
  const open = /^["']/.test(token) && (token.length === 1 || !token.endsWith(token[0]));
  return index + token.length === offset && (open || token.startsWith("#"));
}

/** The variables of a query, each once. */
export function variables(text) {
  return [...new Set([...text.matchAll(TOKEN)].map(([token]) => token).filter((token) => /^[?$]\w/.test(token)))];
}

/** The prefixes a query declares: name to namespace. */
export function declared(text) {
  return new Map([...text.matchAll(/\bPREFIX\s+([\w-]*):\s*<([^<>\s]*)>/gi)].map(([, name, iri]) => [name, iri]));
}

function step(walk, token, typed) {
  if (token.startsWith("#")) return;
  if (token === "{" || token === "}") {
    Object.assign(walk, { expected: "subject", subject: "", predicate: "", stack: [] });
  } else if (token === "." || token === ";" || token === ",") {
    if (walk.expected !== "none") walk.expected = { ".": "subject", ";": "predicate", ",": "object" }[token];
  } else if (token === "[" || token === "(") {
    walk.stack.push([walk.expected, walk.subject, walk.predicate]);
    Object.assign(walk, { expected: token === "[" ? "predicate" : "none", subject: "", predicate: "" });
  } else if (token === "]" || token === ")") {
    const [expected, subject, predicate] = walk.stack.pop() ?? ["subject", "", ""];
    const filtered = token === ")" && expected === "subject"; // what comes next is another statement
    Object.assign(walk, { expected: filtered ? expected : after(expected), subject, predicate });
  } else if ((token === "/" || token === "|") && walk.expected === "object") {
    walk.expected = "predicate";
  } else if (TERM.test(token)) {
    term(walk, token, typed);
  } else if (/^\p{L}/u.test(token) && walk.expected !== "none") {
    walk.expected = "subject"; // a keyword
  }
}

function term(walk, token, typed) {
  if (walk.expected === "subject") walk.subject = token;
  if (walk.expected === "predicate") walk.predicate = token;
  if (walk.expected === "object" && isType(walk.predicate)) typed(walk.subject, token);
  walk.expected = after(walk.expected);
}

function after(expected) {
  return { subject: "predicate", predicate: "object" }[expected] ?? (expected === "none" ? "none" : "done");
}
