// The explorer page: reads the graph in the page, holds what the user chose, and redraws what depends on it.
import { $, announce, h, number, toast } from "./dom.js";
import { readGraph } from "./data.js";
import { fromHash, start, toHash } from "./state.js";
import { filtered } from "./filter.js";
import { colouring } from "./colours.js";
import { chain } from "./path.js";
import { Stage } from "./stage.js";
import { complete } from "./search.js";
import { drawControls, makeControls } from "./controls.js";
import { pathPanel, skillPanel } from "./panel.js";
import { drawTable } from "./table.js";
import { download, toPng, toSvg } from "./picture.js";

const NOTHING = { selected: "", from: "", to: "", path: false }; // no skill and no path is looked at
const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 760px)");

const data = readGraph(JSON.parse($("data").textContent));
const app = {
  data,
  state: fromHash(location.hash, data),
  found: null,
  colours: null,
  set,
  choose: (id) => set({ ...NOTHING, selected: id, ...(narrow.matches && { view: "graph" }) }),
  point: (index) => stage?.hover(index),
  centre: (index) => stage?.fit({ indices: stage.focusOn(index, app.state.measure, false).nodes.slice(0, 19) }),
};
let stage = null;
let exportTable = () => new Blob();
let chained = null; // the path that is shown

const theme = () => app.state.theme || (dark.matches ? "dark" : "light");

// Pixels of the stage that the panel covers.
function covered() {
  const { hidden, offsetHeight } = $("panel");
  if (hidden) return { right: 0, bottom: 0 };
  return narrow.matches ? { right: 0, bottom: offsetHeight } : { right: 350, bottom: 0 };
}

// Change what the user chose; everything that depends on it follows.
function set(change) {
  const before = app.state;
  app.state = { ...before, ...change };
  const changed = new Set(Object.keys(change).filter((key) => app.state[key] !== before[key]));
  if (changed.size) keepFocus(() => draw(changed));
}

// Lists are drawn anew when something changes; who stands on a button of theirs shall stay there.
function keepFocus(redraw) {
  const key = document.activeElement?.dataset?.key;
  redraw();
  if (key !== undefined && !document.activeElement?.dataset?.key) document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

function draw(changed) {
  const { state } = app;
  const only = (...names) => [...changed].every((name) => names.includes(name));
  document.documentElement.dataset.theme = theme();
  if (!only("selected", "from", "to", "path", "view", "table", "sort", "up", "shownOnly", "camera")) {
    app.found = filtered(data, state);
    app.colours = colouring(data, state, theme(), app.found.shown);
    stage?.show(app.found, app.colours, theme());
    drawControls(app);
  }
  if (stage) stage.measure = state.measure;
  drawPanel(changed);
  const isTable = state.view === "table" || !stage;
  $("table").hidden = !isTable;
  $("stage").hidden = isTable;
  for (const [id, pressed] of [["to-graph", !isTable], ["to-table", isTable]]) $(id).setAttribute("aria-pressed", String(pressed));
  for (const button of document.querySelectorAll("[data-table]")) button.setAttribute("aria-pressed", String(button.dataset.table === state.table));
  $("shown-only").checked = state.shownOnly;
  if (isTable) exportTable = drawTable(app);
  else if (changed.has("view")) wake();
  writeHash();
}

function drawPanel(changed) {
  const { state } = app;
  const node = data.byId.get(state.selected);
  const isPath = !node && (state.path || state.from || state.to);
  $("panel").hidden = !node && !isPath;
  document.body.classList.toggle("with-panel", !$("panel").hidden);
  $("home").append($("path-fields"));
  if (stage) stage.camera.inset = covered();
  if (node) {
    $("panel-body").replaceChildren(...skillPanel(app, node).filter(Boolean));
    stage?.emphasise(stage.focusOn(node.index, state.measure, false));
    if (changed.has("selected")) {
      announce(`${node.label}: ${node.postings === undefined ? "" : `${number(node.postings)} postings, `}stands with ${number(data.around[node.index].length)} skills`);
      $("panel-body").scrollTop = 0;
    }
  } else if (isPath) {
    const [from, to] = [data.byId.get(state.from), data.byId.get(state.to)];
    chained = from && to && from !== to ? chain(data, from.index, to.index) : null;
    $("panel-body").replaceChildren(...pathPanel(app, chained).filter(Boolean));
    $("from").value = from?.label ?? "";
    $("to").value = to?.label ?? "";
    stage?.emphasise(chained && { ...chained, chain: true });
    if (chained && (changed.has("from") || changed.has("to"))) {
      announce(`Path: ${chained.nodes.map((i) => data.nodes[i].label).join(", ")}`);
      stage?.fit({ indices: chained.nodes, closest: 0.35 });
    } else if (from && changed.has("from")) $("to").focus();
  } else stage?.emphasise(null);
}

// The stage again after the table, or when it gets its size: the frame of a notebook may have none when the page begins.
let fitted = false;
function wake() {
  stage.sigma.refresh();
  if (fitted) return;
  stage.show(app.found, app.colours, theme());
  place();
}

function place() {
  const { state } = app;
  fitted = !$("stage").hidden && $("canvas").clientWidth > 0;
  if (!stage || !fitted) return;
  if (state.camera) stage.camera.set(state.camera);
  else if (state.selected) app.centre(data.byId.get(state.selected).index);
  else if (!chained) stage.fit({ animate: false });
}

let writing = 0;
function writeHash() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const hash = toHash(app.state, data);
    try {
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
    } catch {
      // within a notebook's frame there is no address to write to
    }
  }, 120);
}

async function copyLink() {
  const link = `${location.href.split("#")[0]}#${toHash({ ...app.state, camera: stage?.camera.text() ?? "" }, data)}`;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    const field = h("textarea", { readonly: true, class: "unseen" }, link);
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast("Link to this view copied");
}

// The picture with its legend below, in columns.
function withLegend(scene) {
  const { legend, rest, scale } = app.colours;
  const rows = scale ? legend.map((row) => ({ ...row, name: `${row.name} in ${app.state.role} postings` })) : legend.filter(({ skills }) => skills);
  if (rest) rows.push(rest);
  const columns = Math.max(1, Math.min(rows.length, Math.floor(scene.width / 330)));
  const [wide, high, top] = [(scene.width - 24) / columns, 20, scene.height + 16];
  const entries = rows.map(({ colour, name }, i) => ({
    colour,
    text: stage.shorten(name, 12, wide - 40),
    x: 20 + (i % columns) * wide,
    y: top + Math.floor(i / columns) * high,
  }));
  return { ...scene, legend: entries, height: rows.length ? top + Math.ceil(rows.length / columns) * high : scene.height };
}

async function save(kind) {
  const scene = withLegend(stage.scene(true));
  const blob = kind === "png" ? await toPng(scene, stage.font) : toSvg(scene, stage.font, data.title);
  download(blob, `${data.name}.${kind}`);
  toast(`Saved ${data.name}.${kind}`);
}

function wire() {
  const colourOf = (node) => app.colours.of(node);
  const go = (id) => {
    set({ ...NOTHING, selected: id, view: "graph" });
    app.centre(data.byId.get(id).index);
    $("search").value = "";
    closeSide();
  };
  complete($("search"), $("search-list"), data, { colourOf, pick: (node) => go(node.id) });
  complete($("from"), $("from-list"), data, { colourOf, pick: (node) => set({ from: node.id }) });
  complete($("to"), $("to-list"), data, { colourOf, pick: (node) => set({ to: node.id }) });
  const click = {
    "to-graph": () => set({ view: "graph" }),
    "to-table": () => set({ view: "table" }),
    "path-open": () => {
      const from = app.state.selected || app.state.from;
      set({ selected: "", from, path: true });
      $(from ? "to" : "from").focus();
    },
    copy: copyLink,
    "save-png": () => save("png"),
    "save-svg": () => save("svg"),
    "save-csv": () => download(exportTable(), `${data.name}-${app.state.table}.csv`),
    theme: () => set({ theme: theme() === "dark" ? "light" : "dark" }),
    "zoom-in": () => stage.camera.zoom(1 / 1.5),
    "zoom-out": () => stage.camera.zoom(1.5),
    fit: () => stage.fit(),
    "panel-close": () => set(NOTHING),
    "show-all": () => {
      const { strengths, colour } = start(data);
      set({ min: 1, categories: [], communities: [], role: "", strengths, colour: app.state.colour === "role" ? colour : app.state.colour });
      stage?.fit();
    },
    reset: () => {
      set({ ...start(data), theme: app.state.theme, view: app.state.view });
      stage?.fit();
    },
    help: () => $("about").showModal(),
    "side-open": () => $("side").classList.toggle("open"),
  };
  for (const [id, run] of Object.entries(click)) $(id).addEventListener("click", run);
  for (const button of document.querySelectorAll("[data-table]")) button.addEventListener("click", () => set({ table: button.dataset.table, sort: "", up: false }));
  $("shown-only").addEventListener("change", ({ target }) => set({ shownOnly: target.checked }));
  dark.addEventListener("change", () => draw(new Set(["theme"])));
  window.addEventListener("hashchange", () => {
    app.state = fromHash(location.hash, data);
    draw(new Set(Object.keys(app.state)));
    if (app.state.camera) stage?.camera.set(app.state.camera);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !$("about").open) return $("side").classList.contains("open") ? closeSide() : set(NOTHING);
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|select|textarea)$/i.test(event.target.tagName)) return;
    const keys = { "/": () => $("search").focus(), g: click["to-graph"], t: click["to-table"], p: click["path-open"], "?": click.help };
    if (!keys[event.key] || $("about").open) return;
    event.preventDefault();
    keys[event.key]();
  });
}

const closeSide = () => $("side").classList.remove("open");

// What the graph says of itself.
function sayWhatItIs() {
  $("title").textContent = data.title;
  $("subtitle").textContent = data.subtitle;
  $("provenance").textContent = data.provenance;
  const rows = (list) => list.flatMap(([name, text]) => [h("dt", {}, name), h("dd", {}, text)]);
  $("about-measures").append(...rows(data.measures.map(({ label, what }) => [label, what])));
  $("about-source").append(...rows(data.about));
  $("licences").textContent = data.licences;
}

function begin() {
  const framed = window.self !== window.top;
  $("copy").hidden = framed && location.protocol === "about:";
  sayWhatItIs();
  makeControls(app);
  wire();
  document.documentElement.dataset.theme = theme();
  try {
    stage = new Stage($("canvas"), $("overlay"), [$("zoom")], data, (id) => (id || app.state.selected) && app.choose(id));
    stage.font = getComputedStyle(document.body).fontFamily;
  } catch (error) {
    console.warn(error);
    for (const id of ["to-graph", "save-png", "save-svg"]) $(id).disabled = true;
    toast("This browser draws no WebGL: the table is shown instead of the picture.");
  }
  draw(new Set(Object.keys(app.state)));
  place();
  new ResizeObserver(() => stage && !fitted && $("canvas").clientWidth && wake()).observe($("canvas"));
  document.body.dataset.ready = "yes";
}

begin();
