// The controls at the left, and the legend: drawn from the state, changing it through app.set.
import { $, h, measured, number, swatch } from "./dom.js";
import { STRENGTHS, communityName } from "./data.js";

const without = (list, value) => (list.includes(value) ? list.filter((one) => one !== value) : [...list, value]);

// Once, at the start: options that depend on the graph, and what each control does.
export function makeControls(app) {
  const { data } = app;
  $("measure").append(...data.measures.filter((m) => m.ranks).map(({ key, label, what }) => h("option", { value: key, title: what }, label)));
  const byName = data.roles.names.map((name, i) => [name, data.roles.postings[i]]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  $("role").append(...byName.map(([name, n]) => h("option", { value: name }, `${name} (${number(n)})`)));
  for (const button of document.querySelectorAll("[data-colour]")) {
    const colour = button.dataset.colour;
    button.hidden = (colour === "community" && !data.hasCommunities) || (colour === "role" && !data.hasRoles);
    button.addEventListener("click", () => app.set({ colour, ...(colour === "role" && !app.state.role && { role: largestRole(data) }) }));
  }
  $("role").addEventListener("change", ({ target }) => {
    const colour = target.value ? "role" : app.state.colour === "role" ? (data.hasCommunities ? "community" : "category") : app.state.colour;
    app.set({ role: target.value, colour });
  });
  $("measure").addEventListener("change", ({ target }) => app.set({ measure: target.value }));
  $("links").addEventListener("input", ({ target }) => app.set({ links: Number(target.value) }));
  $("backbone").addEventListener("change", ({ target }) => app.set({ backbone: target.checked }));
  $("min").addEventListener("input", ({ target }) => app.set({ min: app.found.steps[Number(target.value)] }));
  for (const box of document.querySelectorAll("[data-strength]"))
    box.addEventListener("change", () => app.set({ strengths: STRENGTHS.filter((name) => document.querySelector(`[data-strength="${name}"]`).checked) }));
  $("role-block").hidden = !data.hasRoles;
  $("strength-block").hidden = !data.hasStrengths;
  $("backbone").closest("label").hidden = !data.hasBackbone;
  $("links-block").hidden = !data.measures.length;
  $("community-block").hidden = !data.hasCommunities;
  $("category-block").hidden = data.categories.length < 2;
  makeList(app, "category-list", data.categories, (value) => value, "categories");
  makeList(app, "community-list", data.communities, (value) => communityName(data, value), "communities");
}

const largestRole = (data) => data.roles.names[data.roles.postings.indexOf(Math.max(...data.roles.postings))];

function makeList(app, id, groups, name, key) {
  $(id).replaceChildren(
    ...groups.map(([value, { skills }]) =>
      h(
        "label",
        { class: "check" },
        h("input", { type: "checkbox", "data-value": value, onchange: () => app.set({ [key]: without(app.state[key], value) }) }),
        h("span", { class: "name" }, name(value)),
        h("span", { class: "figure" }, number(skills)),
      ),
    ),
  );
}

export function drawControls(app) {
  const { data, state, found } = app;
  for (const button of document.querySelectorAll("[data-colour]")) button.setAttribute("aria-pressed", String(button.dataset.colour === state.colour));
  $("role").value = state.role;
  $("measure").value = state.measure;
  $("backbone").checked = state.backbone;
  $("links").value = found.slider;
  $("min").max = found.steps.length - 1;
  $("min").value = Math.max(0, found.steps.findLastIndex((step) => step <= found.least));
  $("min-said").textContent = `${number(found.least)} or more`;
  for (const box of document.querySelectorAll("[data-strength]")) box.checked = state.strengths.includes(box.dataset.strength);
  for (const [id, chosen] of [["category-list", state.categories], ["community-list", state.communities]]) {
    for (const box of $(id).querySelectorAll("input")) box.checked = chosen.some((value) => String(value) === box.dataset.value);
    $(`${id}-said`).textContent = chosen.length ? `${chosen.length} chosen` : "all";
  }
  const measure = data.measures.find((m) => m.key === state.measure);
  const least = found.threshold === null || !measure ? "" : ` · ${measure.label} ${measure.smaller ? "≤" : "≥"} ${measured(found.threshold)}`;
  $("links-said").textContent = `${number(found.edges.length)} of ${number(found.available)}${least}`;
  $("links").setAttribute("aria-valuetext", $("links-said").textContent);
  $("min").setAttribute("aria-valuetext", $("min-said").textContent);
  $("shown-said").textContent = `${number(found.number)} of ${number(data.nodes.length)} skills, ${number(found.edges.length)} of ${number(data.total)} links`;
  $("show-all").hidden = found.number === data.nodes.length;
  $("nothing").hidden = found.number > 0;
  drawLegend(app);
}

function drawLegend(app) {
  const { data, state, colours } = app;
  const title = { community: "Communities", category: "Categories", role: `Typical of ${state.role}` }[colours.key];
  $("legend-title").textContent = title;
  if (colours.scale) {
    const ramp = h("span", { class: "ramp", "aria-hidden": "true" });
    ramp.style.background = `linear-gradient(90deg, ${colours.scale.join()})`;
    $("legend-rows").replaceChildren(h("li", {}, ramp, h("span", { class: "ends" }, colours.legend.map(({ name }) => h("span", {}, name)))));
    return;
  }
  const key = colours.key === "community" ? "communities" : "categories";
  const rows = colours.legend.filter(({ value, skills }) => skills || state[key].includes(value));
  $("legend-rows").replaceChildren(
    ...rows.map(({ value, name, colour, skills }) =>
      h(
        "li",
        {},
        h(
          "button",
          { "data-key": `legend-${value}`, "aria-pressed": String(state[key].includes(value)), title: `Show only ${name}`, onclick: () => app.set({ [key]: without(state[key], value) }) },
          swatch(colour),
          h("span", { class: "name" }, name),
          h("span", { class: "figure" }, number(skills)),
        ),
      ),
    ),
    ...(colours.rest ? [h("li", { class: "rest" }, swatch(colours.rest.colour), h("span", { class: "name" }, colours.rest.name))] : []),
    ...(state[key].length ? [h("li", {}, h("button", { class: "more", onclick: () => app.set({ [key]: [] }) }, "Show every group"))] : []),
  );
}
