// A field that completes names of skills (the combobox pattern of the WAI-ARIA Authoring Practices).
import { h, number, swatch } from "./dom.js";

const MOST = 9;

export function rank(data, typed) {
  const query = typed.trim().toLowerCase();
  if (!query) return [];
  const found = [];
  for (const node of data.nodes) {
    const label = node.label.toLowerCase();
    const at = label.indexOf(query);
    const score =
      label === query ? 0
      : at === 0 ? 1
      : at > 0 && !/[\p{L}\p{N}]/u.test(label[at - 1]) ? 2
      : at > 0 ? 3
      : String(node.id).toLowerCase().includes(query) ? 4
      : 9;
    if (score < 9) found.push([score, -node.size, node]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, MOST).map(([, , node]) => node);
}

// `input` and `list` are elements of the page; `pick(node)` is called with the chosen skill.
export function complete(input, list, data, { pick, colourOf }) {
  let options = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (node) => {
    close();
    pick(node);
  };
  const mark = (at) => {
    active = at;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", list.children[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = () => {
    options = rank(data, input.value);
    list.replaceChildren(
      ...options.map((node, i) =>
        h(
          "li",
          {
            role: "option",
            id: `${list.id}-${i}`,
            "aria-selected": "false",
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(node),
          },
          swatch(colourOf(node)),
          h("span", { class: "name" }, node.label),
          h("span", { class: "quiet" }, node.category ?? ""),
          h("span", { class: "figure" }, number(node.size)),
        ),
      ),
    );
    if (input.value.trim() && !options.length) list.append(h("li", { class: "quiet", role: "option", "aria-disabled": "true" }, "No skill of this name"));
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(options.length ? 0 : -1);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) return;
      close();
      event.stopPropagation();
    } else if (event.key === "Enter" && options[active] && !list.hidden) choose(options[active]);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (list.hidden) return open();
      mark((active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length);
    }
  });
}
