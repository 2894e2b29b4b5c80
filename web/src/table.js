// The table of everything: skills or pairs, sorted by any column, drawn a few hundred rows at a time.
import { $, h, measured, number, percent } from "./dom.js";
import { STRENGTHS, communityName, typical } from "./data.js";

const CHUNK = 150;

function skillColumns(app) {
  const { data, state } = app;
  const has = (name) => data.nodes.some((node) => node[name] !== undefined && node[name] !== null);
  const role = data.roles.names.indexOf(state.role);
  const columns = [
    { key: "label", label: "Skill", text: (n) => n.label },
    { key: "category", label: "Category", text: (n) => n.category },
    { key: "postings", label: "Postings", value: (n) => n.postings, show: number },
    { key: "share", label: "Share", what: "Share of all postings", value: (n) => n.share, show: percent },
    ...STRENGTHS.map((name) => ({
      key: name, label: name[0].toUpperCase() + name.slice(1), what: `Postings whose strongest mention is ${name}`, value: (n) => n[name], show: number,
    })),
    { key: "degree", label: "Links", what: "Skills that it stands with", value: (n) => data.around[n.index].length, show: number },
    { key: "pagerank", label: "PageRank", what: "How central it is: where a walk along links, weighted by their count, is found", value: (n) => n.pagerank, show: measured },
    { key: "betweenness", label: "Between", what: "Share of shortest paths of the backbone that lead over it", value: (n) => n.betweenness, show: measured },
    { key: "kind", label: "Kind", text: (n) => n.kind },
    { key: "community", label: "Community", text: (n) => (has("community") ? communityName(data, n.community) : undefined) },
  ];
  if (role >= 0)
    columns.splice(
      2,
      0,
      { key: "in_role", label: `In ${state.role}`, what: "Postings of the role that hold it", value: (n) => n.byRole.get(role) ?? 0, show: number },
      { key: "typical", label: "Typical", what: "How many times as often as in postings of other roles", value: (n) => typical(data, n, role), show: (x) => `${x.toPrecision(2)}×` },
    );
  return columns.filter(({ key }) => ["label", "degree", "in_role", "typical"].includes(key) || has(key));
}

function pairColumns(app) {
  const { data } = app;
  const { u, v } = data.edges;
  return [
    { key: "label", label: "Skill", text: (e) => data.nodes[u[e]].label },
    { key: "with", label: "With", text: (e) => data.nodes[v[e]].label },
    ...data.measures.map(({ key, label, what }) => ({ key, label, what, value: (e) => data.edges[key][e], show: measured })),
    ...(data.hasBackbone ? [{ key: "backbone", label: "Backbone", value: (e) => data.edges.backbone[e], show: (x) => (x ? "yes" : "no") }] : []),
  ];
}

export function drawTable(app) {
  const { data, state, found } = app;
  const pairs = state.table === "pairs";
  const columns = pairs ? pairColumns(app) : skillColumns(app);
  const sorted = columns.find((c) => c.key === state.sort) ?? columns.find((c) => c.key === (pairs ? state.measure : "postings")) ?? columns[0];
  const all = pairs ? Array.from({ length: data.total }, (_, e) => e) : data.nodes;
  const inView = new Set(pairs ? found.edges : data.nodes.filter((n) => found.shown[n.index]));
  const rows = state.shownOnly ? all.filter((row) => inView.has(row)) : [...all];
  sort(rows, sorted, state.up);

  $("table-count").textContent = `${number(rows.length)} ${pairs ? "pairs" : "skills"}`;
  const head = h(
    "tr",
    {},
    columns.map((column) =>
      h(
        "th",
        { scope: "col", class: column.value && "right", "aria-sort": column !== sorted ? "none" : state.up ? "ascending" : "descending" },
        h("button", { "data-key": column.key, title: column.what, onclick: () => app.set({ sort: column.key, up: column === sorted ? !state.up : Boolean(column.text) }) }, column.label),
      ),
    ),
  );
  const body = h("tbody");
  const draw = (row) =>
    h(
      "tr",
      {},
      columns.map((column, i) => {
        const value = column.text ? column.text(row) : column.value(row);
        const text = value === undefined || value === null ? "" : column.text ? String(value) : column.show(value);
        const skill = pairs ? [data.nodes[data.edges.u[row]], data.nodes[data.edges.v[row]]][i] : i === 0 ? row : null;
        return h("td", { class: column.value && "right" }, skill ? h("button", { class: "link", onclick: () => app.set({ selected: skill.id, from: "", to: "", view: "graph" }) }, text) : text);
      }),
    );
  let drawn = 0;
  const more = h("button", { class: "more", onclick: () => extend() }, "Show more rows");
  const extend = () => {
    body.append(...rows.slice(drawn, (drawn += CHUNK)).map(draw));
    more.hidden = drawn >= rows.length;
  };
  extend();
  new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && !more.hidden && extend(), { root: $("table-scroll") }).observe(more);
  $("table-scroll").replaceChildren(h("table", { class: "all" }, h("caption", { class: "unseen" }, pairs ? "All pairs of skills" : "All skills"), h("thead", {}, head), body), more);
  return () => csv(columns, rows);
}

function sort(rows, column, up) {
  const sign = up ? 1 : -1;
  if (column.text) {
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    return rows.sort((a, b) => sign * compare(column.text(a) ?? "", column.text(b) ?? ""));
  }
  const missing = sign * Infinity; // what has no value comes last
  return rows.sort((a, b) => sign * ((column.value(a) ?? missing) - (column.value(b) ?? missing) || 0));
}

// A cell that a spreadsheet would take for a formula begins with an apostrophe.
function csv(columns, rows) {
  const cell = (value) => {
    const text = value === undefined || value === null ? "" : typeof value === "string" ? value.replace(/^(?=[=+\-@\t\r])/, "'") : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((c) => cell(c.text ? c.text(row) : c.value(row))).join());
  return new Blob([[columns.map((c) => c.key).join(), ...lines].join("\n") + "\n"], { type: "text/csv" });
}
