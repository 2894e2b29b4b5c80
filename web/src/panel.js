// The panel at the right: a skill, or the path between two.
import { $, h, isWebAddress, measured, number, percent, swatch } from "./dom.js";
import { STRENGTHS, communityName, other, typical } from "./data.js";

const FIRST = 12;
const ROLES = 8;
const FEW = 5; // postings that a role must have for its share to say anything

const bar = (share, kind = "") => {
  const fill = h("span", { class: `fill ${kind}` });
  fill.style.width = `${Math.min(100, 100 * share)}%`;
  return h("span", { class: "bar", "aria-hidden": "true" }, fill);
};

export function skillPanel(app, node) {
  const { data, state, colours } = app;
  return [
    h("h2", {}, swatch(colours.of(node)), h("span", {}, node.label)),
    h(
      "p",
      { class: "chips" },
      node.category && h("button", { class: "chip", title: "Show only this category", onclick: () => app.set({ categories: [node.category], communities: [] }) }, node.category),
      node.kind && h("span", { class: "chip plain" }, node.kind),
      data.hasCommunities && node.community >= 0 &&
        h("button", { class: "chip", title: "Show only this community", onclick: () => app.set({ communities: [node.community], categories: [] }) }, communityName(data, node.community)),
    ),
    node.description && h("p", { class: "about" }, node.description),
    isWebAddress(node.homepage) &&
      h("p", {}, h("a", { href: node.homepage, target: "_blank", rel: "noopener noreferrer" }, node.homepage.replace(/^https?:\/\/(www\.)?|\/$/g, ""))),
    figures(data, node),
    strengths(data, node),
    roles(app, node),
    neighbours(app, node),
    h(
      "div",
      { class: "buttons" },
      h("button", { id: "path-from", onclick: () => app.set({ from: node.id, to: "", selected: "" }) }, "Path from here"),
      h("button", { onclick: () => app.centre(node.index) }, "Centre"),
    ),
  ];
}

function figures(data, node) {
  const rows = [];
  if (node.postings !== undefined) rows.push(["Postings", number(node.postings)]);
  if (node.share !== undefined)
    rows.push([
      "Share of all",
      percent(node.share) + (node.share_low !== undefined ? ` (${(100 * node.share_low).toFixed(1)}–${(100 * node.share_high).toFixed(1)})` : ""),
      "In brackets: the 95 % interval",
    ]);
  rows.push(["Stands with", `${number(data.around[node.index].length)} skills`]);
  return h("dl", {}, rows.map(([name, value, title]) => [h("dt", {}, name), h("dd", { title }, value)]));
}

function strengths(data, node) {
  if (!data.hasStrengths) return null;
  const total = STRENGTHS.reduce((sum, name) => sum + node[name], 0) || 1;
  const stack = h("div", { class: "stack", "aria-hidden": "true" });
  for (const name of STRENGTHS) {
    const part = h("span", { class: `fill ${name}` });
    part.style.width = `${(100 * node[name]) / total}%`;
    stack.append(part);
  }
  const share = (name) => percent(node[name] / total);
  return h(
    "section",
    {},
    h("h3", {}, "How postings ask for it"),
    stack,
    h("p", { class: "key" }, STRENGTHS.map((name) => h("span", { class: `dot ${name}` }, `${name} ${share(name)}`))),
  );
}

function roles(app, node) {
  const { data } = app;
  if (!data.hasRoles || !node.byRole.size) return null;
  const rows = [...node.byRole]
    .map(([role, held]) => ({ role, held, of: data.roles.postings[role], share: held / data.roles.postings[role] }))
    .filter((row) => row.of >= FEW || node.byRole.size < ROLES)
    .sort((a, b) => b.share - a.share)
    .slice(0, ROLES);
  return h(
    "section",
    {},
    h("h3", {}, "Share of the postings of a role"),
    h(
      "ul",
      { class: "rows" },
      rows.map(({ role, held, of, share }) => {
        const name = data.roles.names[role];
        const label = `${name} ${percent(share)}: ${number(held)} of ${number(of)} postings; ${typical(data, node, role).toFixed(1)} times as often as elsewhere`;
        return h(
          "li",
          {},
          h(
            "button",
            { class: "row", title: label, "aria-label": `${label}. Show this role.`, onclick: () => app.set({ role: name, colour: "role" }) },
            h("span", { class: "name" }, name),
            " ", // for who has it read out
            bar(share),
            h("span", { class: "figure" }, percent(share)),
          ),
        );
      }),
    ),
  );
}

function neighbours(app, node) {
  const { data, state } = app;
  const mine = new Set(data.around[node.index]);
  const edges = [...data.order(state.measure)].filter((e) => mine.has(e));
  if (!edges.length) return h("p", { class: "quiet" }, "Stands with no other skill.");
  const { count, npmi } = data.edges;
  const value = npmi ?? data.edges[state.measure];
  const measure = data.measures.find((m) => m.key === (npmi ? "npmi" : state.measure));
  const row = (e) => {
    const next = data.nodes[other(data, e, node.index)];
    const share = count && node.postings ? count[e] / node.postings : null;
    return h(
      "tr",
      { onpointerenter: () => app.point(next.index), onpointerleave: () => app.point(null) },
      h(
        "td",
        {},
        h("button", { class: "link", onclick: () => app.choose(next.id), onfocus: () => app.point(next.index), onblur: () => app.point(null) }, swatch(app.colours.of(next)), next.label),
      ),
      h("td", {}, count ? number(count[e]) : ""),
      h("td", {}, value ? measured(value[e]) : ""),
      h("td", {}, share === null ? "" : percent(share)),
    );
  };
  const body = h("tbody", {}, edges.slice(0, FIRST).map(row));
  const chosen = data.measures.find((m) => m.key === state.measure);
  return h(
    "section",
    {},
    h("h3", {}, "Stands with", h("span", { class: "quiet" }, chosen ? ` strongest by ${chosen.label}` : "")),
    h(
      "table",
      { class: "near" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Skill"), h("th", { scope: "col", title: "Postings that hold both" }, count ? "Count" : ""), h("th", { scope: "col", title: measure?.what }, measure?.label ?? ""), h("th", { scope: "col", title: `Share of the postings with ${node.label} that hold it too` }, count ? "Share" : ""))),
      body,
    ),
    edges.length > FIRST &&
      h("button", { class: "more", onclick: (event) => (body.append(...edges.slice(FIRST, 200).map(row)), event.target.remove()) }, `Show ${number(Math.min(edges.length, 200) - FIRST)} more`),
  );
}

export function pathPanel(app, found) {
  const { data, state } = app;
  const hint = "The strongest short chain of links of the backbone; where the backbone has none, of all links.";
  const parts = [h("h2", {}, "Path between two skills"), h("p", { class: "quiet" }, hint), $("path-fields")];
  $("path-fields").hidden = false;
  if (!state.from || !state.to) return parts;
  if (!found) return [...parts, h("p", { role: "status" }, "No chain of links leads from one to the other.")];
  const { count, npmi } = data.edges;
  const steps = found.nodes.map((index, i) => {
    const node = data.nodes[index];
    const e = found.edges[i - 1];
    const says = e === undefined ? "" : [count && `${number(count[e])} postings`, npmi && `NPMI ${measured(npmi[e])}`].filter(Boolean).join(" · ");
    return h("li", {}, says && h("span", { class: "quiet hop" }, says), h("button", { class: "link", onclick: () => app.choose(node.id) }, swatch(app.colours.of(node)), node.label));
  });
  return [...parts, h("ol", { class: "steps", "aria-label": "Steps of the path" }, steps), !found.backbone && data.hasBackbone && h("p", { class: "quiet" }, "Not within the backbone.")];
}
