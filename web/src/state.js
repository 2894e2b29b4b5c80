// What the user chose, as one value; and that value as the hash of the address. Only what differs from the start is written.
import { STRENGTHS } from "./data.js";

export const START = Object.freeze({
  colour: "",
  role: "",
  categories: [],
  communities: [],
  strengths: STRENGTHS,
  min: 0, // 0: as many skills as are readable at first sight
  measure: "",
  links: -1, // -1: about as many links as are readable
  backbone: true,
  selected: "",
  from: "",
  to: "",
  path: false, // asking for a path, before its ends are known
  view: "graph",
  table: "skills",
  shownOnly: false,
  sort: "",
  up: false,
  theme: "",
  camera: "",
});

export function start(data) {
  const ranks = data.measures.filter((m) => m.ranks);
  const measure = ["npmi", "nc", "count", "weight"].find((key) => ranks.some((m) => m.key === key));
  return {
    ...START,
    colour: data.hasCommunities ? "community" : "category",
    measure: measure ?? ranks[0]?.key ?? "",
    backbone: data.hasWideBackbone,
  };
}

const LISTS = ["categories", "communities", "strengths"];

export function toHash(state, data) {
  const initial = start(data);
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (LISTS.includes(name)) {
      if (value.join() !== initial[name].join()) params.set(name, JSON.stringify(value));
    } else if (value !== initial[name]) params.set(name, String(typeof value === "boolean" ? Number(value) : value));
  }
  return params.toString();
}

// Whatever does not fit this graph is left out: a link may come from anywhere, and from another graph.
export function fromHash(hash, data) {
  const state = start(data);
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  const has = (name) => params.has(name);
  const among = (name, known) => has(name) && known.includes(params.get(name)) && (state[name] = params.get(name));
  among("colour", ["community", "category", ...(data.hasRoles ? ["role"] : [])]);
  among("role", data.roles.names);
  among("measure", data.measures.filter((m) => m.ranks).map((m) => m.key));
  among("view", ["graph", "table"]);
  among("table", ["skills", "pairs"]);
  among("theme", ["light", "dark"]);
  for (const name of ["selected", "from", "to"]) if (data.byId.has(params.get(name))) state[name] = params.get(name);
  for (const name of ["backbone", "path", "shownOnly", "up"]) if (has(name)) state[name] = params.get(name) === "1";
  for (const [name, least, most] of [["min", 0, 1e9], ["links", -1, 100]]) {
    const value = Number(params.get(name));
    if (has(name) && Number.isFinite(value)) state[name] = Math.min(most, Math.max(least, value));
  }
  for (const [name, known] of [
    ["categories", data.categories.map(([key]) => key)],
    ["communities", data.communities.map(([key]) => key)],
    ["strengths", STRENGTHS],
  ]) {
    if (has(name)) state[name] = list(params.get(name)).filter((value) => known.includes(value));
  }
  if (has("sort")) state.sort = params.get("sort").slice(0, 40);
  if (/^-?[\d.]+(,-?[\d.]+){3}$/.test(params.get("camera") ?? "")) state.camera = params.get("camera");
  return state;
}

function list(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
