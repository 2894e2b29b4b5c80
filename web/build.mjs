// Builds the explorer page's parts into skilltax/data/explorer/: one script, one style sheet, the markup, the licences.
// The same sources and lock file give the same bytes; `--check` says whether what is committed is what the sources give.
import { build } from "esbuild";
import { readFileSync, writeFileSync, mkdirSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "..", "skilltax", "data", "explorer");

const options = {
  absWorkingDir: here,
  bundle: true,
  write: false,
  minify: true,
  charset: "utf8",
  target: "es2020",
  legalComments: "none",
  metafile: true,
};
const script = await build({ ...options, entryPoints: ["src/main.js"], format: "iife" });
const style = await build({ ...options, entryPoints: ["src/page.css"] });

// The licence of every package whose code is in the bundle.
const packages = new Set(
  Object.keys(script.metafile.inputs)
    .filter((path) => path.startsWith("node_modules/"))
    .map((path) => path.split("/").slice(1, path.split("/")[1].startsWith("@") ? 3 : 2).join("/")),
);
const licences = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name}: no licence text in the package`);
  const text = readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim();
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
});

const files = {
  "explorer.js": script.outputFiles[0].text,
  "explorer.css": style.outputFiles[0].text,
  "body.html": readFileSync(join(here, "src", "body.html"), "utf8"),
  "LICENSES.txt": licences.join(`\n${"-".repeat(80)}\n\n`),
};

if (process.argv.includes("--check")) {
  const stale = Object.keys(files).filter((name) => {
    try {
      return readFileSync(join(out, name), "utf8") !== files[name];
    } catch {
      return true;
    }
  });
  if (stale.length) {
    console.error(`not what the sources give: ${stale.join(", ")}; run \`npm run build\` in web/ and commit`);
    process.exit(1);
  }
  console.log("skilltax/data/explorer is what the sources give");
} else {
  mkdirSync(out, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(out, name), text);
    console.log(`${name}: ${Buffer.byteLength(text)} bytes`);
  }
}
