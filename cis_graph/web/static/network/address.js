/** The address of what is shown: filters and years in its query, what is looked at in its fragment. */

const NAMES = ["focus", "colour", "way", "view"];

/** What the address of the page says of the picture. */
export function read() {
  const query = new URLSearchParams(location.search);
  const hash = new URLSearchParams(location.hash.slice(1));
  const view = (hash.get("view") ?? "").split(",").map(Number);
  return {
    from: year(query.get("from")),
    to: year(query.get("to")),
    least: Math.round(1e6 * Number(query.get("min") ?? 0)) || 0,
    focus: hash.get("focus") ?? "",
    colour: hash.get("colour") ?? "type",
    way: (hash.get("way") ?? "").split(",").filter(Boolean).slice(0, 2),
    view: view.length === 3 && view.every(Number.isFinite) ? { x: view[0], y: view[1], zoom: view[2] } : null,
  };
}

/** Writes what is looked at, and the years, into the address of the page. */
export function write({ from, to, moved, focus, colour, way, view }) {
  const here = new URL(location.href);
  if (moved) {
    set(here.searchParams, "from", from || "");
    set(here.searchParams, "to", to || "");
  }
  const hash = new URLSearchParams();
  const values = {
    focus,
    colour: colour === "type" ? "" : colour,
    way: way.join(","),
    view: view ? [view.x.toFixed(3), view.y.toFixed(3), view.zoom.toFixed(2)].join(",") : "",
  };
  for (const name of NAMES) set(hash, name, values[name]);
  here.hash = decodeURIComponent(hash.toString());
  if (here.href !== location.href) history.replaceState(null, "", here);
}

/** An address of ours with some of its values replaced; an empty one leaves its name out. */
export function address(base, values) {
  const found = new URL(base, location.href);
  for (const [name, value] of Object.entries(values)) set(found.searchParams, name, value || "");
  return `${found.pathname}${found.search}`;
}

function set(parameters, name, value) {
  if (value) parameters.set(name, value);
  else parameters.delete(name);
}

function year(text) {
  return /^\d{4}$/.test(text ?? "") ? Number(text) : 0;
}
