// Bundles codemirror.js into the package's static files, with the licence of each package that is in it.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const VENDOR = "../cis_graph/web/static/vendor";
const LICENCE_FILES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"];

const { metafile } = await build({
  entryPoints: ["codemirror.js"],
  outfile: `${VENDOR}/codemirror.js`,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  charset: "utf8",
  legalComments: "none", // they stand in the file beside it
  metafile: true,
});

const [{ inputs }] = Object.values(metafile.outputs);
const used = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput);
const folders = used.map((path) => path.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]);
const packages = [...new Set(folders.filter(Boolean))].sort().map(told);
const bundle = readFileSync(`${VENDOR}/codemirror.js`);
const manifest = {
  "codemirror.js": {
    sha256: createHash("sha256").update(bundle).digest("hex"),
    packages: packages.map(({ name, version, licence }) => ({ name, version, licence })),
  },
};
writeFileSync(`${VENDOR}/VENDOR.json`, `${JSON.stringify(manifest, null, 2)}\n`);
writeFileSync(`${VENDOR}/codemirror.licences.txt`, packages.map(notice).join("\n"));

function told(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = LICENCE_FILES.map((each) => `${folder}/${each}`).find(existsSync);
  if (!file) throw new Error(`${name} ${version} comes without its licence`);
  return { name, version, licence: license, text: readFileSync(file, "utf8").trim() };
}

function notice({ name, version, licence, text }) {
  return `${name} ${version} (${licence})\n\n${text}\n\n${"-".repeat(80)}\n`;
}
