// The strongest chain of links between two skills.
import { other } from "./data.js";

// Dijkstra's algorithm, where a link costs 1 and, the weaker it is, up to 1 more: of the short chains the strong one.
// Returns { nodes, edges, backbone }, or null where no chain leads from one to the other.
export function chain(data, from, to) {
  const inBackbone = data.edges.backbone && search(data, from, to, (e) => data.edges.backbone[e]);
  if (inBackbone) return { ...inBackbone, backbone: true };
  const any = search(data, from, to, () => true);
  return any && { ...any, backbone: false };
}

function costs(data) {
  if (data.costs) return data.costs;
  const npmi = data.edges.npmi;
  if (npmi) return (data.costs = npmi.map((x) => 2 - Math.max(0, Math.min(1, x ?? 0))));
  const weight = data.edges.count ?? data.edges.weight;
  const most = weight ? Math.max(...weight.map((w) => w ?? 0), 1e-9) : 1;
  return (data.costs = data.edges.u.map((_, e) => (weight ? 2 - Math.max(0, weight[e] ?? 0) / most : 1)));
}

function search(data, from, to, allowed) {
  const cost = costs(data);
  const best = new Float64Array(data.nodes.length).fill(Infinity);
  const via = new Int32Array(data.nodes.length).fill(-1);
  const heap = new Heap();
  best[from] = 0;
  heap.push(0, from);
  while (heap.length) {
    const [reached, node] = heap.pop();
    if (node === to) break;
    if (reached > best[node]) continue;
    for (const e of data.around[node]) {
      if (!allowed(e)) continue;
      const next = other(data, e, node);
      const total = reached + cost[e];
      if (total < best[next]) {
        best[next] = total;
        via[next] = e;
        heap.push(total, next);
      }
    }
  }
  if (best[to] === Infinity) return null;
  const nodes = [to];
  const edges = [];
  while (nodes[0] !== from) {
    edges.unshift(via[nodes[0]]);
    nodes.unshift(other(data, via[nodes[0]], nodes[0]));
  }
  return { nodes, edges };
}

class Heap {
  items = [];
  get length() {
    return this.items.length;
  }
  push(key, value) {
    const { items } = this;
    let at = items.push([key, value]) - 1;
    while (at && items[(at - 1) >> 1][0] > items[at][0]) {
      const up = (at - 1) >> 1;
      [items[at], items[up]] = [items[up], items[at]];
      at = up;
    }
  }
  pop() {
    const { items } = this;
    const [first] = items;
    const last = items.pop();
    if (items.length) {
      items[0] = last;
      for (let at = 0, down; (down = 2 * at + 1) < items.length; at = down) {
        if (down + 1 < items.length && items[down + 1][0] < items[down][0]) down += 1;
        if (items[at][0] <= items[down][0]) break;
        [items[at], items[down]] = [items[down], items[at]];
      }
    }
    return first;
  }
}
