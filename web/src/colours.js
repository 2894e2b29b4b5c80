// Colours that people with any colour vision tell apart, for light and dark pages, and what each stands for.
import { communityName, typical } from "./data.js";

// After Okabe, M., Ito, K. (2008), "Color Universal Design", and Tol, P. (2021), "Colour Schemes"; made darker on white and
// lighter on black where the contrast asks for it.
const GROUPS = {
  light: ["#0072b2", "#d55e00", "#009e73", "#aa4499", "#c58a00", "#3aa0d8", "#882255", "#6d7f1f", "#5b4fa8", "#a8643a"],
  dark: ["#5aa9e6", "#ff8a4c", "#2fc89a", "#e07fd0", "#f2b632", "#8fd3ff", "#e0708f", "#b7c95a", "#a79bf0", "#d6a077"],
};
const REST = { light: "#9aa3ad", dark: "#77808c" };

// From rarer than elsewhere over as often to more typical: blue, grey, orange, which no common deficiency confuses.
const SCALE = {
  light: ["#2b6ca3", "#86a9c9", "#b9bec4", "#e29a5a", "#c2500a"],
  dark: ["#4f9fe0", "#4d7699", "#5d646e", "#c98344", "#ff9a4d"],
};
const SCALE_ENDS = 3; // doublings: 8 times as rare, 8 times as often

export const BACK = { light: "#fbfbfa", dark: "#14171b" };
export const INK = { light: "#1c2024", dark: "#e9ebee" };
const LINE = { light: "#8d97a3", dark: "#6c7684" };

// How the nodes are coloured: { key, of(node), legend: [{ value, name, colour, skills }], rest: { name, colour } or null, scale };
// `scale` has the colours of a ramp where nodes are coloured by a number, and the legend then names its ends and its middle.
export function colouring(data, state, theme, shown) {
  if (state.colour === "role" && state.role) return byRole(data, data.roles.names.indexOf(state.role), theme);
  const key = state.colour === "community" && data.hasCommunities ? "community" : "category";
  const all = key === "community" ? data.communities : data.categories;
  const chosen = key === "community" ? state.communities : state.categories;
  const first = chosen.length ? all.filter(([value]) => chosen.includes(value)) : all;
  const coloured = new Map(first.slice(0, GROUPS[theme].length).map(([value], i) => [value, GROUPS[theme][i]]));
  const held = new Map();
  data.nodes.forEach((node, i) => shown[i] && held.set(node[key], (held.get(node[key]) ?? 0) + 1));
  return {
    key,
    of: (node) => coloured.get(node[key]) ?? REST[theme],
    legend: [...coloured].map(([value, colour]) => ({
      value,
      colour,
      name: key === "community" ? communityName(data, value) : value,
      skills: held.get(value) ?? 0,
    })),
    rest: data.nodes.some((node, i) => shown[i] && !coloured.has(node[key]))
      ? { colour: REST[theme], name: key === "community" ? "no community, or a small one" : "other categories" }
      : null,
    scale: null,
  };
}

function byRole(data, role, theme) {
  return {
    key: "role",
    of: (node) => onScale(Math.log2(typical(data, node, role)), theme),
    legend: [["rarer", -1], ["as elsewhere", 0], ["as often", 1]].map(([says, end]) => ({
      name: end ? `${2 ** SCALE_ENDS}× ${says}` : says,
      colour: onScale(end * SCALE_ENDS, theme),
    })),
    rest: null,
    scale: SCALE[theme],
  };
}

function onScale(doublings, theme) {
  const stops = SCALE[theme];
  const at = ((Math.max(-SCALE_ENDS, Math.min(SCALE_ENDS, doublings)) + SCALE_ENDS) / (2 * SCALE_ENDS)) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  return mix(stops[low], stops[low + 1], at - low);
}

const parts = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

// Between two colours; opaque, so that overlapping lines do not add up and every format draws them alike.
export function mix(a, b, share) {
  const [from, to] = [parts(a), parts(b)];
  return "#" + from.map((x, i) => Math.round(x + (to[i] - x) * share).toString(16).padStart(2, "0")).join("");
}

// A link has the colour of its ends where they agree, and is fainter the weaker it is. `strength` is 0 to 1.
export function lineColour(a, b, strength, theme) {
  return mix(BACK[theme], a === b ? a : LINE[theme], 0.22 + 0.43 * strength);
}
