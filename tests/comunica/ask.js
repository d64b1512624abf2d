// Asks Comunica, with no options but where to look: the query, then the sources, each a plain address.
import { QueryEngine } from "@comunica/query-sparql";

const [query, ...sources] = process.argv.slice(2);
const bindings = await new QueryEngine().queryBindings(query, { sources });
const rows = await bindings.toArray();
const plain = rows.map((row) => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
process.stdout.write(JSON.stringify(plain));
