// The graph as it stands in the page: columns in, nodes and edges out. A column that is absent stays absent.

export const STRENGTHS = ["required", "preferred", "other"];

export function readGraph(raw) {
  const columns = raw.nodes;
  const nodes = columns.id.map((id, index) => {
    const node = { index, id };
    for (const [name, values] of Object.entries(columns)) if (name !== "id" && values[index] !== null) node[name] = values[index];
    node.label ||= id;
    node.size = node.postings ?? node.degree ?? 1;
    node.byRole = pairs(node.roles);
    return node;
  });
  const edges = raw.edges;
  const total = edges.u.length;
  const strongest = {};
  const around = nodes.map(() => []);
  for (let e = 0; e < total; e++) {
    around[edges.u[e]].push(e);
    around[edges.v[e]].push(e);
  }
  return {
    ...raw,
    nodes,
    total,
    around,
    byId: new Map(nodes.map((node) => [node.id, node])),
    hasStrengths: STRENGTHS.every((name) => columns[name]),
    hasCommunities: Boolean(columns.community),
    hasRoles: raw.roles.names.length > 0 && Boolean(columns.roles),
    hasBackbone: Boolean(edges.backbone),
    // Few postings prove few links: a backbone that leaves most skills alone is no first look.
    hasWideBackbone: Boolean(edges.backbone) && 2 * edges.backbone.filter(Boolean).length >= nodes.length,
    categories: groups(nodes, "category"),
    communities: groups(nodes, "community").filter(([id]) => id >= 0),
    // Edges from the strongest to the weakest by a measure; sorted once for each.
    order(key) {
      return (strongest[key] ??= ordered(edges, total, raw.measures.find((m) => m.key === key)));
    },
  };
}

// [role, n, role, n, ...] as a map from the role's number.
function pairs(flat) {
  const map = new Map();
  for (let i = 0; flat && i < flat.length; i += 2) map.set(flat[i], flat[i + 1]);
  return map;
}

function groups(nodes, key) {
  const held = new Map();
  for (const node of nodes) {
    const value = node[key];
    if (value === undefined || value === null || value === "") continue;
    const group = held.get(value) ?? { skills: 0, size: 0 };
    group.skills += 1;
    group.size += node.size;
    held.set(value, group);
  }
  return [...held].sort((a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1));
}

function ordered(edges, total, measure) {
  const order = Uint32Array.from({ length: total }, (_, e) => e);
  if (!measure) return order;
  const column = edges[measure.key];
  const sign = measure.smaller ? 1 : -1;
  const counts = edges.count ?? column;
  return order.sort((a, b) => sign * (column[a] - column[b]) || counts[b] - counts[a] || a - b);
}

export const other = (data, e, index) => (data.edges.u[e] === index ? data.edges.v[e] : data.edges.u[e]);

export function communityName(data, id) {
  if (id === undefined || id === null || id < 0) return "no community";
  return data.communityNames?.[id] ?? `Community ${Number(id) + 1}`;
}

// How often an edge is found in the postings of a role.
export function countInRole(data, e, role) {
  const flat = data.edges.roles?.[e];
  if (!flat) return data.edges.roles ? 0 : 1;
  for (let i = 0; i < flat.length; i += 2) if (flat[i] === role) return flat[i + 1];
  return 0;
}

// How many times as often a skill stands in postings of a role as in all others. Half a posting is added to each count and
// one to each total, so that no share is 0.
export function typical(data, node, role) {
  const inside = node.byRole.get(role) ?? 0;
  const ofRole = data.roles.postings[role];
  const ofOthers = Math.max(0, data.postings - ofRole);
  const outside = Math.max(0, (node.postings ?? 0) - inside);
  return (inside + 0.5) / (ofRole + 1) / ((outside + 0.5) / (ofOthers + 1));
}
