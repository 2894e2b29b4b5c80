// Which skills and which links are shown: values in, values out.
import { STRENGTHS, countInRole } from "./data.js";

const READABLE_SKILLS = 260;
const LINKS_PER_SKILL = 1.7;

// Steps of the slider of postings: 1, 2, 3, 5, 7, 10, 15, 20, ...
export function ladder(most) {
  const steps = [1];
  for (let ten = 1; ten <= most; ten *= 10) for (const step of [1, 1.5, 2, 3, 5, 7]) if (Number.isInteger(step * ten)) steps.push(step * ten);
  return [...new Set(steps)].filter((step) => step <= most).sort((a, b) => a - b);
}

// How many postings hold a skill, of those that the filters of strength and role leave.
export function sizes(data, state) {
  const role = data.roles.names.indexOf(state.role);
  const chosen = data.hasStrengths && state.strengths.length < STRENGTHS.length ? state.strengths : null;
  return data.nodes.map((node) => {
    const held = chosen ? chosen.reduce((sum, name) => sum + (node[name] ?? 0), 0) : node.size;
    return role < 0 ? held : Math.min(held, node.byRole.get(role) ?? 0);
  });
}

export function filtered(data, state) {
  const size = sizes(data, state);
  const allowed = data.nodes.map(
    (node, i) =>
      size[i] > 0 &&
      (!state.categories.length || state.categories.includes(node.category)) &&
      (!state.communities.length || state.communities.includes(node.community)),
  );
  const steps = ladder(Math.max(1, ...size));
  const least = state.min || readable(size, allowed, steps);
  const shown = allowed.map((is, i) => is && size[i] >= least);
  return { size, shown, least, steps, number: shown.filter(Boolean).length, ...links(data, state, shown) };
}

function readable(size, allowed, steps) {
  const held = size.filter((_, i) => allowed[i]);
  return steps.find((step) => held.filter((n) => n >= step).length <= READABLE_SKILLS) ?? steps.at(-1);
}

// The strongest links between skills that are shown, and of each skill the strongest: none floats without reason.
function links(data, state, shown) {
  const { u, v, backbone } = data.edges;
  const role = data.roles.names.indexOf(state.role);
  const available = [];
  for (const e of data.order(state.measure)) {
    if (!shown[u[e]] || !shown[v[e]]) continue;
    if (state.backbone && backbone && !backbone[e]) continue;
    if (role >= 0 && !countInRole(data, e, role)) continue;
    available.push(e);
  }
  const skills = shown.filter(Boolean).length;
  const wanted = state.links < 0 ? Math.round(skills * LINKS_PER_SKILL) : atSlider(state.links, available.length);
  const top = Math.min(wanted, available.length);
  const linked = new Set();
  const edges = [];
  available.forEach((e, rank) => {
    if (rank < top || !linked.has(u[e]) || !linked.has(v[e])) edges.push(e);
    linked.add(u[e]).add(v[e]);
  });
  const threshold = top && state.measure ? data.edges[state.measure][available[top - 1]] : null;
  return { edges, available: available.length, threshold, slider: state.links < 0 ? toSlider(top, available.length) : state.links };
}

// The slider is logarithmic: its left half is where a picture stays readable.
const FEWEST = 10;
export function atSlider(position, available) {
  if (available <= FEWEST) return available;
  return Math.round(FEWEST * (available / FEWEST) ** (position / 100));
}
export function toSlider(links, available) {
  if (available <= FEWEST) return 100;
  return Math.round((100 * Math.log(Math.max(links, FEWEST) / FEWEST)) / Math.log(available / FEWEST));
}
